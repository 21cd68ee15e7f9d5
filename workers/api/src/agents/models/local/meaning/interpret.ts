import type { Clause } from '../clause.ts';
import { tokenize, type Token } from '../text/tokens.ts';
import { conditionOf, isLimit } from './conditions.ts';
import { type Context, headOf, kindOf, nounPhrase, plain, shorten, textOf } from './context.ts';
import { contentStems } from './likeness.ts';
import { isRemark } from './remarks.ts';
import type { Statement } from './statement.ts';
import { draftOf, placeOfLead, stepOf } from './steps.ts';
import { alternatives, betweenChoice, choiceOfVerbs, phraseCondition, subjectCondition } from './cases.ts';

/** What one sentence says, in order; conditions hold the statements they govern. */
export function interpret(given: readonly Clause[], context: Context): Statement[] {
  const { lexicon } = context;
  const clauses = completed(given, context);
  const top: Statement[] = [];
  let target = top;
  for (let i = 0; i < clauses.length; i++) {
    const clause = clauses[i] as Clause;
    const next = clauses[i + 1];
    if (clause.link === 'reason') continue;
    if (clause.link === 'aside') {
      const jump = context.jump(clause);
      if (clause.optional || clause.tokens.some(({ low }) => ['optional', 'freiwillig'].includes(low)) && clause.tokens.length <= 2 || clause.tokens.length === 0) {
        const last = target.pop();
        if (last?.kind === 'step') target.push(optionalOf(last.draft, clauses[i - 1] ?? clause, context));
        else if (last) target.push(last);
        continue;
      }
      const move = /^(?:gehört|kommt|comes|belongs|goes|happens|passiert|gilt|applies)$/.test(clause.tokens[0]?.low ?? clause.verb) ? clause.tokens.find(({ kind }) => kind === 'number') : undefined;
      if (move) top.push({ kind: 'move', after: move.text });
      else if (jump) {
        const last = target.at(-1);
        const into = last?.kind === 'choice' ? last.cases.at(-1)?.body : undefined;
        const statement: Statement = { kind: 'goto', ...jump, stems: contentStems(jump.words) };
        if (into && !into.some(({ kind }) => kind === 'goto')) into.push(statement);
        else target.push(statement);
      }
      continue;
    }
    if (clause.latter && clause.tokens.length > 0) {
      const body: Statement[] = [];
      top.push({ kind: 'latter', which: 'last', body });
      body.push(...mainClause(clause, context, clauses));
      target = body;
      continue;
    }
    const checked = clauses[i - 1];
    if (clause.link === 'whether' || (clause.link === 'if' && clause.postposed && checked !== undefined && checked.rest.length === 0 && (lexicon.check.has(checked.verb) || lexicon.ask.has(checked.verb)))) {
      // "We check whether …": the decision follows, and the check is part of it.
      const last = target.at(-1);
      if (last?.kind === 'step' && (lexicon.check.has(last.draft.verb) || lexicon.ask.has(last.draft.verb))) target.pop();
      target.push({ kind: 'ask', condition: conditionOf(clause, context) });
      continue;
    }
    if (/^(?:some|einige|manche)$/.test(clause.subject[0]?.low ?? '') && next?.link === 'if') {
      target.push({ kind: 'ask', condition: conditionOf({ ...clause, subject: clause.subject.slice(1), tokens: clause.tokens.slice(1) }, context) });
      continue;
    }
    const isCondition = clause.link === 'if' || clause.link === 'unless'
      || (clause.question && !clause.subject.some(({ kind }) => kind === 'quote'))
      || (next !== undefined && (next.link === 'arrow' || next.link === 'equals') && isState(clause, context));
    if (isCondition) {
      if (isLimit(clause.tokens, context)) {
        const body: Statement[] = [];
        top.push(limitOf(clause.tokens, body, context));
        target = body;
        continue;
      }
      const condition = conditionOf(clause, context);
      if (clause.postposed && target.length > 0) {
        const last = target.pop() as Statement;
        const body = [last];
        target.push({ kind: 'if', condition, body });
        target = body;
        continue;
      }
      const body: Statement[] = [];
      const before = top.at(-1);
      const nested = before?.kind === 'if' && before.body.length > 0 && clause.link !== 'first';
      top.push({ kind: 'if', condition, body, ...(nested && { nested }) });
      target = body;
      continue;
    }
    if (clause.link === 'else') {
      const body: Statement[] = [];
      top.push({ kind: 'else', body });
      target = body;
      if (clause.tokens.length > 0) target.push(...mainClause(clause, context, clauses));
      continue;
    }
    if (clause.link === 'when' && isContingent(clause, context)) {
      const body: Statement[] = [];
      top.push({ kind: 'if', condition: conditionOf(clause, context), body });
      target = body;
      continue;
    }
    if (clause.link === 'meanwhile') continue;
    if (clause.link === 'when') {
      target.push(...timeClause(clause, context, next));
      if (target.at(-1)?.kind === 'if') {
        const opened = target.at(-1);
        if (opened?.kind === 'if') target = opened.body;
      }
      continue;
    }
    if (clause.link === 'until') {
      if (!lexicon.wait.has(clause.verb)) target.push(...mainClause(clause, context, clauses));
      continue;
    }
    if (clause.modal === 'must' && next?.link === 'else' && next.tokens.length > 0 && kindOf(clause.subject, context) === 'thing' && !clause.passive) {
      top.push({ kind: 'if', condition: { ...conditionOf(clause, context), positive: true }, body: [] });
      target = top;
      continue;
    }
    const between = betweenChoice(clause, context);
    if (between) {
      target.push(between);
      continue;
    }
    const comparison = clause.lead.length === 1 ? clause.lead[0]?.low ?? '' : '';
    const compared = /^(?:for|für|bei|with|mit|at|auf)$/.test(clause.lead[0]?.low ?? '') && /^(?:higher|larger|smaller|lower|bigger|longer|shorter|höheren|größeren|niedrigeren|kleineren|teureren|other|anderen)$/.test(clause.lead[1]?.low ?? '');
    if (compared || /^(?:above|below|over|under|more|less|darüber|darunter|ansonsten)$/.test(comparison)) {
      const body: Statement[] = [];
      top.push({ kind: 'else', body });
      target = body;
      body.push(...mainClause({ ...clause, lead: [] }, context, clauses));
      continue;
    }
    const place = placeOfLead(clause, context);
    if (place) target.push({ kind: 'step', draft: { ...place, onlyNew: true } });
    if (clause.lead.length > 0 || /^(?:above|below|otherwise|darüber|darunter)$/.test(clause.tokens[0]?.low ?? '')) {
      if (isLimit(clause.lead, context)) {
        const body: Statement[] = [];
        top.push(limitOf(clause.lead, body, context));
        target = body;
        body.push(...mainClause(clause, context, clauses));
        continue;
      }
      const condition = phraseCondition(clause, context);
      if (condition) {
        const body: Statement[] = [];
        top.push({ kind: 'if', condition, body });
        target = body;
        body.push(...mainClause(clause, context, clauses));
        continue;
      }
    }
    const conditional = subjectCondition(clause, context);
    if (conditional) {
      const body: Statement[] = [];
      if (conditional.kind === 'else') top.push({ kind: 'else', body });
      else if (conditional.kind === 'step') { target.push({ kind: 'step', draft: conditional.draft }, ...mainClause(clause, context, clauses)); continue; }
      else top.push({ kind: 'if', condition: conditional.condition, body });
      target = body;
      if (!(next?.link === 'colon' && isRemark(clause, context, clauses))) body.push(...mainClause(conditional.clause, context, clauses));
      continue;
    }
    // "accepts or objects", "can keep it or choose another one".
    const run = runOfAlternatives(clauses, i);
    if (run) {
      target.push(choiceOfVerbs(run.map(([head]) => head as Clause), context, (inner, at) => (run[at] ?? []).flatMap((member, n) => mainClause(n === 0 ? inner : member, context, clauses))));
      i += run.flat().length - 1;
      continue;
    }
    const listed = alternatives(clause, next, context);
    if (listed) {
      target.push(...listed.before, listed.choice);
      i += listed.used;
      continue;
    }
    if (next?.link === 'colon' && clause.verb === '' && clause.tokens.length <= 4 && target === top && i === 0) {
      const body: Statement[] = [];
      if (clause.tokens.some(({ low }) => lexicon.bad.test(low) || lexicon.good.test(low)) && clause.tokens.length > 1) {
        top.push({ kind: 'if', condition: conditionOf(clause, context), body });
        target = body;
        continue;
      }
      top.push({ kind: 'case', label: textOf(clause.tokens), stems: contentStems(textOf(clause.tokens)), body });
      target = body;
      continue;
    }
    if (next?.link === 'colon' && clause.passive && clause.modal === 'can' && next.inBranch) {
      const body: Statement[] = [];
      const words = nounPhrase(clause.subject, lexicon);
      const condition = { ...conditionOf(clause, context), title: `${shorten(lexicon.compose(clause.verb, clause.subject), 58)}?`, positive: true };
      void words;
      top.push({ kind: 'if', condition, body });
      target = body;
      continue;
    }
    target.push(...mainClause(clause, context, clauses));
  }
  return top;
}

/** Verbs joined by "or", each with the clauses that belong to it. */
function runOfAlternatives(clauses: readonly Clause[], from: number): Clause[][] | null {
  const first = clauses[from] as Clause;
  if (first.verb === '') return null;
  const run: Clause[][] = [[first]];
  for (let i = from + 1; i < clauses.length; i++) {
    const clause = clauses[i] as Clause;
    if (clause.link === 'or' && clause.verb !== '') run.push([clause]);
    else if ((clause.link === 'relative' || clause.inBranch || (clause.link === 'and' && (run.at(-1)?.length ?? 0) > 1)) && clauses.slice(i + 1).some(({ link }) => link === 'or')) run.at(-1)?.push(clause);
    else break;
  }
  return run.length > 1 ? run : null;
}


function limitOf(tokens: readonly Token[], body: Statement[], context: Context): Statement {
  const { lexicon } = context;
  const words = tokens.filter(({ low, kind }) => kind !== 'mark' && !['after', 'nach', 'dem', 'der', 'if', 'wenn', 'the', 'it', 'is', 'ist', 'at', 'on', 'bei', 'more', 'than', 'than', 'dann', 'beim', 'sie', 'es'].includes(low));
  const title = `${shorten(textOf(words).replace(/(versuche|mal)n$/, '$1').replace(/^\p{L}/u, (c) => c.toUpperCase()), 58)}?`;
  const rest = words.filter(({ low }) => !lexicon.numbers.test(low) && !/^(?:times|attempts?|tries|mal|versuch\w*|\w*fehlversuch\w*|in|a|row|max|max\.|maximal)$/.test(low));
  const nouns = rest.filter(({ low }) => !lexicon.bad.test(low));
  const singular = nouns.map((token) => lexicon.language === 'en' ? token.text.replace(/(?<=[a-z]{2})s$/, '') : token.text);
  const bad = rest.find(({ low }) => lexicon.bad.test(low));
  const single = singular.length > 0 && bad ? `${singular.join(' ')} ${bad.text}` : '';
  return { kind: 'limit', title, single, stems: contentStems(title), body };
}

/** A state of affairs, as against something that is done: "tickets sold out", "code wrong". */
function isState(clause: Clause, context: Context): boolean {
  const { lexicon } = context;
  if (clause.negated || clause.tokens.some(({ low }) => lexicon.bad.test(low) || lexicon.good.test(low) && clause.verb === '')) return true;
  if (clause.verb === '') return clause.tokens.length > 1 && clause.tokens.some(({ low }, i) => i > 0 && /(?:ed|en|t)$/.test(low) && clause.tokens.length <= 4 && /^\p{Ll}/u.test(clause.tokens[i]?.text ?? '')) && !lexicon.place.test(headOf(clause.tokens, lexicon));
  return clause.state || (clause.subject.length > 0 && kindOf(clause.subject, context) === 'thing' && (clause.passive || /^(?:run|time|sell)$/.test(clause.verb)) && clause.rest.every((token) => token.kind === 'word'));
}

/** "When the dose exceeds the limit": no act, so it need not happen. */
function isContingent(clause: Clause, context: Context): boolean {
  if (clause.tokens.length === 0 || clause.perfect || clause.word === 'after' || clause.word === 'nachdem') return false;
  const { lexicon } = context;
  const bad = clause.tokens.some(({ low }) => lexicon.bad.test(low));
  if (bad) return true;
  return /^(?:when|whenever)$/.test(clause.word) && !clause.state && !clause.passive && clause.rest.length > 0 && kindOf(clause.subject, context) === 'thing' && !lexicon.show.has(clause.verb) && !lexicon.open.has(clause.verb);
}

/** "When the buyer clicks Pay, …": the act, unless it says what is known. */
function timeClause(clause: Clause, context: Context, next: Clause | undefined): Statement[] {
  const { lexicon } = context;
  if (clause.tokens.length === 0) return [];
  const condition = conditionOf(clause, context, 'when');
  const hero = context.hero;
  const who = kindOf(clause.subject, context);
  const acts = who === 'person' && !clause.state && !clause.perfect && !clause.passive && clause.verb !== '' && clause.verb !== 'have' && clause.rest.length > 0;
  const draft = acts ? stepOf(clause, context) : null;
  context.hero = hero;
  const body: Statement[] = draft ? [{ kind: 'step', draft: { ...draft, inBranch: false, again: false }, fromTime: true }] : [];
  void next;
  void lexicon;
  return [{ kind: 'if', condition, body }];
}

export function mainClause(clause: Clause, context: Context, all: readonly Clause[]): Statement[] {
  const { lexicon } = context;
  const jump = context.jump(clause);
  if (jump?.number === undefined && isEnd(clause, context)) return [{ kind: 'end', strong: true }];
  if (jump) {
    const fallback = jump.words !== '' && !jump.forward ? stepOf({ ...clause, again: false }, context) : null;
    return [{ kind: 'goto', ...jump, stems: contentStems(jump.words), ...(fallback && { fallback }) }];
  }
  if (lexicon.wait.has(clause.verb) || isResume(clause, context)) return [{ kind: 'resume' }];
  if (isRemark(clause, context, all)) return [];
  if (/^(?:same|ditto|dito|dasselbe|genauso|ebenso)$/.test(clause.tokens.map(({ low }) => low).join(' '))) return [];
  if (lexicon.leave.has(clause.verb) && clause.link !== 'or' && (clause.rest.length === 0 || kindOf(clause.subject, context) !== 'system' && clause.rest.some(({ low }) => /page|site|seite|app/.test(low)))) return [{ kind: 'end', strong: true }];
  const skips = clause.verb === 'skip' || clause.verb === 'überspringen' || clause.verb === 'entfallen';
  if (skips) return [{ kind: 'resume' }];
  const draft = stepOf(clause, context);
  if (!draft) return [];
  // A wish ahead of everything is what the flow is for.
  if (clause.modal === 'want' && !context.started && clause.link === 'first') return [];
  context.started = true;
  return [draft.optional ? optionalOf(draft, clause, context) : { kind: 'step', draft }];
}

function optionalOf(draft: ReturnType<typeof draftOf>, clause: Clause, context: Context): Statement {
  const title = `${shorten(draft.title, 58)}?`;
  return {
    kind: 'if', optional: true,
    condition: { ...conditionOf(clause, context), title, stems: contentStems(title), positive: true, outcome: null, failure: false, limit: false, deadline: false, elliptic: false, wish: false, denies: false, negated: false, quantified: false },
    body: [{ kind: 'step', draft: { ...draft, optional: false } }],
  };
}

const ENDS = /^(?:(?:and )?(?:(?:that|it|this) is (?:it|all|the end(?: of .*)?|that)|(?:we|they) are (?:done|finished|through)|done|end|the end|finished|finish|stop|that is all there is|ende|schluss|fertig|das (?:war|ist) (?:es|alles|'?s)|that is where it ends|nothing (?:else )?(?:happens|is \w+)(?: .*)?|end of .*|(?:dann|danach|damit|hier)? ?(?:ist|sind) (?:hier |dann |damit |wir )*(?:schluss|ende|fertig|alles erledigt|vorbei)|ende der geschichte|das ende|ist .* (?:zu ende|vorbei|beendet)|nichts (?:weiter|weiteres).*|(?:es )?passiert nichts.*))$/;

function isEnd(clause: Clause, context: Context): boolean {
  const text = clause.tokens.filter(({ kind }) => kind === 'word').map(({ low }) => low).join(' ');
  if (ENDS.test(text)) return true;
  const { lexicon } = context;
  const head = headOf(clause.subject, lexicon);
  const about = clause.subject.length === 0 || lexicon.process.test(head);
  const content = clause.rest.filter(({ low }) => !lexicon.isFunction({ low, text: low, kind: 'word' }));
  const whom = ['für', 'for'].includes(clause.rest[0]?.low ?? '');
  if (lexicon.end.has(clause.verb) && about && (content.length === 0 || whom) && clause.verb !== 'complete') return true;
  if (about && clause.subject.length > 0 && clause.state && clause.rest.some(({ low }) => /^(?:over|done|finished|complete|ende|vorbei|beendet|abgeschlossen|fertig|schluss)$/.test(low))) return true;
  if ((clause.state || clause.passive) && clause.rest.length === 0 && /^(?:do|finish)$/.test(clause.verb) && clause.subject.length > 0 && !clause.negated) return true;
  if (about && clause.passive && /^(?:finish|do|end|beenden)$/.test(clause.verb) && clause.subject.length > 0 && lexicon.process.test(head)) return true;
  return false;
}

function isResume(clause: Clause, context: Context): boolean {
  const { lexicon } = context;
  if (!lexicon.resume.has(clause.verb)) return false;
  if (['continue', 'proceed', 'resume', 'weitermachen', 'weitergehen', 'fortfahren', 'fortsetzen', 'weiterlaufen'].includes(clause.verb)) {
    return nounPhrase(clause.rest, lexicon).length === 0 || clause.rest[0]?.low === 'with' || clause.rest[0]?.low === 'to' || clause.rest[0]?.low === 'mit';
  }
  return clause.rest.length > 0 && clause.rest.every(({ low }) => ['on', 'ahead', 'forward', 'as', 'normal', 'weiter', 'usual', 'normally', 'direkt', 'directly', 'normal', 'einfach'].includes(low));
}

/** Text that names the last thing of a statement, for callers that only have words. */
/** Fills in what a clause leaves to the one before it. */
function completed(given: readonly Clause[], context: Context): Clause[] {
  const { lexicon } = context;
  const out: Clause[] = [];
  let optional = false;
  for (const clause of given) {
    if (clause.link === 'reason') continue;
    if (clause.tokens.length === 0 && clause.optional && clause.link !== 'else' && clause.link !== 'aside') { optional = true; continue; }
    let next = optional ? { ...clause, optional: true } : clause;
    optional = false;
    const before = out.at(-1);
    const head = headOf(next.tokens, lexicon);
    // Without a subject of its own, the one before acts, or is acted on.
    const shared = next.link === 'and' || next.link === 'or' || next.link === 'arrow';
    if (shared && next.subject.length === 0 && next.verb !== '' && before !== undefined && before.verb !== '' && before.subject.length > 0 && !before.state && (next.passive ? before.passive : !before.passive) && before.link !== 'relative') {
      next = { ...next, subject: before.subject };
    }
    // "chooses the day and then the time".
    if (next.verb === '' && next.link === 'and' && before !== undefined && before.verb !== '' && !before.state && !before.passive && before.rest.length > 0 && head !== ''
      && nounPhrase(next.tokens, lexicon).length > 0 && !lexicon.message.test(head) && !lexicon.place.test(head) && !lexicon.sent.test(head) && !next.negated && context.jump(next) === null && !isEnd(next, context)
      && lexicon.articles.has(next.tokens[0]?.low ?? '')) {
      next = { ...next, verb: before.verb, subject: before.subject, rest: next.tokens, modal: before.modal };
    }
    out.push(next);
  }
  return out;
}

export const thingOf = (text: string, context: Context): Token[] => plain(nounPhrase(tokenize(text), context.lexicon), context);
export { draftOf };
