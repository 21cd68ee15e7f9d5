import { Inflate } from 'fflate';
import { LIMITS } from '../../document/limits.ts';
import { unreadable } from '../import/limits.ts';
import { readXml, type XmlElement } from '../import/xml.ts';
import { base64Bytes } from './base64.ts';

export interface Page {
  name: string;
  /** The `<root>` with its cells. */
  root: XmlElement;
  /** Lines count in the file only where the page is not compressed. */
  plain: boolean;
}

/**
 * The pages of a draw.io file: plain or compressed, alone as `<mxGraphModel>`, or inside an exported SVG. One after the
 * other, for all of them at once are more than a Worker's memory.
 */
export function* readPages(source: string): Generator<Page> {
  let file = readXml(source);
  const embedded = file.name === 'svg' ? file.attributes.get('content') : undefined;
  if (embedded !== undefined) file = readXml(embedded);
  if (file.name === 'mxGraphModel') {
    yield { name: '', root: rootOf(file), plain: embedded === undefined };
    return;
  }
  if (file.name !== 'mxfile') {
    throw unreadable(
      `expected a draw.io file with <mxfile> or <mxGraphModel>, found <${file.name}>`,
      file.line,
    );
  }
  const budget = { left: LIMITS.documentBytes };
  for (const diagram of file.children) {
    if (diagram.name !== 'diagram') continue;
    const name = diagram.attributes.get('name') ?? '';
    const model = diagram.children.find((child) => child.name === 'mxGraphModel');
    if (model) yield { name, root: rootOf(model), plain: embedded === undefined };
    else yield { name, root: rootOf(readXml(unpacked(diagram, budget))), plain: false };
  }
}

function rootOf(model: XmlElement): XmlElement {
  const root = model.children.find(({ name }) => name === 'root');
  if (model.name !== 'mxGraphModel' || !root)
    throw unreadable('expected <mxGraphModel> with <root>', model.line);
  return root;
}

/** Base64 of raw deflate of a URI-encoded text. Stops as soon as the pages together grow past the limit. */
function unpacked({ text, line }: XmlElement, budget: { left: number }): string {
  if (text.trim() === '') return '<mxGraphModel><root/></mxGraphModel>';
  const broken = (why: string): Error => unreadable(`this diagram cannot be unpacked: ${why}`, line);
  const bytes = base64Bytes(text);
  if (!bytes) throw broken('it is not Base64; save it uncompressed');
  const parts: string[] = [];
  let ended = false;
  const inflate = new Inflate((chunk, final) => {
    budget.left -= chunk.length;
    if (budget.left < 0) throw broken(`it is larger than ${LIMITS.documentBytes} bytes; split it`);
    for (let at = 0; at < chunk.length; at += 4_096)
      parts.push(String.fromCharCode(...chunk.subarray(at, at + 4_096)));
    ended = final;
  });
  try {
    // In pieces, so that a small file that becomes a huge one is noticed early.
    for (let at = 0; at < bytes.length; at += 16_384)
      inflate.push(bytes.subarray(at, at + 16_384), at + 16_384 >= bytes.length);
    if (!ended) throw broken('it ends too early');
    return decodeURIComponent(parts.join(''));
  } catch (error) {
    if (error instanceof URIError) throw broken('its text is not URI-encoded');
    if (error instanceof Error && 'code' in error && typeof error.code === 'number')
      throw broken(error.message);
    throw error;
  }
}
