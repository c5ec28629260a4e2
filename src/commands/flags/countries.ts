/** The codes of the 20 most populous countries, in the order of the original program. */
export const mostPopulous: readonly string[] =
  'CN IN US ID BR PK NG BD RU JP MX PH VN ET EG DE IR TR CD FR'.split(' ');

const codesIn = (text: string): readonly string[] => text.trim().split(/\s+/);

/**
 * The countries whose flags the book's site has, by their codes in alphabetical order. Source: the list of the flags at
 * https://www.fluentpython.com/data/flags, as of 2026-11.
 */
export const allCountries = codesIn(`
AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR
CU CV CY CZ DE DJ DK DM DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY HN HR HT HU ID IE IL IN
IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MR
MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK
SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VN VU WS YE ZA ZM ZW`);

/** The other officially assigned country codes of ISO 3166-1 alpha-2, in alphabetical order. */
export const otherCountries = codesIn(`
AI AQ AS AW AX BL BM BQ BV CC CK CW CX DO EH FK FO GF GG GI GL GP GS GU HK HM IM IO JE KY MF MO MP MQ MS NC NF NU PF
PM PN PR PS RE SH SJ SX TC TF TK UM VG VI WF YT`);

const everyCode = [...allCountries, ...otherCountries].toSorted();

/**
 * Finds the country with a code or, given a single letter, all countries whose codes begin with it. Letter case does
 * not matter.
 *
 * @returns country codes; none if there is no such country.
 */
export function findCountries(text: string): readonly string[] {
  // Upper-casing alone would accept non-Latin letters with Latin capitals, such as dotless i.
  if (!/^[a-z]{1,2}$/i.test(text)) return [];
  const code = text.toUpperCase();
  return everyCode.filter((country) => country === code || (code.length === 1 && country[0] === code));
}
