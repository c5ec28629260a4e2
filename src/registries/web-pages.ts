import { topLevelDomainsOf } from '../names/top-level-domains/index.js';

/** The day from which the pages are: those of github.com/rfc1036/whois. */
export const webPagesDay = '2026-02-16';

/** The web pages of registries whose registrations only a person can look up, by top-level domain. */
const pages: Readonly<Record<string, string>> = {
  ao: 'https://www.dns.ao/ao/whois/',
  az: 'https://whois.az/',
  ba: 'https://nic.ba/',
  bb: 'https://whois.telecoms.gov.bb/',
  bd: 'https://bdia.btcl.com.bd/',
  bt: 'http://www.nic.bt/',
  cu: 'https://www.nic.cu/',
  cy: 'https://www.nic.cy/cy-ui/home',
  es: 'https://www.dominios.es/en',
  gm: 'http://www.nic.gm/htmlpages/whois.htm',
  gq: 'http://www.dominio.gq/en/whois.html',
  gr: 'https://grweb.ics.forth.gr/public/whois?lang=en',
  gt: 'https://www.gt/sitio/?lang=en',
  gw: 'https://registar.nic.gw/en/whois/',
  jo: 'https://www.domain.jo/FirstPageen.aspx',
  mo: 'https://www.monic.mo/monic/faces/whois',
  ni: 'https://www.nic.ni/',
  np: 'https://register.com.np/whois-lookup',
  nr: 'https://www.cenpac.net.nr/dns/whois.html',
  pa: 'http://www.nic.pa/en',
  ph: 'https://whois.dot.ph/',
  ps: 'https://www.pnina.ps/',
  py: 'https://www.nic.py/consultdompy.php',
  sv: 'https://svnet.sv/',
  tj: 'http://www.nic.tj/whois.html',
  tt: 'https://www.nic.tt/cgi-bin/search.pl',
  uy: 'https://www.nic.uy/',
  vn: 'http://www.vnnic.vn/en',
};

/** Returns a web page about the registry of a suffix; undefined if its top-level domain is not known. */
export function webPageOf(suffix: string): string | undefined {
  const tld = suffix.slice(suffix.lastIndexOf('.') + 1);
  if (Object.hasOwn(pages, tld)) return pages[tld];
  return topLevelDomainsOf('all').includes(tld)
    ? `https://www.iana.org/domains/root/db/${tld}.html`
    : undefined;
}
