export interface ImportWarning {
  /** Counts from 1. */
  line?: number;
  message: string;
}

const MOST = 100;

/** What an import leaves out or changes. Equal messages become one with a count, so that nothing drowns the rest. */
export class Warnings {
  readonly #counts = new Map<string, { line: number | undefined; count: number }>();

  add(message: string, line?: number): void {
    const known = this.#counts.get(message);
    if (known) known.count += 1;
    else this.#counts.set(message, { line, count: 1 });
  }

  list(): ImportWarning[] {
    const all = [...this.#counts].map(([message, { line, count }]) => ({
      ...(line === undefined ? {} : { line }),
      message: count === 1 ? message : `${message} (${count} times)`,
    }));
    if (all.length <= MOST) return all;
    return [...all.slice(0, MOST), { message: `and ${all.length - MOST} more kinds` }];
  }
}
