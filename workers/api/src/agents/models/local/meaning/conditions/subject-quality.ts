import { fromParticiple } from '../../de/verbs.ts';
import type { Token } from '../../text/tokens.ts';
import type { Context } from '../context.ts';
import { verblessCondition } from './condition.ts';
import { caseOf, type SubjectRule } from './subject-case.ts';

const isJudged = ({ low }: Token, { lexicon }: Context): boolean =>
  lexicon.bad.test(low) || lexicon.good.test(low);

/** "Duplicates are closed": the others are not. */
const closedOnes: SubjectRule = (clause, context) => {
  const [noun, second] = clause.subject;
  if (
    !noun ||
    second ||
    context.lexicon.language !== 'en' ||
    !clause.passive ||
    clause.link !== 'first' ||
    !context.lexicon.closing.has(clause.verb) ||
    !/[^su]s$/.test(noun.low)
  )
    return null;
  return caseOf(clause, context, [
    { ...noun, text: noun.text.replace(/s$/, ''), low: noun.low.replace(/s$/, '') },
  ]);
};

/** "Critical ones …" */
const suchOnes: SubjectRule = (clause, context) => {
  const [quality, ones] = clause.subject;
  return context.lexicon.language === 'en' && clause.subject.length === 2 && quality && ones?.low === 'ones'
    ? caseOf(clause, context, [quality], [...context.thing])
    : null;
};

/** Words that only describe a noun. */
const ADJECTIVE = /(?:ious|[a-z]ful|less|.{3}able|.{3}ible|-time|-class|exempt|urgent)$/;

/** "Exempt vehicles skip the payment": some pass by what the others go through. */
const skippers: SubjectRule = (clause, context) => {
  const { subject } = clause;
  return context.lexicon.language === 'en' &&
    clause.verb === 'skip' &&
    context.started &&
    !clause.modal &&
    subject.length > 1 &&
    subject.length <= 5 &&
    !context.lexicon.articles.has(subject[0]?.low ?? '')
    ? caseOf(clause, context, subject)
    : null;
};

/** "Rejected applicants receive …": a participle and a bare plural. */
const suchPlural: SubjectRule = (clause, context) => {
  const [quality, noun] = clause.subject;
  if (
    context.lexicon.language !== 'en' ||
    clause.subject.length !== 2 ||
    !quality ||
    !noun?.low.endsWith('s')
  )
    return null;
  const isQuality =
    /(?:ed|en|wn)(?:-(?:in|out|up|off|on))?$/.test(quality.low) ||
    isJudged(quality, context) ||
    (context.started && clause.verb !== '' && !clause.state && ADJECTIVE.test(quality.low));
  return isQuality && !context.lexicon.articles.has(quality.low) ? caseOf(clause, context, [quality]) : null;
};

/** "… werden abgelehnte gelöscht": the quality alone. */
const germanQuality: SubjectRule = (clause, context) => {
  const [quality, second] = clause.subject;
  if (
    !quality ||
    second ||
    context.lexicon.language !== 'de' ||
    !/^\p{Ll}/u.test(quality.text) ||
    !isJudged(quality, context)
  )
    return null;
  const text = quality.low.replace(/e[nrs]?$/, '');
  return caseOf(clause, context, [{ ...quality, text }], []);
};

/** "Zu große Dateien …": more than is allowed. */
const excess: SubjectRule = (clause, context) => {
  const [too, given, noun] = clause.subject;
  if (
    context.lexicon.language !== 'de' ||
    clause.subject.length !== 3 ||
    too?.low !== 'zu' ||
    !given ||
    !noun ||
    clause.link === 'relative'
  )
    return null;
  const bare = (text: string): string => text.replace(/e[nrs]?$/, '');
  const quality: Token = { ...given, text: bare(given.text), low: bare(given.low) };
  const condition = verblessCondition(clause, context, 'subject', [noun, too, quality], [noun]);
  return {
    kind: 'if',
    clause: { ...clause, subject: [noun] },
    condition: { ...condition, failure: true, outcome: 'bad' },
  };
};

/** "Abgelehnte Anträge …": a participle and a bare plural. */
const germanPlural: SubjectRule = (clause, context) => {
  const [quality, noun] = clause.subject;
  if (
    context.lexicon.language !== 'de' ||
    clause.link === 'relative' ||
    clause.subject.length !== 2 ||
    !quality ||
    !/^(?:\p{Ll}\S*t|\p{Ll}\S*en)e$/u.test(quality.low) ||
    !/^\p{Lu}/u.test(noun?.text ?? '')
  )
    return null;
  const title = quality.low.replace(/e$/, '');
  return fromParticiple(title) !== null || isJudged(quality, context)
    ? caseOf(clause, context, [{ ...quality, text: title, low: title }])
    : null;
};

const MEASURES = new Set('bis über unter ab over under above below up'.split(' '));
const LACKS = new Set(['without', 'ohne']);
const ORIGINS = new Set('in from outside after before aus außerhalb'.split(' '));

/** "Orders over 50 €", "guests without a ticket", "parcels from abroad (are …)": what the noun comes with. */
const attribute: SubjectRule = (clause, context) => {
  const { subject } = clause;
  const at = subject.findIndex(
    ({ low }, i) =>
      i > 0 &&
      (MEASURES.has(low) ||
        LACKS.has(low) ||
        ['with', 'mit'].includes(low) ||
        (clause.passive && ORIGINS.has(low))),
  );
  if (
    at <= 0 ||
    subject.length <= at + 1 ||
    context.lexicon.articles.has(subject[0]?.low ?? '') ||
    !/(?:s|n|e)$/.test(subject[at - 1]?.low ?? '')
  )
    return null;
  const joint = subject[at]?.low ?? '';
  const found = caseOf(
    clause,
    context,
    MEASURES.has(joint) ? subject : subject.slice(at + 1),
    subject.slice(0, at),
  );
  return found.kind === 'if' && LACKS.has(joint)
    ? { ...found, condition: { ...found.condition, positive: false, negated: true } }
    : found;
};

/** Subjects without a relative clause that only speak of some; the first rule that fits decides. */
export const QUALITY_RULES: readonly SubjectRule[] = [
  closedOnes,
  skippers,
  suchOnes,
  suchPlural,
  germanQuality,
  excess,
  germanPlural,
  attribute,
];
