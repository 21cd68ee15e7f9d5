import { readFileSync } from 'node:fs';

/** What the mermaid package makes of a text, as `tools/mermaid-oracle` wrote it down. */
export interface Recorded<Answer> {
  /** Repository and path that the text is from. */
  from: string;
  source: string;
  answer: Answer | null;
}

/** How an edge was drawn: `both` has arrow heads at both ends, `note` ties a note to its state. */
type How = 'one' | 'both' | 'invisible' | 'note';

export interface FlowchartAnswer {
  vertices: [id: string, label: string][];
  edges: [source: string, target: string, label: string, how: How][];
  subgraphs: [id: string, title: string, members: string[]][];
}

export interface StateAnswer {
  states: [id: string, label: string, shape: string, parent: string][];
  edges: [source: string, target: string, label: string, how: How][];
}

/** The recorded charts of one kind; the file's first line says where they come from and their licence. */
export function recorded<Answer>(kind: 'flowchart' | 'state'): Recorded<Answer>[] {
  const [, ...lines] = readFileSync(new URL(`${kind}.jsonl`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  return lines.map((line) => JSON.parse(line) as Recorded<Answer>);
}

/** White space is drawn as one space, and breaks as one break. */
export function drawn(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/\s+/gu, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}
