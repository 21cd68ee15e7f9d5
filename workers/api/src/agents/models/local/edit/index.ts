import { clip, LIMITS } from '@uxflow/flow';
import type { FlowListing } from '../../../tools.ts';
import type { Plan } from '../plan.ts';
import { detectLanguage, type Language } from '../text/language.ts';
import { tokenize } from '../text/tokens.ts';
import type { Command } from './command.ts';
import { Draft } from './draft.ts';
import { Editor } from './editor.ts';
import { findNode } from './lookup.ts';
import { hasName, Names } from './names.ts';
import { phrases } from './phrases.ts';
import { Refusal } from './refusal.ts';
import { splitRequest } from './split.ts';

/** What to do about a request that consists of edit commands. */
export interface EditPlan extends Plan {
  /** Repairs follow that need the result of the lint check. */
  fix: boolean;
  /** Everything in the request is a command, and none could be a step of a description instead. */
  certain?: boolean;
  language?: Language;
}

/** Characters of the summary that `finish` takes. */
const SUMMARY = 3_500;
/** Commands of one request; more are left unused, which is said. */
const COMMANDS = 100;

/** Function words decide; a request that has none is in the language of its verbs. */
function languageOfRequest(request: string, names: Names): Language {
  const german =
    /(?<![\p{L}])(?:füge?n?|lösche?n?|entferne?n?|benenne?n?|verbinde?n?|trenne?n?|verschiebe?n?|mache?|behebe?n?|räume?|ordne?n?|ändere?n?|setze?n?|umbenennen|löschen|hinzufügen|einfügen|ergänze?n?|beschrifte?n?|beschreibung|nenne)(?![\p{L}])/iu;
  return german.test(names.text)
    ? 'de'
    : /[\uE100-\uF8FF]/u.test(names.text)
      ? detectLanguage(tokenize(names.text))
      : detectLanguage(tokenize(request));
}

/** A command that could as well be a step of prose: nothing quoted, and no name that the flow knows. */
function isWeak(command: Command, draft: Draft, names: Names, text: string): boolean {
  if (hasName(text)) return false;
  const knows = (name: string): boolean => 'node' in findNode(names.plain(name), draft, null);
  if (command.kind === 'remove') return !knows(command.nodes);
  if (command.kind !== 'add') return false;
  const { place } = command;
  if (place === null) return true;
  if (place.kind === 'between') return !knows(place.first) || !knows(place.second);
  return 'of' in place && !knows(place.of);
}

/** Plans the edit commands of a request; null when it holds none. */
export function planEdits(
  flow: FlowListing,
  request: string,
): (EditPlan & { certain: boolean; language: Language }) | null {
  const draft = new Draft(flow);
  const names = new Names(
    request,
    flow.nodes.map(({ title }) => title),
  );
  const all = splitRequest(names);
  const pieces = all.slice(0, COMMANDS);
  const commands = pieces.filter(({ command }) => command !== null).length;
  const strong = pieces.filter(
    ({ command, text }) => command !== null && !isWeak(command, draft, names, text),
  ).length;
  // A description may have steps that sound like commands.
  if (commands === 0 || (strong === 0 && commands < pieces.length)) return null;
  const language = languageOfRequest(request, names);
  const say = phrases(language);
  const editor = new Editor(draft, names, language);
  const unused: string[] = [];
  const troubles: string[] = [];
  for (const { text, command } of pieces) {
    const written = clip(names.written(text), LIMITS.description);
    if (!command) {
      unused.push(written);
      troubles.push(say.unclear(clip(written, 120)));
      continue;
    }
    try {
      editor.run(command);
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      unused.push(written);
      troubles.push(thrown.message);
    }
  }
  if (all.length > COMMANDS) {
    troubles.unshift(say.tooMany(COMMANDS));
    unused.push(...all.slice(COMMANDS).map(({ text }) => clip(names.written(text), LIMITS.description)));
  }
  const open = [...draft.added].filter((id) => {
    const node = draft.node(id);
    return node && node.type !== 'end' && node.type !== 'note' && draft.outOf(id).length === 0;
  });
  const warnings = editor.fix ? [] : open.map((id) => say.deadEnd(editor.title(id)));
  const structural = draft.calls.some(
    ({ name }) =>
      name !== 'update_node' &&
      name !== 'set_flow_name' &&
      name !== 'layout_flow' &&
      name !== 'move_to_frame',
  );
  return {
    intro: '',
    calls: draft.calls,
    summary: sentences([...troubles, ...editor.done, ...warnings], say.more),
    unused: unused.slice(0, 100),
    lint: structural && !editor.fix,
    fix: editor.fix,
    certain:
      commands === pieces.length &&
      (strong > 0 || pieces.length === 1) &&
      pieces.every(({ command, text }) => command?.kind !== 'add' || !isWeak(command, draft, names, text)),
    language,
  };
}

/** As many sentences as fit into a summary. */
function sentences(all: readonly string[], more: (count: number) => string): string {
  let text = '';
  for (const [at, sentence] of all.entries()) {
    if (text.length + sentence.length > SUMMARY) return `${text} ${more(all.length - at)}`.trim();
    text = `${text} ${sentence}`.trim();
  }
  return text;
}
