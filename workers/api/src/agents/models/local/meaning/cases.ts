import type { Clause } from '../clause.ts';
import type { Token } from '../text/tokens.ts';
import { conditionOf } from './conditions.ts';
import {
  capital,
  type Context,
  headOf,
  kindOf,
  nounPhrase,
  plain,
  remember,
  shorten,
  textOf,
} from './context.ts';
import { contentStems, coverage } from './likeness.ts';
import type { Condition, Statement, StepDraft } from './statement.ts';
import { draftOf } from './steps/draft.ts';
import { stepOf } from './steps/step.ts';
import { fromParticiple } from '../de/verbs.ts';
import { verbForm } from '../en/verbs.ts';

const CONDITIONAL = new Set(
  'for with without above below over under beyond at on bei mit für ohne über unter ab bis auf'.split(' '),
);
const DEFINITE =
  /^(?:the|this|that|these|those|d(?:er|ie|as|en|em|es)|dies(?:e[rmns]?)?|(?:ihr|sein|mein|unser|jen)e?[rmns]?|their|his|her|its|my|our|beiden|both|uns|mir|ihnen|us|me|them)$/;

/** "With a correct code she …", "Bei Telefon …": a phrase ahead of the clause that names a case. */
export function phraseCondition(clause: Clause, context: Context): Condition | null {
  const lead = clause.lead;
  const head = lead[0]?.low ?? '';
  if (!CONDITIONAL.has(head) || lead.length > 9) return null;
  const named =
    context.lexicon.language === 'de' &&
    context.caseLabels.some(
      (label) => label.length > 0 && coverage(contentStems(textOf(lead.slice(1))), label) >= 0.9,
    );
  if (
    !named &&
    lead.some(
      ({ low }) =>
        DEFINITE.test(low) ||
        (/^(?:einem|einer|eine|einen|another|each|every|jede\w*|fall|case|cases|fällen)$/.test(low) &&
          !(head === 'bei' && low.startsWith('ein'))),
    )
  )
    return null;
  const known = context.lexicon.bad.test(lead[1]?.low ?? '') || context.lexicon.good.test(lead[1]?.low ?? '');
  if (
    ['at', 'on', 'auf', 'mit', 'with', 'bei', 'an', 'über', 'für', 'for'].includes(head) &&
    lead.length === 2 &&
    !known &&
    !/s$|^\p{Lu}/u.test(lead[1]?.text ?? '')
  )
    return null;
  if (['bis', 'ab', 'über'].includes(head) && lead.length === 2) return null;
  const above = ['above', 'below', 'over', 'under', 'über', 'unter'].includes(head);
  const words = above ? lead : lead.slice(1);
  const condition = conditionOf(
    { ...clause, subject: [], verb: '', rest: words, tokens: words, negated: false, modal: null },
    context,
    'phrase',
    words,
  );
  if (!above) remember(context, nounPhrase(words, context.lexicon));
  const negative = head === 'without' || head === 'ohne';
  const title = `${shorten(capital(textOf(plain(words, context)).replace(/s$/, context.lexicon.language === 'en' ? '' : 's')), 58)}?`;
  return { ...condition, title, stems: contentStems(title), positive: !negative };
}

export type SubjectCondition =
  | { kind: 'if'; condition: Condition; clause: Clause }
  | { kind: 'else'; clause: Clause }
  | { kind: 'step'; draft: StepDraft };

const OTHERS =
  /^(?:everybody else|everyone else|all others|all the others|the others|others|anybody else|anyone else|the rest|(?:alle|die) (?:anderen|übrigen|restlichen)(?: .*)?|andere|(?:for )?(?:everyone|everybody) else|all other (?:people|users|cases|persons|participants|\w+ers|\w+ors|\w+ants)|the other (?:people|users|ones|\w+ers))$/;
const WISHES = new Set(
  'want wants would wish wishes like likes prefer prefers choose chooses decide decides accept accepts agree agrees möchte möchten will wollen mag wünscht zustimmt annimmt say says sagen sagt'.split(
    ' ',
  ),
);

/** Who acts may be the condition: "those who want one", "rejected applicants", "everybody else". */
export function subjectCondition(clause: Clause, context: Context): SubjectCondition | null {
  const { lexicon } = context;
  const words = clause.subject.map(({ low }) => low).join(' ');
  if (OTHERS.test(words)) return { kind: 'else', clause: { ...clause, subject: [] } };
  const english = lexicon.language === 'en';
  const compared = [clause.subject[0], clause.rest[0]].some((token) =>
    /^(?:höhere?|größere?|niedrigere?|kleinere?|teurere?|günstigere?|ältere?|jüngere?|higher|larger|smaller|lower|bigger|longer|shorter)[nrs]?$/.test(
      token?.low ?? '',
    ),
  );
  if (compared && clause.link !== 'first' && clause.link !== 'or') return { kind: 'else', clause };
  // "Copying the link shows …": a case by what is done.
  const gerund = clause.subject[0];
  if (english && gerund && verbForm(gerund.low)?.form === 'ing' && !clause.passive) {
    const words = clause.subject;
    const stems = contentStems(textOf(plain(words, context)));
    if (context.caseLabels.some((label) => coverage(label, stems) >= 0.6))
      return {
        kind: 'if',
        clause: { ...clause, subject: [] },
        condition: conditionOf(
          { ...clause, subject: [], tokens: words, rest: words, verb: '', modal: null },
          context,
          'phrase',
          words,
        ),
      };
  }
  // "A returned transfer is …", "the rejected one", "Approvals are …": a case that was named before.
  const noun = clause.subject.filter(({ low }) => !lexicon.articles.has(low));
  if (clause.relative.length === 0 && noun.length <= 2 && clause.link !== 'relative') {
    const [quality] = noun;
    const label =
      quality && (noun.length === 2 || (clause.subject.length === 1 && /s$|ungen$/.test(quality.low)))
        ? contentStems(quality.text)
        : [];
    if (quality && label.length > 0 && context.caseLabels.some((stems) => coverage(label, stems) >= 0.8)) {
      const condition = conditionOf(
        { ...clause, subject: [], tokens: [quality], rest: [quality], verb: '', modal: null, negated: false },
        context,
        'subject',
        [quality],
      );
      return {
        kind: 'if',
        clause: noun.length === 2 ? { ...clause, subject: plain(noun.slice(1), context) } : clause,
        condition,
      };
    }
  }
  // "An incorrect password brings up …"
  const [article, quality] = clause.subject;
  if (
    /^(?:an?|eine?)$/.test(article?.low ?? '') &&
    quality &&
    (lexicon.bad.test(quality.low) ||
      lexicon.good.test(quality.low) ||
      (clause.again && clause.modal === 'must')) &&
    clause.subject.length >= 3 &&
    clause.relative.length === 0
  ) {
    const words = clause.subject.slice(1);
    return {
      kind: 'if',
      clause: { ...clause, subject: clause.subject.slice(2) },
      condition: conditionOf(
        { ...clause, subject: words.slice(1), tokens: words, rest: words.slice(0, 1), verb: '', modal: null },
        context,
        'subject',
        words,
      ),
    };
  }
  if (clause.relative.length > 0) {
    const relative = clause.relative;
    const many = /s$|^(?:those|people|anyone|anybody|everyone|everybody|whoever|alle|diejenigen|wer)$/.test(
      clause.subject.at(-1)?.low ?? '',
    );
    const negated = relative.some(({ low }) => ['not', 'nicht', 'never', 'no', 'nein'].includes(low));
    const wish = relative.some(({ low }) => WISHES.has(low));
    if (wish && (many || !english)) {
      const act = relative.filter(
        ({ low }) =>
          !WISHES.has(low) &&
          !['to', 'do', 'not', 'nicht', 'dies', 'das', 'zu', 'does', 'yes', 'no', 'ja', 'nein'].includes(low),
      );
      const base =
        act[0] && english
          ? lexicon.compose(act[0].low, plain(act.slice(1), context))
          : textOf(plain(act, context));
      const title = `${shorten(capital(base), 58)}?`;
      return {
        kind: 'if',
        clause: { ...clause, subject: [], relative: [] },
        condition: {
          ...conditionOf({ ...clause, modal: null }, context, 'subject', act),
          title,
          stems: contentStems(title),
          wish: true,
          elliptic: act.length === 0,
          positive: !negated,
          negated,
        },
      };
    }
    const acts = verbForm(relative[0]?.low ?? '');
    if (english && acts?.form === 's' && !['be', 'have', 'do'].includes(acts.base) && !many) {
      const step = stepOf(
        { ...clause, verb: acts.base, rest: relative.slice(1), passive: false, relative: [], negated: false },
        context,
      );
      return step ? { kind: 'step', draft: step } : null;
    }
    const denied = relative.findIndex(({ low }) => low === 'not');
    const deed = denied >= 0 ? verbForm(relative[denied + 1]?.low ?? '') : null;
    if (english && deed && ['a', 'an', 'any'].includes(clause.subject[0]?.low ?? '')) {
      const words = relative.slice(denied);
      return {
        kind: 'if',
        clause: { ...clause, subject: [], relative: [] },
        condition: conditionOf(
          {
            ...clause,
            link: 'if',
            subject: [],
            tokens: words,
            rest: words.slice(2),
            verb: deed.base,
            modal: null,
            negated: true,
          },
          context,
          'if',
          words,
        ),
      };
    }
    const article = ['a', 'an', 'any', 'ein', 'eine'].includes(clause.subject[0]?.low ?? '');
    const state = relative.some(({ low }) =>
      /^(?:has|have|is|are|was|were|hat|haben|ist|sind|wurde|wird)$/.test(low),
    );
    if (
      (article || many) &&
      (state || (many && !lexicon.articles.has(clause.subject[0]?.low ?? ''))) &&
      kindOf(clause.subject, context) === 'thing'
    ) {
      return {
        kind: 'if',
        clause: { ...clause, relative: [] },
        condition: conditionOf(
          {
            ...clause,
            subject: [],
            tokens: relative,
            rest: relative,
            modal: null,
            verb:
              relative
                .map(({ low }) => verbForm(low))
                .findLast((form) => form !== null && form.base !== 'be' && form.base !== 'have')?.base ?? '',
          },
          context,
          'subject',
          relative,
        ),
      };
    }
    return null;
  }
  // "Duplicates are closed": the others are not.
  if (
    english &&
    clause.subject.length === 1 &&
    clause.passive &&
    clause.link === 'first' &&
    lexicon.closing.has(clause.verb) &&
    /[^su]s$/.test(clause.subject[0]?.low ?? '')
  ) {
    const noun = clause.subject[0] as Token;
    const token: Token = { ...noun, text: noun.text.replace(/s$/, ''), low: noun.low.replace(/s$/, '') };
    return {
      kind: 'if',
      clause,
      condition: conditionOf(
        { ...clause, subject: [], tokens: [token], rest: [token], verb: '', modal: null },
        context,
        'subject',
        [token],
      ),
    };
  }
  // "Critical ones …"
  if (english && clause.subject.length === 2 && clause.subject[1]?.low === 'ones') {
    const token = clause.subject[0] as Token;
    return {
      kind: 'if',
      clause: { ...clause, subject: [...context.thing] },
      condition: conditionOf(
        { ...clause, subject: [], tokens: [token], rest: [token], verb: '', modal: null },
        context,
        'subject',
        [token],
      ),
    };
  }
  // "Rejected applicants receive …": a participle and a bare plural.
  const [first, second] = clause.subject;
  if (
    english &&
    clause.subject.length === 2 &&
    first &&
    second &&
    second.low.endsWith('s') &&
    (/(?:ed|en|wn)(?:-(?:in|out|up|off|on))?$/.test(first.low) ||
      lexicon.bad.test(first.low) ||
      lexicon.good.test(first.low)) &&
    !lexicon.articles.has(first.low)
  ) {
    return {
      kind: 'if',
      clause,
      condition: conditionOf(
        { ...clause, subject: [], tokens: [first], rest: [first], verb: '', modal: null },
        context,
        'subject',
        [first],
      ),
    };
  }
  const participle = first
    ? fromParticiple(first.low.replace(/e$/, '')) !== null ||
      lexicon.bad.test(first.low) ||
      lexicon.good.test(first.low)
    : false;
  if (
    !english &&
    first &&
    clause.subject.length === 1 &&
    /^\p{Ll}/u.test(first.text) &&
    (lexicon.bad.test(first.low) || lexicon.good.test(first.low))
  ) {
    const token: Token = { ...first, text: first.low.replace(/e[nrs]?$/, ''), low: first.low };
    return {
      kind: 'if',
      clause: { ...clause, subject: [] },
      condition: conditionOf(
        { ...clause, subject: [], tokens: [token], rest: [token], verb: '', modal: null },
        context,
        'subject',
        [token],
      ),
    };
  }
  if (
    !english &&
    first?.low === 'zu' &&
    clause.subject.length === 3 &&
    second &&
    clause.link !== 'relative'
  ) {
    const noun = clause.subject[2] as Token;
    const quality: Token = {
      ...second,
      text: second.text.replace(/e[nrs]?$/, ''),
      low: second.low.replace(/e[nrs]?$/, ''),
    };
    const words = [noun, first, quality];
    return {
      kind: 'if',
      clause: { ...clause, subject: [noun] },
      condition: {
        ...conditionOf(
          { ...clause, subject: [noun], tokens: words, rest: [first, quality], verb: '', modal: null },
          context,
          'subject',
          words,
        ),
        failure: true,
        outcome: 'bad',
      },
    };
  }
  if (
    !english &&
    participle &&
    clause.link !== 'relative' &&
    clause.subject.length === 2 &&
    first &&
    second &&
    /^(?:\p{Ll}\S*t|\p{Ll}\S*en)e$/u.test(first.low) &&
    /^\p{Lu}/u.test(second.text)
  ) {
    const title = first.low.replace(/e$/, '');
    const token: Token = { ...first, text: title, low: title };
    return {
      kind: 'if',
      clause,
      condition: conditionOf(
        { ...clause, subject: [], tokens: [token], rest: [token], verb: '', modal: null },
        context,
        'subject',
        [token],
      ),
    };
  }
  const joint = clause.subject.findIndex(
    ({ low }, i) =>
      i > 0 &&
      [
        'with',
        'without',
        'mit',
        'ohne',
        'bis',
        'über',
        'unter',
        'ab',
        'over',
        'under',
        'above',
        'below',
        'up',
        ...(clause.passive ? ['in', 'from', 'outside', 'after', 'before', 'aus', 'außerhalb'] : []),
      ].includes(low),
  );
  if (
    joint > 0 &&
    !lexicon.articles.has(first?.low ?? '') &&
    /(?:s|n|e)$/.test(clause.subject[joint - 1]?.low ?? '') &&
    clause.subject.length > joint + 1
  ) {
    const keepsHead = ['bis', 'über', 'unter', 'ab', 'over', 'under', 'above', 'below', 'up'].includes(
      clause.subject[joint]?.low ?? '',
    );
    const phrase = keepsHead ? clause.subject : clause.subject.slice(joint + 1);
    const condition = conditionOf(
      { ...clause, subject: [], tokens: phrase, rest: phrase, verb: '', modal: null },
      context,
      'subject',
      phrase,
    );
    const lacking = ['without', 'ohne'].includes(clause.subject[joint]?.low ?? '');
    if (lacking)
      return {
        kind: 'if',
        clause: { ...clause, subject: clause.subject.slice(0, joint) },
        condition: { ...condition, positive: false, negated: true },
      };
    return {
      kind: 'if',
      clause: {
        ...clause,
        subject: keepsHead ? clause.subject.slice(0, joint) : clause.subject.slice(0, joint),
      },
      condition,
    };
  }
  return null;
}

/** "keep it or choose another one" as one decision with a label for each. */
export function choiceOfVerbs(
  run: readonly Clause[],
  context: Context,
  read: (clause: Clause, at: number) => Statement[],
): Statement {
  const { lexicon } = context;
  const english = lexicon.language === 'en';
  const cases = run.map((clause, at) => {
    const label = lexicon.compose(clause.verb, plain(clause.rest, context));
    const body = read(
      {
        ...clause,
        modal: null,
        optional: false,
        subject: run[0]?.subject ?? [],
        negated: false,
        link: 'and',
      },
      at,
    );
    const plainLabel = english
      ? label.charAt(0).toLowerCase() + label.slice(1)
      : /^\p{Lu}/u.test(plain(clause.rest, context)[0]?.text ?? '')
        ? label
        : label.charAt(0).toLowerCase() + label.slice(1);
    return { label: shorten(plainLabel, 60), stems: contentStems(label), body };
  });
  context.caseLabels = cases.map(({ stems }) => stems);
  const title = capital(cases.map(({ label }) => label).join(english ? ' or ' : ' oder '));
  return { kind: 'choice', title: `${shorten(title, 58)}?`, cases };
}

/** "chooses between A and B". */
export function betweenChoice(clause: Clause, context: Context): Statement | null {
  const at = clause.rest.findIndex(({ low }) => low === 'between' || low === 'zwischen');
  if (
    at < 0 ||
    (!context.lexicon.choose.has(clause.verb) && !/^(?:decide|have|haben|entscheiden)$/.test(clause.verb))
  )
    return null;
  const words = caseWords(
    clause.rest
      .slice(at + 1)
      .map((token) => (['and', 'und'].includes(token.low) ? { ...token, low: 'or' } : token)),
    context,
  );
  return words ? choiceOfWords('', words, context) : null;
}

const OR = new Set(['or', 'oder', '/', ',']);

function caseWords(tokens: readonly Token[], context: Context): string[] | null {
  const groups: Token[][] = [[]];
  let separated = false;
  for (const token of tokens) {
    if (OR.has(token.low) || OR.has(token.text)) {
      if (token.low === 'or' || token.low === 'oder' || token.text === '/') separated = true;
      if (groups.at(-1)?.length) groups.push([]);
    } else groups.at(-1)?.push(token);
  }
  const words = groups
    .map((group) => textOf(plain(group, context)).replace(/^(?:nämlich|namely|either|entweder)\s+/, ''))
    .filter((text) => text !== '');
  return separated && words.length >= 2 && words.every((text) => text.split(' ').length <= 4) ? words : null;
}

/** "chooses the plan: A, B or C". */
export function alternatives(
  clause: Clause,
  next: Clause | undefined,
  context: Context,
): { before: Statement[]; choice: Statement; used: number } | null {
  const { lexicon } = context;
  const isChoice =
    lexicon.choose.has(clause.verb) ||
    (lexicon.show.has(clause.verb) &&
      clause.tokens.some(({ low }) => low === 'namely' || low === 'nämlich')) ||
    clause.verb === '' ||
    lexicon.place.test(headOf(clause.tokens, lexicon));
  if (!isChoice || clause.negated) return null;
  if (next?.link === 'colon') {
    const words = next.verb === '' ? caseWords(next.tokens, context) : null;
    const noun =
      clause.verb === '' || clause.tokens.length === 1
        ? nounPhrase(clause.tokens, lexicon)
        : nounPhrase(plain(clause.rest, context), lexicon);
    if (words) {
      const place = lexicon.place.test(headOf(noun, lexicon));
      const before: Statement[] = place
        ? [{ kind: 'step', draft: draftOf('screen', textOf(noun), clause) }]
        : [];
      const title = place ? noun.slice(0, -1) : noun;
      return {
        before,
        choice: choiceOfWords(textOf(title.slice(0, place ? 1 : undefined)), words, context),
        used: 1,
      };
    }
    if (lexicon.choose.has(clause.verb) && next.lead.length > 0 && phraseCondition(next, context))
      return { before: [], choice: choiceOfWords(textOf(noun), [], context), used: 0 };
    return null;
  }
  if (clause.verb === '' && clause.link === 'first' && next === undefined && clause.tokens.length <= 8) {
    const words = caseWords(clause.tokens, context);
    if (words) return { before: [], choice: choiceOfWords('', words, context), used: 0 };
  }
  const namely = clause.rest.findIndex(({ low }) => low === 'nämlich' || low === 'namely');
  if (namely >= 0) {
    const words = caseWords(clause.rest.slice(namely + 1), context);
    if (words) return { before: [], choice: choiceOfWords('', words, context), used: 0 };
  }
  return null;
}

function choiceOfWords(title: string, words: readonly string[], context: Context): Statement {
  const { language } = context.lexicon;
  const or = language === 'en' ? ' or ' : ' oder ';
  const list = words.length > 1 ? `${words.slice(0, -1).join(', ')}${or}${words.at(-1)}` : words.join('');
  context.caseLabels = words.map((label) => contentStems(label));
  return {
    kind: 'choice',
    title: `${shorten(capital(title === '' ? list : title), 58)}?`,
    cases: words.map((label) => ({ label, stems: contentStems(label), body: [] })),
  };
}
