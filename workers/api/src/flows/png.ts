import wasm from '@resvg/resvg-wasm/index_bg.wasm';
import type { FlowDocument } from '@uxflow/flow';
import regular from '@uxflow/flow/fonts/inter-regular.ttf';
import semibold from '@uxflow/flow/fonts/inter-semibold.ttf';
import { pngRenderer, type PngRenderer } from '@uxflow/flow/formats/png';

let renderer: Promise<PngRenderer> | undefined;

/** The flow as a PNG, by a renderer that is made once an isolate. @throws FlowError `limit_exceeded` */
export async function renderPng(document: FlowDocument): Promise<Uint8Array<ArrayBuffer>> {
  renderer ??= pngRenderer({ wasm, fonts: [new Uint8Array(regular), new Uint8Array(semibold)] });
  const { bytes } = (await renderer).render(document);
  return new Uint8Array(bytes);
}
