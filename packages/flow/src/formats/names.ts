import { clip } from '../document/clip.ts';

const MAX_NAME = 40;

/** The words of a text in any script: letters, marks and digits; everything else separates. */
function wordsOf(text: string): string[] {
  return text.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** `Enter the code` → `enterTheCode`. Empty when there is no letter or digit. */
export function camelCase(text: string): string {
  const [first = '', ...rest] = wordsOf(text);
  const name = first.toLowerCase() + rest.map((word) => capital(word)).join('');
  return clip(/^[\p{N}\p{M}]/u.test(name) ? `step${name}` : name, MAX_NAME);
}

/** `Code was wrong` → `CODE_WAS_WRONG`. Empty when there is no letter or digit. */
export function upperSnake(text: string): string {
  return clip(wordsOf(text).join('_').toUpperCase(), MAX_NAME).replace(/_$/, '');
}

function capital(word: string): string {
  const [first = '', ...rest] = word;
  return first.toUpperCase() + rest.join('').toLowerCase();
}

/** Gives every name once; a second taker gets `name2`, or with a separator `name_2`. */
export class UniqueNames {
  readonly #used = new Set<string>();
  readonly #next = new Map<string, number>();
  readonly #separator: string;

  constructor(separator: '' | '_' = '') {
    this.#separator = separator;
  }

  /** Names that every JavaScript object has already, such as `constructor`, are numbered too. */
  take(wanted: string): string {
    let name = wanted;
    while (this.#used.has(name) || name in Object.prototype) {
      const number = (this.#next.get(wanted) ?? 1) + 1;
      this.#next.set(wanted, number);
      name = `${wanted}${this.#separator}${number}`;
    }
    this.#used.add(name);
    return name;
  }
}
