/** Puts a snapshot together that comes in parts, in order. */
export class Assembly {
  readonly #clock: number;
  readonly #parts: number;
  readonly #slices: string[] = [];

  constructor(clock: number, parts: number) {
    this.#clock = clock;
    this.#parts = parts;
  }

  /** The whole text once the last part has come. Parts of another snapshot and repeated parts are passed over. */
  add(clock: number, slice: { part: number; parts: number; json: string }): string | undefined {
    if (clock !== this.#clock || slice.parts !== this.#parts || slice.part !== this.#slices.length)
      return undefined;
    this.#slices.push(slice.json);
    return this.#slices.length === this.#parts ? this.#slices.join('') : undefined;
  }
}
