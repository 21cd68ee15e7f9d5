import { isId } from '../../document/ids.ts';

/** `wanted` itself where a document may have it as an id, else `stem.wanted` with other signs as `_`, else nothing. */
export function derivedId(stem: string, wanted: string): string | undefined {
  const near = `${stem}.${wanted.replace(/[^\w.:-]/gu, '_')}`;
  if (isId(wanted)) return wanted;
  return wanted !== '' && isId(near) ? near : undefined;
}

/** Legal, unique ids of one kind of record: as close to what the file says as a document's ids may be. */
export class IdSource {
  readonly #stem: string;
  readonly #used = new Set<string>();
  #number = 0;

  constructor(stem: string) {
    this.#stem = stem;
  }

  next(wanted: string): string {
    let id = derivedId(this.#stem, wanted);
    while (id === undefined || this.#used.has(id)) id = `${this.#stem}-${++this.#number}`;
    this.#used.add(id);
    return id;
  }
}
