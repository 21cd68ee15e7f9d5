/** What has to be known of a font to set a line in it: which characters it has and how far each one advances. */
export interface Font {
  /** CSS weight, 1 to 1000. */
  weight: number;
  /** Advance of a character in ems; undefined when the font does not have it. */
  advance(codePoint: number): number | undefined;
}

/**
 * Reads the tables of a TrueType or OpenType font that say so.
 * @param name how the font is called in messages
 * @throws TypeError when the bytes are no such font, or a broken one
 */
export function readFont(bytes: Uint8Array, name: string): Font {
  try {
    return read(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (cause) {
    // Offsets in a font file point anywhere; a DataView refuses those outside.
    const why =
      cause instanceof RangeError ? 'it ends too early' : cause instanceof Error ? cause.message : '';
    throw new TypeError(`${name} is not a TrueType or OpenType font: ${why}`, { cause });
  }
}

const SIGNATURES = new Set([0x00010000, 0x4f54544f /* OTTO */, 0x74727565 /* true */]);

function read(view: DataView): Font {
  if (!SIGNATURES.has(view.getUint32(0))) throw new Error('its first bytes are those of another format');
  const tables = new Map<string, number>();
  for (let at = 0, count = view.getUint16(4); at < count; at += 1) {
    const entry = 12 + at * 16;
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((byte) => view.getUint8(entry + byte)));
    tables.set(tag, view.getUint32(entry + 8));
  }
  const table = (tag: string): number => {
    const offset = tables.get(tag);
    if (offset === undefined) throw new Error(`it has no table "${tag}"`);
    return offset;
  };
  const unitsPerEm = view.getUint16(table('head') + 18);
  if (unitsPerEm === 0) throw new Error('its em has no size');
  const metrics = view.getUint16(table('hhea') + 34);
  if (metrics === 0) throw new Error('it has no widths');
  const widths = table('hmtx');
  const glyphs = readCharacters(view, table('cmap'));
  return {
    weight: view.getUint16(table('OS/2') + 4),
    advance(codePoint) {
      const glyph = glyphs.get(codePoint);
      if (glyph === undefined) return undefined;
      return view.getUint16(widths + 4 * Math.min(glyph, metrics - 1)) / unitsPerEm;
    },
  };
}

/** Code point → glyph, from the widest Unicode subtable. */
function readCharacters(view: DataView, cmap: number): Map<number, number> {
  const glyphs = new Map<number, number>();
  for (let at = 0, count = view.getUint16(cmap + 2); at < count; at += 1) {
    const entry = cmap + 4 + at * 8;
    const platform = view.getUint16(entry);
    const encoding = view.getUint16(entry + 2);
    if (platform !== 0 && !(platform === 3 && (encoding === 1 || encoding === 10))) continue;
    const subtable = cmap + view.getUint32(entry + 4);
    const format = view.getUint16(subtable);
    if (format === 4) readSegments(view, subtable, glyphs);
    if (format === 12) readGroups(view, subtable, glyphs);
  }
  if (glyphs.size === 0) throw new Error('it maps no characters');
  return glyphs;
}

/** Format 4: segments of the basic plane. */
function readSegments(view: DataView, subtable: number, glyphs: Map<number, number>): void {
  const double = view.getUint16(subtable + 6);
  const ends = subtable + 14;
  const [starts, deltas, ranges] = [ends + double + 2, ends + 2 * double + 2, ends + 3 * double + 2];
  for (let offset = 0; offset < double; offset += 2) {
    const end = view.getUint16(ends + offset);
    const start = view.getUint16(starts + offset);
    const delta = view.getUint16(deltas + offset);
    const range = view.getUint16(ranges + offset);
    for (let code = start; code <= end && code !== 0xffff; code += 1) {
      const direct = range === 0 ? code : view.getUint16(ranges + offset + range + 2 * (code - start));
      const glyph = direct === 0 ? 0 : (direct + delta) & 0xffff;
      if (glyph !== 0) glyphs.set(code, glyph);
    }
  }
}

/** Format 12: groups of all planes. */
function readGroups(view: DataView, subtable: number, glyphs: Map<number, number>): void {
  for (let at = 0, count = view.getUint32(subtable + 12); at < count; at += 1) {
    const group = subtable + 16 + at * 12;
    const [start, end, first] = [group, group + 4, group + 8].map((offset) => view.getUint32(offset));
    if (start === undefined || end === undefined || first === undefined || end > 0x10ffff) {
      throw new Error('it maps characters that Unicode does not have');
    }
    for (let code = start; code <= end; code += 1) glyphs.set(code, first + code - start);
  }
}
