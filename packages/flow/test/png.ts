import { inflateSync } from 'node:zlib';

export interface Pixels {
  width: number;
  height: number;
  /** `#rrggbb` of a pixel. */
  at(x: number, y: number): string;
}

const SIGNATURE = '89504e470d0a1a0a';
const CHANNELS: Readonly<Record<number, number>> = { 2: 3, 6: 4 };

/** Reads an 8-bit RGB or RGBA PNG without interlacing, its pixels when asked for; throws where the file is not one. */
export function readPng(bytes: Uint8Array): Pixels {
  const file = Buffer.from(bytes);
  if (file.subarray(0, 8).toString('hex') !== SIGNATURE) throw new Error('not a PNG');
  const data: Buffer[] = [];
  let [width, height, channels] = [0, 0, 0];
  let ended = false;
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    const kind = file.toString('latin1', at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + length);
    if (kind === 'IHDR') {
      [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
      channels = CHANNELS[body[9] ?? 0] ?? 0;
      if (body[8] !== 8 || channels === 0 || body[12] !== 0) throw new Error('another kind of PNG');
    }
    if (kind === 'IDAT') data.push(body);
    if (kind === 'IEND') ended = true;
    at += 12 + length;
  }
  if (!ended) throw new Error('a PNG without an end');
  let rows: Buffer | undefined;
  return {
    width,
    height,
    at: (x, y) => {
      rows ??= unfilter(inflateSync(Buffer.concat(data)), width * channels, height, channels);
      const from = (Math.round(y) * width + Math.round(x)) * channels;
      return `#${rows.subarray(from, from + 3).toString('hex')}`;
    },
  };
}

function unfilter(raw: Buffer, stride: number, height: number, channels: number): Buffer {
  if (raw.length !== (stride + 1) * height) throw new Error('a PNG with too few pixels');
  const out = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const to = y * stride + x;
      const left = x >= channels ? (out[to - channels] ?? 0) : 0;
      const above = y > 0 ? (out[to - stride] ?? 0) : 0;
      const corner = x >= channels && y > 0 ? (out[to - stride - channels] ?? 0) : 0;
      out[to] = (raw[y * (stride + 1) + 1 + x] ?? 0) + guess(filter, left, above, corner);
    }
  }
  return out;
}

function guess(filter: number | undefined, left: number, above: number, corner: number): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return (left + above) >> 1;
    case 4:
      return paeth(left, above, corner);
    default:
      throw new Error('an unknown filter');
  }
}

function paeth(left: number, above: number, corner: number): number {
  const sum = left + above - corner;
  const [a, b, c] = [Math.abs(sum - left), Math.abs(sum - above), Math.abs(sum - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}
