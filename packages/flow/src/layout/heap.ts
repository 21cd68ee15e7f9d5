/** A queue of numbers that gives back the one with the least weight first; equal weights in a fixed order. */
export class Heap {
  readonly #values: number[] = [];
  readonly #weights: number[] = [];

  push(value: number, weight: number): void {
    let at = this.#values.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((this.#weights[parent] ?? 0) <= weight) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#values[at] = value;
    this.#weights[at] = weight;
  }

  pop(): number | undefined {
    const first = this.#values[0];
    const value = this.#values.pop(),
      weight = this.#weights.pop();
    const size = this.#values.length;
    if (value === undefined || weight === undefined || size === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && (this.#weights[child + 1] ?? 0) < (this.#weights[child] ?? 0)) child += 1;
      if ((this.#weights[child] ?? 0) >= weight) break;
      this.#move(child, at);
      at = child;
    }
    this.#values[at] = value;
    this.#weights[at] = weight;
    return first;
  }

  #move(from: number, to: number): void {
    this.#values[to] = this.#values[from] ?? 0;
    this.#weights[to] = this.#weights[from] ?? 0;
  }
}
