import type { Lexicon } from '../lexicon.ts';
import { capital, join, type Token, wordSet } from '../text/tokens.ts';
import { verbForm } from './verbs.ts';
import { ADVERBS, DETERMINERS, MODALS, OBJECT_PRONOUNS, PREPOSITIONS, PRONOUNS } from './words.ts';

const IRREGULAR_PARTICIPLES: ReadonlyMap<string, string> = new Map([
  ['find', 'found'],
  ['know', 'known'],
  ['send', 'sent'],
  ['get', 'got'],
  ['choose', 'chosen'],
  ['take', 'taken'],
  ['pay', 'paid'],
  ['see', 'seen'],
  ['give', 'given'],
  ['read', 'read'],
  ['set', 'set'],
  ['put', 'put'],
  ['make', 'made'],
  ['meet', 'met'],
  ['hold', 'held'],
  ['keep', 'kept'],
  ['write', 'written'],
  ['buy', 'bought'],
  ['sell', 'sold'],
  ['bring', 'brought'],
  ['leave', 'left'],
  ['lose', 'lost'],
  ['do', 'done'],
  ['understand', 'understood'],
]);

export const ENGLISH: Lexicon = {
  language: 'en',
  yes: 'yes',
  no: 'no',
  show: wordSet('show display present appear pop view see come follow render reveal'),
  open: wordSet('open load launch'),
  reach: wordSet(
    'land go reach visit arrive redirect take lead return bring forward proceed see move get navigate head come send enter jump drop transfer browse',
  ),
  receive: wordSet('receive get'),
  end: wordSet('end finish stop conclude terminate complete'),
  resume: wordSet('continue proceed resume carry go move'),
  ask: wordSet('ask request prompt'),
  offer: wordSet('offer suggest propose'),
  check: wordSet('check verify see determine decide look test evaluate validate assess'),
  choose: wordSet('choose select pick'),
  closing: wordSet(
    'cancel close expire reject lock revoke delete refund abort decline deny terminate lapse discard void withdraw block suspend archive',
  ),
  leave: wordSet('leave exit quit ignore'),
  wait: wordSet('wait await'),
  bad: /^(?:wrong|deactivated|disabled|suspended|locked|frozen|incorrect|invalid|fail(?:s|ed|ure|ing)?|declin(?:e|es|ed)|expire(?:s|d)?|reject(?:s|ed)?|refuse(?:s|d)?|den(?:y|ies|ied)|unknown|missing|error|late|unavailable|unsuccessful|unreadable|bad|negative|mismatch|blocked|unverified|insufficient|refusal|lapse[ds]?|bounce[ds]?|timeout|object(?:s|ed)?|disagree[ds]?|broken|inactive|rejects|damaged|defective|closed|faulty|disapprove[ds]?|unsuitable|incomplete|ineligible|outside|unqualified|still|persists?|remains?|rejection|blurred|blurry|illegible|un(?!der|less|til|ion|it|ique|iversal|iform|do)(?:[a-z]+(?:ed|ble|ful|own|en|able)|[a-z]*(?:clear|fit|paid|read)))$/,
  badVerb: /^(?:fail|decline|reject|refuse|expire|lapse|bounce|deny|disagree|crash|abort|miss|lose|time)$/,
  good: /^(?:right|correct|valid|succe(?:ss|eds?|eded|ssful|ssfully)|accept(?:s|ed)?|approve(?:s|d)?|confirm(?:s|ed)?|known|found|available|match(?:es|ed)?|ok|okay|fine|pass(?:es|ed)?|positive|gone|goes|works?|agree[ds]?|verified|complete|arrive[ds]?|through|active|authori[sz]ed|received|intact|suits?|fits?|suitable|eligible|sufficient|qualified)$/,
  place:
    /(?:^|[-\s])(?:page|screen|form|dialog|dialogue|list|overview|room|map|view|dashboard|wizard|window|menu|panel|tab|modal|home|homepage|inbox|calendar|settings|site|website|channel|lobby|editor|portal|sheet|popup|board|area|section|centre|center|chooser|checkout|gallery|lesson)$/i,
  message:
    /(?:^|[-\s])(?:error|message|hint|warning|notice|note|notification|banner|toast|code|alert|tip|text|confirmation)s?$/i,
  sent: /(?:^|[-\s])(?:mail|e-mail|email|sms|reminder|confirmation|notification|receipt|letter|invoice|text|push)s?$/i,
  system:
    /^(?:we|system|app|application|server|service|platform|bank|software|website|site|tool|backend|api|bot|it|product|engine|database|filter|scanner|machine|terminal|us|assistant|gateway|provider|processor|portal|program|browser)$/i,
  person:
    /^(?!(?:error|order|offer|number|letter|folder|header|paper|server|printer|scanner|timer|counter|transfer|answer|voucher|computer|router|filter|register|monitor|door|floor|colour|color|factor|sensor|list|wishlist|checklist|playlist|waitlist|restaurant|fee|coffee|parameter|character|chapter|quarter|matter|water|power|layer|marker|cover|trigger|container|calendar|buffer|error|barrier|tracker|picker|newsletter|sticker|poster|drawer|locker|charger|browser|dinner|weather|summer|winter|corner|border|center|other|user-id|guarantee|committee|tree|degree|variant|grant|plant|twist|artist-page|detector|reactor|elevator|projector|indicator|connector|calculator|generator|editor-page)s?$)(?:he|she|they|i|you|someone|somebody|anyone|everyone|nobody|people|staff|team|person|guest|host|agent|client|patient|parent|child|student|participant|applicant|assistant|merchant|candidate|candidates|newcomer|admin|colleague|human|woman|man|attendee|nurse|clerk|recipient|cook|chef|crew|neighbour|neighbor|resident|tenant|citizen|technician|therapist|mechanic|reader|author|editor|owner|children|parties|.{2,}(?:er|or|ee|ist|ian|ant))s?$/i,
  articles: DETERMINERS,
  pronouns: wordSet('it this that these those one ones either any'),
  personPronouns: wordSet('he she they him her them i you we us me'),
  numbers:
    /^(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twice|thrice|second|third|fourth|fifth|sixth|seventh|tenth|\d+x|several|too|maximum|max\.?)$/,
  process:
    /^(?:flow|process|story|case|journey|procedure|workflow|session|it|that|this|matter|we|everything|order|game)$/,
  isFunction: ({ low }: Token): boolean =>
    DETERMINERS.has(low) ||
    ADVERBS.has(low) ||
    PRONOUNS.has(low) ||
    OBJECT_PRONOUNS.has(low) ||
    PREPOSITIONS.has(low) ||
    MODALS.has(low),
  compose: (verb, rest) =>
    capital(
      join(
        [{ text: verb, low: verb, kind: 'word' as const }, ...rest].filter(({ text }) => text !== ''),
      ).trim(),
    ),
  participle: (verb) =>
    IRREGULAR_PARTICIPLES.get(verb) ??
    (verbForm(`${verb}d`)
      ? `${verb}d`
      : verbForm(`${verb}ed`)
        ? `${verb}ed`
        : verb.endsWith('e')
          ? `${verb}d`
          : verb.endsWith('y')
            ? `${verb.slice(0, -1)}ied`
            : `${verb}ed`),
};
