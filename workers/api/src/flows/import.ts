import { FlowError, type FlowDocument } from '@uxflow/flow';
import { fromBpmn } from '@uxflow/flow/formats/bpmn';
import { fromDrawio } from '@uxflow/flow/formats/drawio';
import { fromExcalidraw } from '@uxflow/flow/formats/excalidraw';
import { fromMermaid } from '@uxflow/flow/formats/mermaid';
import { parseDocument } from '@uxflow/flow/schema';
import { ApiError, faultIn } from '../platform/errors.ts';
import type { IMPORT_FORMATS } from './schemas.ts';

type ImportFormat = (typeof IMPORT_FORMATS)[number];

interface ReadFlow {
  document: FlowDocument;
  warnings: readonly { line?: number; message: string }[];
}

const READERS: Readonly<Record<ImportFormat, (source: string) => ReadFlow>> = {
  json: (source) => ({ document: parseDocument(JSON.parse(source)), warnings: [] }),
  mermaid: fromMermaid,
  bpmn: fromBpmn,
  drawio: fromDrawio,
  excalidraw: fromExcalidraw,
};

/**
 * The flow in the text of a file, and what could not be taken over.
 * @throws ApiError that names `source`, and the line in it, when it cannot be read.
 */
export function importDocument(
  format: ImportFormat,
  source: string,
): { document: FlowDocument; warnings: string[] } {
  try {
    const { document, warnings } = READERS[format](source);
    return {
      document,
      warnings: warnings.map(({ line, message }) =>
        line === undefined ? message : `line ${line}: ${message}`,
      ),
    };
  } catch (cause) {
    if (cause instanceof FlowError) throw faultIn('source', cause);
    if (!(cause instanceof SyntaxError)) throw cause;
    const message = `is not valid JSON (${cause.message})`;
    throw new ApiError('invalid_request', `source ${message}.`, {
      param: 'source',
      issues: [{ path: 'source', message }],
      cause,
    });
  }
}
