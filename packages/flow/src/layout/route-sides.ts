import type { FlowEdge } from '../document/types.ts';
import type { Path, Side } from './route-paths.ts';

/** What makes a side of a node worse to leave or to enter by, in pixels of length. */
const COST = { used: 90, mixed: 350, against: 420, sideways: 45, tip: 130 } as const;

/** Which sides of nodes edges use, and what it costs to use one. */
export class Sides {
  /** `in|out side id` → count. */
  readonly #used = new Map<string, number>();
  readonly #decisions: ReadonlySet<string>;
  readonly #onward: { out: Side; in: Side };

  /** @param sideways the flow as a whole runs to the right, not down */
  constructor(decisions: ReadonlySet<string>, sideways: boolean) {
    this.#decisions = decisions;
    this.#onward = sideways ? { out: 'right', in: 'left' } : { out: 'bottom', in: 'top' };
  }

  /** Branches of a decision leave by different tips, and nothing leaves where something arrives. */
  leaving(edge: FlowEdge, from: Side): number {
    const out = this.count(edge.source, from, 'out');
    const decides = this.#decisions.has(edge.source);
    const leaving =
      from === this.#onward.out ? 0 : from === this.#onward.in ? COST.against : decides ? 0 : COST.sideways;
    return (
      leaving +
      out * (decides ? 3 : 1) * COST.used +
      (this.count(edge.source, from, 'in') > 0 ? COST.mixed : 0)
    );
  }

  arriving(edge: FlowEdge, to: Side): number {
    const beside = this.#decisions.has(edge.target) ? COST.tip : COST.sideways;
    const arriving = to === this.#onward.in ? 0 : to === this.#onward.out ? COST.against : beside;
    return arriving + (this.count(edge.target, to, 'out') > 0 ? COST.mixed : 0);
  }

  count(id: string, side: Side, way: 'in' | 'out'): number {
    return this.#used.get(`${way} ${side} ${id}`) ?? 0;
  }

  /** @param by 1 when the edge takes the path, -1 when it leaves it */
  use(edge: FlowEdge, { from, to }: Path, by: 1 | -1): void {
    this.#used.set(`out ${from} ${edge.source}`, this.count(edge.source, from, 'out') + by);
    this.#used.set(`in ${to} ${edge.target}`, this.count(edge.target, to, 'in') + by);
  }
}
