/** The day of this version of the list of brands. */
export const brandsDay = '2026-08-25';

/**
 * The top-level domains of brands: only the brand itself registers names under them. ICANN's list of registry agreements,
 * https://www.icann.org/resources/registries/gtlds/v2/gtlds.json, marks them with `specification13`, after the specification of
 * the agreement that says so. Left out are those that somebody else has taken over and sells to anybody: `diy`, `food`,
 * `monster` and `sbs`.
 */
export const brands = `
  aaa aarp abb abbott abbvie abc accenture aco aeg aetna afl aig airbus airtel alibaba alipay allstate ally
  alstom amazon americanexpress americanfamily amex amfam amica android anz aol apple aquarelle arte asda
  athleta audi audible auspost aws axa azure banamex barclaycard barclays barefoot bauhaus bbc bbt bbva bcg
  beats bestbuy bharti bing blockbuster bloomberg bms bmw bnpparibas boehringer bofa bosch bostik bradesco
  bridgestone brother calvinklein canon capitalone caravan case cba cbn cbre cern cfa chanel chase chintai
  chrome cipriani cisco citadel citi citic clinique clubmed commbank crown cuisinella datsun dell deloitte
  delta dhl discover dish dnp dupont dvag edeka emerck epson ericsson eurovision extraspace fage fairwinds
  farmers fedex ferrari ferrero fidelity fido fire firestone flickr flir ford fox fresenius frogans frontier
  fujitsu gallo gallup gap gea genting george gmail gmo gmx godaddy goldpoint goodyear google grainger gucci
  hbo hdfc hdfcbank hermes hisamitsu hitachi hkt homedepot homegoods homesense honda hotmail hsbc hughes
  hyatt hyundai ibm icbc ice ieee ifm ikano imdb infiniti intuit ipiranga itau itv jaguar java jcb jeep jio
  jll jmp jnj jpmorgan juniper kddi kia kindle komatsu kpmg kpn lamborghini lamer landrover lanxess latrobe
  lds leclerc lefrak lego lexus lidl lilly lincoln locus lotte lpl lplfinancial lundbeck maif man marriott
  marshalls mattel mckinsey microsoft mini mint mit mitsubishi mlb monash mormon moto msd mtn mtr nab nba
  nec netbank netflix neustar next nextdirect nexus nfl nhk nico nike nikon nissan nissay nokia norton nowtv
  nra ntt obi omega open oracle orange origins otsuka panasonic pccw pfizer philips pictet ping pioneer
  playstation pnc praxi prime progressive pru prudential pwc reliance rexroth ricoh ril rogers rwe samsclub
  sandvik sandvikcoromant sanofi sap sas saxo sbi scb schaeffler schmidt schwarz seat seek sener seven sew
  sfr shangrila sharp shell silk sina sky skype sling smart sncf softbank sony stada staples statebank
  statefarm suzuki swatch tab taobao target tatamotors tdk temasek teva tiaa tjmaxx tjx tkmaxx tmall toray
  toshiba total toyota travelers tui ubank ubs unicom uol ups vanguard verisign vig viking virgin visa vivo
  volvo walmart walter weatherchannel weber weir williamhill windows winners wme woodside wtc xbox xerox
  xn--5su34j936bgsg xn--8y0a063a xn--9krt00a xn--b4w605ferd xn--cckwcxetd xn--fiq64b xn--flw351e
  xn--fzys8d69uvgm xn--jlq480n2rg xn--kcrx77d1x4a xn--w4rs40l yahoo yandex yodobashi youtube zappos zara
`;

/**
 * Other top-level domains under which the public cannot register names: infrastructure (RFC 3172), those for the education,
 * government and military of the United States and for treaty organisations (RFC 1591 section 2), the country codes `bv` and
 * `sj`, which Norid keeps closed, `gb`, which Nominet keeps closed, and `va`, the Vatican's.
 */
export const restricted = 'arpa edu gov int mil bv gb sj va';
