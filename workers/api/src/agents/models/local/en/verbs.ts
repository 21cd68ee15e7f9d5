import { wordSet } from '../text/tokens.ts';

/**
 * English verbs that people use of any product, base forms. A verb that is missing here is found by its ending and
 * its place; being listed only makes that certain.
 */
const REGULAR = `abort accept access acknowledge activate add adjust admit advance affect agree alert allow answer
appear apply appoint approve archive arrange arrive ask assign attach authenticate authorise authorize avoid await ban begin
block browse calculate call cancel capture change charge check claim clean clear click close collect combine come comment
communicate compare complete compute confirm connect consent consider contact contain continue convert copy correct
cost count cover create credit decide decline decrease deduct define delay delete deliver demand deny depart deposit
describe deselect design detect determine disable discard disconnect discuss dismiss dispatch display dispute divide
download drag draft drop duplicate earn edit email e-mail enable encrypt end enrol enroll enter escalate establish
estimate evaluate examine exceed exchange exist exit expect expire explain export extend extract fail favour favor fetch
file fill filter finalise finalize finish fix flag follow forward fulfil fulfill gather generate grant greet group guide hand handle happen
help hide highlight hit hold host identify ignore import improve include increase indicate inform initiate insert
inspect install instruct interview introduce invite invoice involve issue join jump keep land last launch leave like limit link
list load lock log look lower mail make manage mark match measure meet mention merge message modify monitor move
name need notify note obtain occur offer open operate order organise organize outline overwrite pack park participate pass
pause pay perform pick place plan play post prefer prepare present press prevent preview print proceed process
produce prompt propose prove provide publish pull purchase push put qualify question queue quit raise rate reach react
read rebook recall receive recognise recognize recommend record recover redeem redirect reduce refer refill refresh refund
refuse register reject release reload remain remember remind remove rename renew reopen repair repeat replace reply report request
require reschedule resend reserve reset resolve respond restart restore restrict resubmit resume retry return
reveal reverse review revoke ring route run save say scan schedule screen scroll search secure see select send separate
serve set settle share ship show sign skip snooze solve sort specify split stamp start state stay stop store stream submit subscribe
succeed suggest supply support suspend swap swipe switch sync synchronise tag take talk tap tell terminate test text
thank tick time-out timeout toggle touch track trade train transfer translate travel trigger try turn type unblock undo unlock
unpack unsubscribe update upgrade upload use validate verify view visit vote wait walk want warn watch weigh win wish
withdraw work wrap write zoom re-enter re-submit retype reenter let go get give have do be know find feel think hear choose buy sell send
bring catch lose lead draw drive grow pay build deal mean spend understand wear leave fall
abandon adapt aim amend anticipate attend bill board borrow bounce break bundle bypass cash certify chat circle classify coach collapse commission compile compose concern conduct configure congratulate consult contest contribute
coordinate crash crop debit declare decorate dedicate delegate demonstrate deploy design destroy differ dim direct disagree disappear discover document donate dry eject eliminate empty encounter encourage engage enhance enlist ensure equip erase
estimate examine exist expand expose extend fade fail fasten feed flash flip fold forget format forward freeze frame fund furnish glance grab grant greet halt hang harvest heat hint hire honour hover hurry illustrate inherit install
interrupt invest investigate isolate itemise judge knock lend lift lie light listen locate lodge loop lower maintain manage map mention migrate mint mix modify mount mute navigate negotiate object observe obtain offset omit optimise overdraw override own partner patch peel perform persist phone photograph plug point poll
post power practise preload prescribe preserve prevail print prioritise proofread protect prompt punch push quote rank rate reactivate reassign reassure rebuild recalculate reconnect recycle redo refill refine reformat regain regenerate regret reinstall relate remark remedy render rent reply repay
replenish reposition repost represent reproduce rescan rescue resign resist restock retrieve retype reward ride rinse rise rotate run sanitise scrape seal seat segment shake shift shorten shred shut sit slide smell snap sort speak speed spell spin spread stabilise staff steal steer stick stir stitch strike stretch study submit subtract succeed suit sum
supervise surrender survey swallow sweep swim tackle teach tear tighten throw tip tolerate trace transcribe transform transmit treat trim tune tweak undergo undertake unfold unify uninstall unplug unsend unwrap urge vacate vary verify wake warm warrant wash waste water weigh wipe wire wonder worsen yield
belong fit matter apologise apologize rejoin deactivate collect empty bring call-back carry apply deny copy rely try modify notify verify identify specify qualify satisfy clarify certify`;

/** Past tense and participle where they are not regular. */
const IRREGULAR = `begin began begun|bring brought brought|cost cost cost|cut cut cut|shut shut shut|build built built|buy bought bought|catch caught caught|choose chose chosen|
come came come|deal dealt dealt|draw drew drawn|drive drove driven|fall fell fallen|feel felt felt|find found found|
get got got|give gave given|go went gone|grow grew grown|hear heard heard|hide hid hidden|hit hit hit|hold held held|
keep kept kept|know knew known|lead led led|leave left left|let let let|lose lost lost|make made made|mean meant meant|meet met met|
pay paid paid|put put put|quit quit quit|read read read|ring rang rung|run ran run|say said said|see saw seen|
sell sold sold|send sent sent|set set set|show showed shown|spend spent spent|split split split|take took taken|tell told told|
think thought thought|understand understood understood|undo undid undone|wear wore worn|win won won|withdraw withdrew withdrawn|
write wrote written|throw threw thrown|break broke broken|steal stole stolen|forget forgot forgotten|freeze froze frozen|ride rode ridden|rise rose risen|shake shook shaken|speak spoke spoken|swim swam swum|tear tore torn|wake woke woken|teach taught taught|stick stuck stuck|strike struck struck|shut shut shut|sit sat sat|lie lay lain|lend lent lent|feed fed fed|hang hung hung|redo redid redone|rebuild rebuilt rebuilt|override overrode overridden|undergo underwent undergone|undertake undertook undertaken|spin spun spun|slide slid slid|sweep swept swept|rerun reran rerun|overwrite overwrote overwritten|reset reset reset|resend resent resent|resubmit resubmitted resubmitted|
cancel cancelled cancelled|rebuild rebuilt rebuilt|do did done|have had had|be was been`;

/** Words that are as often nouns: only their place decides. */
export const NOUN_TOO =
  wordSet(`access account address alert answer appeal archive ban block call change charge check claim click comment
contact copy count cover credit delay demand deposit design display dispute draft drop e-mail email end exchange exit export file
filter fix flag follow form group guide hand help host hold import increase invite invoice issue jump land launch like limit link list
load lock log look mail mark match message move name need note notice offer order pack park pass pause pick place
plan play post present preview print process produce program project prompt purchase push question queue rate record refund register release
reload remind repair reply report request reserve reset return review ring route run sale save scan schedule screen search
ship show sign sort split stamp start state stay stop store stream supply support swap switch tag tap test text tick
time-out timeout touch track trade train transfer travel trigger try turn type update upgrade upload use view visit vote wait walk watch
document object code lift cash light water value face frame grade patch phone photograph power quote rank seal seat segment shift sample rent reward bill board coach commission label map object own partner point poll staff study suit sum survey tip trace treat waste wire yield break ride rise spread strike speed win wish work wrap email read open close last time correct complete clean clear separate lower secure confirm correct back`);

export interface VerbForm {
  base: string;
  form: 'base' | 's' | 'past' | 'ing';
}

const forms = new Map<string, VerbForm>();
const vowel = /[aeiou]/;

function add(form: string, entry: VerbForm): void {
  if (!forms.has(form)) forms.set(form, entry);
}

const doubles = (base: string): boolean =>
  /[^aeiou][aeiou][bdgklmnprt]$/.test(base) &&
  (base.length <= 4 ||
    /(?:mit|fer|bmit|cel|pel|rol|gin|get|set|bel|vel|wrap|stop|ship|plan|drop|drag|skip|scan|swap|snap|quit|plug|flag|log|rub)$/.test(
      base,
    ));

/** "tap" → "taps". */
export const thirdPerson = (base: string): string =>
  base.endsWith('y') && !vowel.test(base.at(-2) ?? '')
    ? `${base.slice(0, -1)}ies`
    : /(?:s|x|z|ch|sh|o)$/.test(base)
      ? `${base}es`
      : `${base}s`;

function inflect(base: string): void {
  add(base, { base, form: 'base' });
  const consonantY = base.endsWith('y') && !vowel.test(base.at(-2) ?? '');
  const stem = base.endsWith('e') && !base.endsWith('ee') ? base.slice(0, -1) : base;
  add(thirdPerson(base), { base, form: 's' });
  const twice = doubles(base) ? base.at(-1) : '';
  add(consonantY ? `${base.slice(0, -1)}ied` : `${stem}${twice}ed`, { base, form: 'past' });
  add(`${stem}${twice}ing`, { base, form: 'ing' });
  if (base.endsWith('l')) {
    add(`${base}led`, { base, form: 'past' });
    add(`${base}ling`, { base, form: 'ing' });
  }
}

for (const entry of IRREGULAR.split('|')) {
  const [base = '', past = '', participle = ''] = entry.trim().split(/\s+/);
  add(base, { base, form: 'base' });
  add(past, { base, form: 'past' });
  add(participle, { base, form: 'past' });
}
for (const base of REGULAR.trim().split(/\s+/)) inflect(base);
for (const particle of ['re-', 'pre-', 'un', 'over', 'mis']) {
  for (const base of [
    'send',
    'enter',
    'check',
    'open',
    'try',
    'fill',
    'select',
    'schedule',
    'book',
    'read',
    'type',
    'subscribe',
    'link',
    'lock',
  ])
    inflect(particle + base);
}
inflect('book');
for (const [form, base] of [
  ['has', 'have'],
  ['does', 'do'],
  ['goes', 'go'],
  ['is', 'be'],
] as const)
  add(form, { base, form: 's' });

/** A listed verb's form, or null. */
export const verbForm = (low: string): VerbForm | null => forms.get(low) ?? null;

/** The base form that an unlisted word would have as a verb. */
export function guessBase(low: string): VerbForm {
  const known = forms.get(low);
  if (known) return known;
  if (/[^s]s$/.test(low)) {
    const base = low.endsWith('ies')
      ? `${low.slice(0, -3)}y`
      : /(?:ch|sh|x|z|ss)es$/.test(low)
        ? low.slice(0, -2)
        : low.slice(0, -1);
    return { base, form: 's' };
  }
  if (low.endsWith('ed')) return { base: undo(low.slice(0, -2)), form: 'past' };
  if (low.endsWith('ing') && low.length > 5) return { base: undo(low.slice(0, -3)), form: 'ing' };
  return { base: low, form: 'base' };
}

function undo(stem: string): string {
  if (forms.has(stem)) return stem;
  if (forms.has(`${stem}e`)) return `${stem}e`;
  if (stem.endsWith('i')) return `${stem.slice(0, -1)}y`;
  if (/([bdfgmnprt])\1$/.test(stem)) return stem.slice(0, -1);
  if (/(?:at|iz|is|ut|ur|uc|ag|ang|[aeiou]v|rg|rc|nc|dg|bl|pl|tl|cl|gl|fl|ok|ak|ik)$/.test(stem))
    return `${stem}e`;
  return stem;
}
