/**
 * What a sentence of an error response means for the name that was asked for.
 *
 * - `elsewhere`: this server knows nothing of the suffix.
 * - `trouble`: the server has a fault, or refuses whoever asks.
 * - `withheld`: nobody can register the name, because it is reserved, blocked or registered.
 * - `invalid`: the registry does not take it for a name.
 * - `premium`: it can be registered at a price of its own.
 * - `not found`: there is no registration.
 * - `other`: none of these; a person has to read it.
 */
export type Meaning = 'elsewhere' | 'trouble' | 'withheld' | 'invalid' | 'premium' | 'not found' | 'other';

const place = '(?:g?tlds?|top.level(?: domain)?s?|zones?|suffix(?:es)?|extensions?)';
const subject = '(?:domains?|names?|labels?|strings?|words?|terms?|sld)';
const barred =
  '(?:block(?:ed|list(?:ed)?)|black.?listed|prohibited|restricted|forbidden|disallowed|banned|suspended|seized|quarantined?|' +
  'unavailable|unassignable|ineligible|excluded|exclusion|embargo(?:ed)?|protected|locked|off.limits|(?:already|been|is) taken|in use|held|' +
  '(?:on|registry) hold|registry.owned|belongs to|not (?:available|allowed|permitted|eligible|assignable|registrable))';

/** Says that the server does not know the suffix. */
const elsewhere = [
  new RegExp(`\\b(?:invalid|unknown|unsupported|unrecogni[sz]ed|wrong|bad)\\b.{0,30}\\b${place}\\b`),
  new RegExp(`\\bno (?:such )?(?:\\w+ )?${place}\\b`),
  new RegExp(`\\b${place}\\b.{0,40}\\b(?:not|unknown|unsupported|unrecogni[sz]ed|invalid)\\b`),
  new RegExp(
    `\\bnot (?:(?:part|for|under|with|of|by|from|within) ){0,2}(?:my|our|this|the)\\b.{0,15}\\b(?:${place}|registry|responsibility)\\b`,
  ),
  new RegExp(`\\bnot in (?:my|our|this)\\b.{0,15}\\b${place}\\b`),
  /\bnot (?:authoritative|responsible|supported|served|managed|hosted|operated|handled)\b/,
  /\b(?:does|do) not (?:serve|support|manage|host|handle|operate)\b/,
  /\bno (?:registry|server|service|authority)\b/,
];

const service = '(?:services?|servers?|systems?|databases?|backends?|registry)';
const outOfService = new RegExp(
  `\\b${service} (?:is |are )?(?:\\w+ )?(?:unavailable|down|offline|not available)\\b`,
);

/** Says that the server has a fault, or that the path is wrong, or that it refuses whoever asks. */
const trouble = [
  /\b(?:too many|rate.?limit|limit exceeded|quota|throttl|maintenance|temporar(?:y|ily)|time.?out|timed out|overload)/,
  /\b(?:internal|server|backend|database|system|unexpected|processing|application|connection) (?:\w+ )?(?:error|failure|fault)|\berrors? (?:occurred|while|during|processing)\b/,
  /\b(?:try|retry|come back)\b.{0,15}\b(?:again|later)\b|\bunable to (?:process|complete|handle)\b|\bfailed\b/,
  /\b(?:url|uri|path|route|endpoint|page|file|method|handler)\b/,
  /\b(?:access|permission|authori[sz]ation)\b.{0,20}\b(?:denied|refused|required|forbidden)\b|\bnot authori[sz]ed\b|\bapi key\b|\blog ?in\b/,
  new RegExp(
    `\\b(?:access|ip|addresse?s?|clients?|you|users?|networks?|country)\\b.{0,30}\\b(?:${barred}|denied|limited)\\b`,
  ),
];

/** "Reserved" in other languages, and the other words for it, whatever stands around them. */
const reserved =
  /(?<![pn])r[eéi][sz]er[vw]|zastrzeżon|резерв|δεσμευ|محجوز|保留|予約|예약|유보|禁止|gesperrt|bloquead|bloqué|bloccat|no disponible|non assegnabile|indisponív|indisponible/;

/** Says that nobody can register the name. */
const withheld = [
  reserved,
  /\bnot\b.{0,20}\b(?:available|eligible|open|permitted|allowed|possible|released)\b.{0,20}\bregist/,
  /\b(?:can|may|must) not be (?:\w+ )?(?:registered|assigned|allocated|delegated|created)\b/,
  /\bunavailable for\b.{0,12}\bregist|\bregistration\b.{0,20}\b(?:blocked|prohibited|suspended|forbidden|not (?:possible|allowed|permitted))\b/,
  /\b(?:unregist(?:e?r)able|withheld|name collision|redemption|pending ?(?:delete|create|restore))/,
  /\b(?:dpml|protected marks|uni ?eps|(?:global|adult|name|trust)block)|\bbrand (?:protect|block)|\btrademark(?!.{0,10}\bclaim)|\bsunrise\b/,
  /\b(?:not|nobody can|no one can) register\b|\bvariant of\b|\bconflicts?\b/,
  new RegExp(`\\b${subject}\\b.{0,40}\\b${barred}\\b`),
  new RegExp(`\\b${barred}\\b.{0,20}\\b${subject}\\b`),
  new RegExp(
    `^(?:(?:it|this) )?(?:is )?${barred}(?: (?:by|due|because|under|for|until)\\b|\\W*$|\\W+[:;(,-])`,
  ),
  new RegExp(`${barred}\\W*$`),
];

/** Says that there is a registration, unless something is denied. */
const taken =
  /^taken\W*$|\b(?:is|was|has been|already|already been) registered\b|\balready (?:exists|in use|taken)\b/;
const denial = /\bno(?:t|ne|thing)?\b/;

/** Says that the name breaks a rule. */
const invalid = [
  /\b(?:invalid|malformed|illegal|incorrect|not (?:a )?valid)\b.{0,30}\b(?:domains?|names?|labels?|idn|syntax|strings?|characters?|format|length|punycode)\b/,
  /\b(?:domain|name|label|idn|syntax|string|length)\b.{0,30}\b(?:invalid|malformed|illegal|incorrect|not (?:a )?valid)\b/,
  /\btoo (?:short|long)\b|\b(?:at least|at most|minimum|maximum|fewer than|more than)\b.{0,20}\b(?:characters?|letters?|length)\b/,
];

const premium =
  /\bpremium\b|\bpric(?:e|ed|es|ing)\b|\bfor sale\b|\baftermarket\b|\bfees?\b|\bcosts?\b|[$€£¥]\s*\d|\d\s*[$€£¥]|\b(?:usd|eur|gbp|chf|jpy)\b/;

/** Whoever asks. */
const asker = /\b(?:ip|your?|clients?|users?|agents?|requests?|quer(?:y|ies)|access|rate|bots?|firewall)\b/;
/** Whoever asks, or the service. */
const askerOrService =
  /\b(?:ip|address(?:es)?|your?|client|user|agent|requests?|quer(?:y|ies)|access|rate|bots?|firewall|network|country|service|server|page|information|data|details)\b/;

/** Says something of the name, whoever else it speaks of. */
const certain = [
  reserved,
  /\b(?:for|be) (?:\w+ )?regist(?:ration|ered)\b|\b(?:not|nobody can|no one can) register\b|\b(?:dpml|globalblock)/,
];
const certainUnlessAsker = new RegExp(
  `\\b${subject}\\b(?: \\w+){0,3} (?:is|was|has been)(?: \\w+){0,3} ${barred}\\b`,
);

/** Speaks of the name. */
const naming = /\b(?:domains?|names?|labels?|sld|premium)\b/;

/** The words of a sentence that only says that there is no registration, or repeats the status. */
const plainWords = new Set(
  (
    'a an the this that these any such there it its my our your you we is was were are be been has have had does do did can cannot could ' +
    'not no none nothing 0 never n’t doesn don isn wasn couldn hasn t zero without unable to of for in on at by with from and or under ' +
    'found find exist exists existing registered unregistered registration registrations known unknown assigned allocated delegated present ' +
    'matched match matches matching available free empty data entry entries object objects record records result results response ' +
    'domain domains name names resource resources entity information info rdap whois database registry repository server system ' +
    'requested queried specified given search searched query queries request lookup returned return http code status ' +
    'located locate yet about looking currently spelling ' +
    'error err errors bad forbidden unauthorized unauthorised unavailable legal reasons 4xx sorry please check ' +
    'non trouvé trouvée aucun résultat objet nicht gefunden existiert no existe encontrado encontrada não non trovato'
  ).split(' '),
);

/** Phrases that speak of something else, or of nothing: taken out before a text is read. */
const idle = [
  /\b(?:all )?rights? (?:(?:is|are) )?reserved\b|\breserves? (?:the |all |any )?rights?\b/g,
  /\byour (?=(?:\w+ )?(?:domain|name|label|string)\b)/g,
  /\b(?:in|from|of) your (?:query|request)\b|\b(?:that )?you (?:have )?(?:requested|queried|entered|asked for|apply|searched for)\b/g,
  /\b(?:not|no longer) (?:(?:an?|the|any|on|in|of|as|currently|listed|marked|considered) ){0,4}(?:reserved|blocked|premium|restricted|prohibited)\b/g,
  /\bnot available in (?:this|the|our) (?:\w+ )?(?:registry|database|repository)\b/g,
  /\b(?:information|data|details|records?)\b.{0,30}\bnot available\b/g,
  /\bobject (?:is )?(?:unavailable|not available)\b/g,
  /\b(?:reserved|blocked|premium|restricted|prohibited)\W+(?:false|no|n)\b|\brestricted to\b/g,
];

/** The reasons of HTTP (RFC 9110 section 15.5, RFC 7725), which some servers repeat as the title. */
const statusTitle =
  /^(?:\d{3}\W*)?(?:bad request|unauthori[sz]ed|forbidden|not found|unavailable for legal reasons)\W*$/;

/** Finds what a text means: a sentence without the name that was asked for, in lower case. */
export function meaningOf(text: string): Meaning {
  if (statusTitle.test(text)) return 'not found';
  const rest = idle.reduce((shorter, phrase) => shorter.replace(phrase, ' '), inFull(text));
  const says = (patterns: readonly RegExp[]) => patterns.some((pattern) => pattern.test(rest));
  if (says(elsewhere)) return 'elsewhere';
  if (outOfService.test(rest)) return 'trouble';
  if (taken.test(rest) && !denial.test(rest)) return 'withheld';
  if (says(withheld)) return mayBeAboutName(rest) ? 'withheld' : 'trouble';
  if (says(trouble)) return 'trouble';
  if (says(invalid)) return 'invalid';
  if (says([premium])) return 'premium';
  return isPlain(text) ? 'not found' : 'other';
}

/** Writes out `can't`, `cannot`, `non-` and `isn't`. */
const inFull = (text: string): string =>
  text
    .replace(/_/g, ' ')
    .replace(/\bcan(?:['’]t|not)\b/g, 'can not')
    .replace(/n['’]t\b/g, ' not')
    .replace(/\bnon-/g, 'not ');

const isCertain = (text: string): boolean =>
  certain.some((pattern) => pattern.test(text)) || (certainUnlessAsker.test(text) && !asker.test(text));

const mayBeAboutName = (text: string): boolean => isCertain(text) || !askerOrService.test(text);

/**
 * Whether a text speaks of the name, and not of whoever asks.
 *
 * @param hasName whether the name itself was in it.
 */
export function isAboutName(text: string, hasName: boolean): boolean {
  const full = inFull(text);
  return isCertain(full) || (!askerOrService.test(full) && (hasName || naming.test(full)));
}

const isPlain = (text: string): boolean =>
  (text.replace(/\b[45]\d\d\b/g, ' ').match(/[^\s\p{P}]+/gu) ?? []).every((word) => plainWords.has(word));
