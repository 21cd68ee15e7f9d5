import type { Clause } from '../clause.ts';
import { type Context, kindOf } from './context.ts';

const OPENERS =
  /^(?:by the way|today|currently|until now|so far|for now|nice to have|out of scope|goal|problem:|motivation:|context:|why:|success metric|metric|note that|background|in scope|nebenbei|übrigens|heute|bisher|derzeit|bislang|hinweis zum|ziel|hintergrund|problem:|motivation:|erfolgsmessung|erfolgskriteri(?:um|en)|success criteri(?:on|a)|kennzahl|nicht im umfang|nicht im scope|nicht teil|nicht enthalten|später|later|not now|please note|assumption|annahme|bitte beachten|randnotiz|am rande)(?![\p{L}])/u;

/** Text that describes, wishes or measures, instead of telling what happens. */
export function remarkSentence(text: string): boolean {
  const low = text.toLowerCase().replace(/^[^\p{L}]+/u, '');
  if (
    /^(?:as|als) (?:an? |eine? |the )?[\p{L}-]+(?: [\p{L}-]+){0,3},? (?:i|ich|möchte|will|we|wir)(?![\p{L}])/u.test(
      low,
    )
  )
    return true;
  if (/^(?:was|wie|warum|what|how|why) [^?]*\?$/.test(low)) return true;
  if (OPENERS.test(low) && !/^(?:note|goal|ziel)\s*\w+s\b/.test(low)) return true;
  if (
    /\b(?:draw|diagram|sketch|zeichne\w*|skizzier\w*|erstelle\w* (?:bitte |mir |uns )?(?:einen|das|ein) (?:ablauf|flow|diagramm))\b/.test(
      low,
    ) &&
    /\b(?:you|please|our|us|me|the|bitte|flow|ablauf)\b/.test(low)
  )
    return true;
  if (
    /\b(?:works? like this|as follows|goes like this|this is how|here is how|here's how|this describes|wie folgt|folgendermaßen|so läuft|so funktioniert)\b/.test(
      low,
    )
  )
    return true;
  if (/^(?:user story|story|acceptance criteria|akzeptanzkriterien|given that|given)\b/.test(low))
    return true;
  if (/\bsoll(?:en)?\b.*\bkönnen\b|\bshould be able to\b/.test(low) && !/\b(?:wenn|falls|if)\b/.test(low))
    return true;
  if (/^(?:bei uns|in unsere[rm] \p{L}+|jede[rs]? \p{L}+|kein\p{L}* \p{L}+) soll(?:en)?(?!\p{L})/u.test(low))
    return true;
  if (
    /\b(?:in|for) (?:a|some|another) (?:later|future|next) (?:version|release|phase|step)\b|\b(?:told us|complain(?:ed)?) that\b/.test(
      low,
    )
  )
    return true;
  if (
    /\b(?:künftig|in zukunft|in future|zukünftig)\b/.test(low) &&
    /\b(?:sollen|soll|should|want)\b/.test(low)
  )
    return true;
  return /^(?:we want|wir wollen|wir möchten|ich möchte|i want|i need|we need|wir brauchen)\b/.test(low);
}

/** States that hold throughout, and clauses that only explain. */
export function isRemark(clause: Clause, context: Context, all: readonly Clause[]): boolean {
  const { lexicon } = context;
  const at = all.indexOf(clause);
  const colonNext = all[at + 1]?.link === 'colon';
  if (clause.state && clause.verb !== '' && clause.verb !== 'werden' && !clause.passive) return true;
  if (clause.verb === 'have' || clause.verb === 'haben')
    return kindOf(clause.subject, context) !== 'none' || clause.rest.some(({ kind }) => kind === 'number');
  // "a form, which also covers allergies"
  if (
    clause.link === 'relative' &&
    /^(?:cover|include|comprise|contain|umfassen|beinhalten)$/.test(clause.verb)
  )
    return true;
  if (
    !clause.optional &&
    /^(?:depend|cost|mean|contain|exist|live|last|belong|consist|remain|stay|keep|bedeuten|kosten|dauern|abhängen|hängen|gehören|bestehen|gelten|bleiben|enthalten|vorliegen|existieren|liegen)$/.test(
      clause.verb,
    ) &&
    clause.link !== 'or' &&
    (clause.verb !== 'keep' || clause.passive)
  )
    return true;
  if (
    lexicon.check.has(clause.verb) &&
    /^(?:how|what|which|wie|welche[rs]?|was)$/.test(
      clause.tokens[clause.tokens.findIndex(({ low }) => low.startsWith(clause.verb.slice(0, 4))) + 1]?.low ??
        '',
    )
  )
    return true;
  if (
    !clause.passive &&
    /^(?:ask|fragen|happen|passieren|know|think|differ)$/.test(clause.verb) &&
    (clause.rest.length === 0 ||
      (['about', 'nach', 'ob', 'if', 'whether'].includes(clause.rest[0]?.low ?? '') &&
        clause.rest[0]?.low !== 'nach') ||
      clause.rest[0]?.kind === 'quote')
  )
    return true;
  if (
    colonNext &&
    /^(?:demand|require|need|work|look|follow|fordern|verlangen|brauchen|benötigen|folgen|behandeln|treat|distinguish|unterscheiden|geben)$/.test(
      clause.verb,
    )
  )
    return true;
  // "It must be renewed first: she … and renews it"
  if (colonNext && clause.verb !== '' && all.slice(at + 1).some(({ verb }) => verb === clause.verb))
    return true;
  if (lexicon.check.has(clause.verb) && clause.rest.some(({ low }) => ['whether', 'ob'].includes(low)))
    return false;
  if (
    clause.verb === '' &&
    clause.tokens.length > 0 &&
    colonNext &&
    all.length > 1 &&
    clause.link === 'first'
  )
    return true;
  return false;
}
