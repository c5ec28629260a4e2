import type { TextServer } from '../client/exchange.js';
import type { RequestLimit } from '../client/request-pacing.js';

/**
 * What a status says about a name. `unclear` ones are documented, too, but say neither that the name is registered nor
 * that it can be.
 */
type Meaning = 'unregistered' | 'registered' | 'withheld' | 'unclear';

/** A domain availability service (DAS): a registry's server for automated checks, which tells only the status of a name. */
export interface DasService extends TextServer {
  readonly limit: RequestLimit;
  /** Makes the question about a name in its ASCII form, with the end of the line. */
  readonly question: (name: string) => string;
  /** The meaning of each status, spelled as the service spells it. Any other status means nothing. */
  readonly statuses: Readonly<Record<string, Meaning>>;
  /**
   * For a service whose statuses are numbers, at the beginning of a reply that does not name the domain: what each says.
   * By default, statuses are words, each on a line of its own.
   */
  readonly codes?: Readonly<Record<string, string>>;
}

/** The service of the registry of `.ch` and `.li`. */
const switchService: DasService = {
  ...{ host: 'whois.nic.ch', port: 4343, limit: { requests: 1, seconds: 1 } },
  question: (name) => `${name}\r\n`,
  statuses: { '1': 'unregistered', '0': 'withheld', '-1': 'unclear' },
  codes: { '1': 'can be registered', '0': 'cannot be registered', '-1': 'invalid enquiry' },
};

/**
 * The services, by the suffix whose names they know. Each follows the registry's own documentation:
 *
 * - `.be`: https://docs.dnsbelgium.be/be/general/whoisanddas.html, at most 50 queries a minute for one address.
 * - `.eu`: http://eurid.org/en/become-registrar/lookup-services, at most 120 queries in 60 seconds. It documents `get 1.0` and the
 *   form of a reply, and speaks of three states without spelling them. `NOT AVAILABLE` is spelled as at `.be`, the others as in
 *   EURid's first description of the service, of 2005. The Perl module Net::DAS once asked with `get 2.0`.
 * - `.lt`: https://www.domreg.lt/en/faq/for-registrars/how-to-get-the-information-on-domains/, "up to several dozens of
 *   inquiries per second"; blogdom keeps to 20.
 * - `.ch` and `.li`: https://www.nic.ch/faqs/domaincheck/, "far less limited" than WHOIS, without a number. The codes are
 *   documented; the texts after them may change.
 *
 * The service of `.no` is not here because its registry answers over RDAP, that of `.dk` because it needs an account.
 */
export const dasServices: Readonly<Record<string, DasService>> = {
  ch: switchService,
  li: switchService,
  be: {
    ...{ host: 'das.dns.be', port: 4343, limit: { requests: 50, seconds: 60 } },
    question: (name) => `${name}\r\n`,
    statuses: { AVAILABLE: 'unregistered', 'NOT AVAILABLE': 'registered', 'NOT ALLOWED': 'unclear' },
  },
  eu: {
    ...{ host: 'das.eu', port: 4343, limit: { requests: 120, seconds: 60 } },
    question: (name) => `get 1.0 ${name.replace(/\.eu$/, '')}\n`,
    statuses: {
      ...{ AVAILABLE: 'unregistered', FREE: 'unregistered', REGISTERED: 'registered' },
      // Another registration, a block and a reservation are not told apart.
      ...{ 'NOT AVAILABLE': 'withheld', RESERVED: 'withheld', BLOCKED: 'withheld' },
      ...{ SUSPENDED: 'withheld', QUARANTINE: 'withheld', 'ON HOLD': 'withheld' },
      ...{ 'APPLICATION PENDING': 'withheld', 'OUT OF SERVICE': 'withheld' },
      'NOT ALLOWED': 'unclear',
    },
  },
  lt: {
    ...{ host: 'das.domreg.lt', port: 4343, limit: { requests: 20, seconds: 1 } },
    question: (name) => `get 1.0 ${name}\n`,
    statuses: {
      ...{ available: 'unregistered', registered: 'registered' },
      ...{ blocked: 'withheld', reserved: 'withheld', outOfService: 'withheld', stopped: 'withheld' },
      ...{ restrictedDisposal: 'withheld', restrictedRights: 'withheld' },
      ...{ pendingCreate: 'withheld', pendingDelete: 'withheld', pendingRelease: 'withheld' },
    },
  },
};
