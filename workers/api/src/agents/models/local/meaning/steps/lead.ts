import type { Clause } from '../../clause.ts';
import { verbForm } from '../../en/verbs.ts';
import { type Context, nounPhrase, textOf } from '../context.ts';
import type { StepDraft } from '../statement.ts';
import { draftOf } from './draft.ts';
import { stepOf } from './step.ts';

/** "After checking the preview she …": an act that the text has not told yet. */
export function actOfLead(clause: Clause, context: Context): StepDraft | null {
  const [after, gerund] = clause.lead;
  if (after?.low !== 'after' || !gerund || context.lexicon.language !== 'en') return null;
  const form = verbForm(gerund.low);
  if (form?.form !== 'ing') return null;
  const draft = stepOf(
    {
      ...clause,
      verb: form.base,
      rest: clause.lead.slice(2),
      lead: [],
      passive: false,
      negated: false,
      again: false,
      parallel: false,
      modal: null,
      tokens: clause.lead.slice(1),
    },
    context,
  );
  return draft && draft.object.length > 0 && clause.lead.length > 2 ? draft : null;
}

/** "On the listing page she …": a place that the text has not shown yet. */
export function placeOfLead(clause: Clause, context: Context): StepDraft | null {
  const { lexicon } = context;
  if (clause.verb === '' || clause.negated || ['if', 'unless', 'when'].includes(clause.link)) return null;
  const inLead =
    clause.lead.length > 0 && /^(?:on|in|at|auf|im|am)$/.test(clause.lead[0]?.low ?? '')
      ? clause.lead.slice(1)
      : null;
  const at = inLead ? -1 : clause.rest.findIndex(({ low }) => ['on', 'auf', 'at'].includes(low));
  const words = inLead ?? (at > 0 ? clause.rest.slice(at + 1) : []);
  if (!lexicon.articles.has(words[0]?.low ?? '') && !['im', 'am'].includes(clause.lead[0]?.low ?? ''))
    return null;
  if (/^(?:a|an|ein|eine|einem|einer|each|every|any)$/.test(words[0]?.low ?? '')) return null;
  const phrase = nounPhrase(words, lexicon);
  const head = phrase.findLast(({ kind }) => kind !== 'quote')?.low ?? '';
  if (
    phrase.length === 0 ||
    phrase.length > 4 ||
    !/(?:page|screen|form|liste?|menü|menu|dialog|dashboard|overview|map|seite|maske|formular|übersicht|bildschirm|ansicht|karte)$/.test(
      head,
    ) ||
    (phrase.length === 1 && /^(?:page|screen|form|dialog|seite)$/.test(head))
  )
    return null;
  return draftOf('screen', textOf(phrase), null);
}
