import type { State, StateChart } from './chart.ts';

/** A composite state that stands open, or the diagram itself. */
interface Scope {
  state?: State;
  /** The region that is being written, once the first `--` has been met. */
  region?: State;
  /** The next mention begins a new region. */
  divided: boolean;
  /** What was mentioned directly in it before any `--`. */
  members: Set<State>;
  regions: number;
}

const newScope = (state?: State): Scope => ({
  ...(state ? { state } : {}),
  divided: false,
  members: new Set(),
  regions: 0,
});

/** Which composite states stand open while a diagram is read, and which state stands in which. */
export class Scopes {
  readonly #chart: StateChart;
  readonly #open: Scope[] = [newScope()];

  constructor(chart: StateChart) {
    this.#chart = chart;
  }

  /** True outside of every composite state. */
  get outside(): boolean {
    return this.#open.length === 1;
  }

  /** The innermost open composite state. */
  get innermost(): State | undefined {
    return this.#open.at(-1)?.state;
  }

  open(state: State): void {
    state.composite = true;
    this.#open.push(newScope(state));
  }

  close(): void {
    this.#open.pop();
  }

  /** `--`: what follows runs beside what stands before it. */
  divide(line: number): void {
    const scope = this.#open.at(-1);
    if (!scope?.state) return;
    if (scope.regions === 0) {
      const first = this.#region(scope, scope.state, line);
      for (const member of scope.members) if (member.parent === scope.state) member.parent = first;
    }
    scope.divided = true;
  }

  #region(scope: Scope, state: State, line: number): State {
    scope.regions += 1;
    // A blank, so that no state that is written can have this key.
    const key = `${state.key} region ${scope.regions}`;
    const region: State = {
      key,
      kind: 'region',
      texts: [`Region ${scope.regions}`],
      parent: state,
      composite: true,
      line,
    };
    this.#chart.states.set(key, region);
    return region;
  }

  /** The state that stands round what is written now; none in the diagram itself. */
  #current(line: number): State | undefined {
    const scope = this.#open.at(-1);
    if (!scope?.state) return undefined;
    if (scope.divided) {
      scope.region = this.#region(scope, scope.state, line);
      scope.divided = false;
    }
    return scope.region ?? scope.state;
  }

  /** The key of `[*]` here. It has a blank, so that no state that is written can have it. */
  starKey(end: 'start' | 'end', line: number): string {
    const scope = this.#open.at(-1);
    const current = this.#current(line);
    // Regions before the first `--` are not known yet, so their start goes by the composite state.
    const key = current?.kind === 'region' ? current.key : (scope?.state?.key ?? 'root');
    return `${key} ${end}`;
  }

  /** A state stands where it is mentioned last, mentions in the diagram itself aside. */
  place(state: State, line: number): void {
    const current = this.#current(line);
    if (!current || current === state) return;
    state.parent = current;
    this.#open.at(-1)?.members.add(state);
  }
}
