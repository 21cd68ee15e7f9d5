/** Names in a request, each as one character from here on, so that what they say is never read as a command. */

const FIRST = 0xe100;
const LAST = 0xf8ff;
/** Matches one masked name. */
export const NAME = '[\\uE100-\\uF8FF]';

const QUOTED = new RegExp(
  [
    /„([^„“”"\n]{1,4000})[“”"]/,
    /“([^“”\n]{1,4000})”/,
    /"([^"\n]{1,4000})"/,
    /«([^»\n]{1,4000})»/,
    /»([^«\n]{1,4000})«/,
    /`([^`\n]{1,400})`/,
    /(?<![\p{L}\p{N}])['‘‚]([^'‘’‚\n]{1,400})['’‘](?![\p{L}\p{N}])/u,
  ]
    .map((part) => part.source)
    .join('|'),
  'gu',
);

/** Words of a title that could be taken for a part of a command. */
const MISLEADING =
  /\s(?:and|or|then|to|in|into|with|as|from|after|before|between|behind|if|when|for|on|und|oder|dann|zu|mit|nach|vor|von|auf|für|als|wenn|zwischen|hinter|aus|um|durch)\s|[,;.?!:]/iu;

/** A request whose quoted names are masked. */
export class Names {
  readonly text: string;
  readonly #names: { text: string; written: string }[] = [];

  /** `titles` are masked where they stand without marks and would be misread; never at the beginning of a line. */
  constructor(request: string, titles: readonly string[]) {
    let text = request.replaceAll(/[\uE000-\uF8FF]/g, ' ').replaceAll('\r\n', '\n');
    text = text.replaceAll(QUOTED, (whole: string, ...groups: unknown[]) => {
      const inner = groups.slice(0, 7).find((group): group is string => typeof group === 'string');
      return inner === undefined || inner.trim() === '' ? whole : (this.#mask(inner.trim(), whole) ?? whole);
    });
    const misleading = [
      ...new Set(
        titles.map((title) => title.trim()).filter((title) => title.length <= 200 && MISLEADING.test(title)),
      ),
    ];
    for (const title of misleading.toSorted((a, b) => b.length - a.length)) {
      const pattern = new RegExp(
        `(?<=[\\p{L}\\p{N}${NAME.slice(1, -1)}]\\s+)${title.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&').replaceAll(/\s+/g, '\\s+')}(?![\\p{L}\\p{N}])`,
        'giu',
      );
      text = text.replaceAll(pattern, (whole) => this.#mask(whole, whole) ?? whole);
    }
    this.text = text;
  }

  #mask(text: string, written: string): string | null {
    const code = FIRST + this.#names.length;
    if (code > LAST) return null;
    this.#names.push({ text, written });
    return String.fromCharCode(code);
  }

  /** The name as it was meant, without marks. */
  plain(text: string): string {
    return this.#back(text, (name) => name.text)
      .replaceAll(/\s+/g, ' ')
      .trim();
  }

  /** The text as it was written. */
  written(text: string): string {
    return this.#back(text, ({ written }) => written).trim();
  }

  #back(text: string, say: (name: { text: string; written: string }) => string): string {
    return text.replaceAll(/[\uE100-\uF8FF]/g, (char) => {
      const name = this.#names[char.charCodeAt(0) - FIRST];
      return name ? say(name) : '';
    });
  }
}

export const hasName = (text: string): boolean => /[\uE100-\uF8FF]/.test(text);
