import { utf8Bytes } from '../../document/json.ts';
import { LIMITS } from '../../document/limits.ts';
import type { FlowDocument } from '../../document/types.ts';
import { packDocument, type PackedBlock } from '../packed-document.ts';
import { splitText } from '../text.ts';

/** Left free in a message for its other members. */
export const ENVELOPE_BYTES: number = 8 * 1024;

const PART_BYTES = LIMITS.commitBytes - ENVELOPE_BYTES;
/** Small enough for parts to be well filled. */
const BLOCK_BYTES = 32 * 1024;

/** The document at one clock as it is sent, written once for all who need it. */
export class SnapshotText {
  readonly clock: number;
  readonly #document: FlowDocument;
  #json: { text: string; bytes: number } | undefined;
  #packed: { blocks: readonly PackedBlock[] | undefined } | undefined;

  constructor(clock: number, document: FlowDocument) {
    this.clock = clock;
    this.#document = document;
  }

  /** UTF-8 bytes of the document alone. */
  bytes(packed: boolean): number {
    const blocks = packed ? this.#blocks() : undefined;
    return blocks ? blocks.reduce((sum, { bytes }) => sum + bytes + 1, 0) : this.#plain().bytes;
  }

  /**
   * The members of a `SnapshotPart` as JSON without its braces, part by part.
   *
   * @param packed in columns; where a record is too long for that, it is JSON all the same.
   * @param firstBytes UTF-8 bytes that the first part may take
   */
  parts(packed: boolean, firstBytes: number = PART_BYTES): string[] {
    const blocks = packed ? this.#blocks() : undefined;
    const contents = blocks
      ? gather(blocks, firstBytes).map((texts) => `"packed":[${texts.join(',')}]`)
      : splitText(this.#plain().text, firstBytes).map((slice) => `"json":${JSON.stringify(slice)}`);
    return contents.map((content, part) => `"part":${part},"parts":${contents.length},${content}`);
  }

  #plain(): { text: string; bytes: number } {
    if (!this.#json) {
      const text = JSON.stringify(this.#document);
      this.#json = { text, bytes: utf8Bytes(text) };
    }
    return this.#json;
  }

  #blocks(): readonly PackedBlock[] | undefined {
    this.#packed ??= {
      blocks: packDocument(this.#document, BLOCK_BYTES) ?? packDocument(this.#document, PART_BYTES),
    };
    return this.#packed.blocks;
  }
}

/** The texts of `blocks` in groups of at most `PART_BYTES`, the first one of `firstBytes` and maybe empty. */
function gather(blocks: readonly PackedBlock[], firstBytes: number): string[][] {
  const groups: string[][] = [[]];
  let left = firstBytes;
  for (const { text, bytes } of blocks) {
    if (bytes + 1 > left) {
      groups.push([]);
      left = PART_BYTES;
    }
    groups.at(-1)?.push(text);
    left -= bytes + 1;
  }
  return groups;
}
