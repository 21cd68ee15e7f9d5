import type { Lexicon } from '../lexicon.ts';
import type { Condition, Statement } from '../meaning/statement.ts';
import { DraftGraph, type DraftNode, type End } from './graph.ts';

/** A yes/no question with one branch drawn; the other awaits its turn as an open end. */
export interface Decision {
  readonly node: number;
  condition: Condition;
  /** The end that the text spoke of. */
  readonly taken: End;
  /** The end that the text has not spoken of. */
  readonly other: End;
  /** What its branches left open. */
  bodyEnds: End[];
  readonly bodyNodes: number[];
  /** Where it was told: list item and sentence. */
  readonly item: number;
  readonly sentence: number;
}

/** A decision by cases instead of yes/no. `listed`: all its cases were named together. */
export interface Choice {
  readonly node: number;
  readonly listed: boolean;
  readonly cases: ChoiceCase[];
}

export interface ChoiceCase {
  readonly label: string;
  readonly stems: string[];
  /** Where the case goes on. */
  ends: End[];
  /** The node that stands for the case only because nothing else is known of it. */
  own?: number;
}

/** A jump to what has not been told yet: a numbered item, or a step known by its words. */
export type ForwardJump =
  | { readonly ends: End[]; readonly number: string }
  | { readonly ends: End[]; readonly number?: undefined; readonly stems: string[]; readonly words: string };

/** A time clause that may turn out to be the first of two cases; `first` is the node it leads to. */
export interface TimeClause {
  readonly condition: Condition;
  readonly first: number;
  readonly item: number;
}

/**
 * A flow under construction. The text is drawn from front to back, and each statement is connected
 * to the open ends; what later sentences may come back to is kept beside them.
 *
 * Ends are compared by identity: an end is open exactly while this very object is in `open`.
 */
export class Construction {
  readonly graph = new DraftGraph();
  readonly lexicon: Lexicon;
  readonly end: DraftNode;

  // Where the drawing goes on.
  /** The edges that wait for the next step. */
  open: End[];
  lastStep: DraftNode | null = null;
  /** What the branch or case drawn last left open. */
  lastBranch: readonly End[] = [];
  /** The ends of the branch that ended only because nothing more was said of it, and in which sentence. */
  impliedEnds: { readonly ends: readonly End[]; readonly sentence: number } | null = null;

  // What the text may come back to.
  /** The one told last at the end. */
  decisions: Decision[] = [];
  readonly choices: Choice[] = [];
  /** Choices whose cases are being drawn: nothing leads back to them from within. */
  readonly drawing = new Set<number>();
  /** "label: …" told by themselves, without a choice before; `item` is that of the last one. */
  loneCases: { readonly choice: Choice; readonly item: number; readonly unnamed: boolean } | null = null;
  /** The case told last, for a condition about "it" in the next sentence. */
  recentCase: { readonly ends: readonly End[]; readonly sentence: number } | null = null;
  timeClause: TimeClause | null = null;
  private asked: {
    readonly condition: Condition;
    readonly sentence: number;
    readonly ends: readonly End[];
  } | null = null;

  // Jumps.
  forward: ForwardJump[] = [];
  /** First node of each numbered item. */
  readonly numbered = new Map<string, number>();
  /** The number that the next node gets. */
  pendingNumber: string | null = null;

  // Where in the text.
  item = 0;
  sentence = 0;
  /** Number of branches around what is being drawn. */
  depth = 0;

  private readonly drawAll: (flow: Construction, statements: readonly Statement[]) => void;

  /** `drawAll` draws statements of any kind; it is passed in so that the kinds need not know each other. */
  constructor(lexicon: Lexicon, drawAll: (flow: Construction, statements: readonly Statement[]) => void) {
    this.lexicon = lexicon;
    this.drawAll = drawAll;
    const start = this.graph.add('start', 'Start', []);
    this.end = this.graph.add('end', 'End', []);
    this.open = [{ from: start.id }];
  }

  draw(statements: readonly Statement[]): void {
    this.drawAll(this, statements);
  }

  /** Draws statements that belong to a branch. */
  drawInside(statements: readonly Statement[]): void {
    this.depth++;
    this.draw(statements);
    this.depth--;
  }

  /** The last question of the text, which a following "if so" may answer. */
  get question(): Condition | null {
    return this.asked !== null && this.sentence - this.asked.sentence <= 1 ? this.asked.condition : null;
  }

  /** Where the last question was asked, as far as nothing has been told there since. */
  get questionEnds(): End[] {
    return this.asked === null ? [] : this.open.filter((end) => this.asked?.ends.includes(end));
  }

  set question(condition: Condition | null) {
    this.asked = condition === null ? null : { condition, sentence: this.sentence, ends: this.open };
  }

  isOpenAt(node: DraftNode): boolean {
    return this.open.some(({ from }) => from === node.id);
  }

  /** Nothing but this node waits for the next step. */
  isOpenOnlyAt(node: DraftNode): boolean {
    return this.open.length > 0 && this.open.every(({ from }) => from === node.id);
  }
}
