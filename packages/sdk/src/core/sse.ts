/** One server-sent event: its `data` lines joined, and the last `id` seen so far. */
export interface ServerSentEvent {
  id: string | undefined;
  data: string;
}

/**
 * Reads a `text/event-stream` body. Events arrive whole however the bytes are cut; a last event without its closing
 * blank line is dropped, as the standard asks, because it may be half an event. Ends when `signal`
 * aborts; the body is cancelled then, and whenever the reader leaves early.
 * @param awaitBytes called before each wait for bytes, so that silence can be timed, keep-alive comments counting as life
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  awaitBytes: () => void,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  const reader = body.getReader();
  // Cancelling settles a pending read, which waits for bytes for as long as the server keeps silent.
  const cancel = (): void => {
    // A body that has already failed refuses to be cancelled; its error reaches the caller through read().
    reader.cancel().catch(() => undefined);
  };
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const decoder = new TextDecoder();
  let buffer = '';
  let id: string | undefined;
  let data: string[] = [];
  try {
    for (;;) {
      awaitBytes();
      const { done, value } = await reader.read();
      if (done) return;
      buffer += decoder.decode(value, { stream: true });
      // A lone CR at the end may be half of a CRLF: leave it for the next chunk.
      const lines = buffer.split(/\r\n|\n|\r(?!$)/);
      buffer = lines.pop() ?? '';
      for (const line of lines) {
        if (line === '') {
          if (data.length > 0) yield { id, data: data.join('\n') };
          data = [];
          continue;
        }
        const colon = line.indexOf(':');
        const field = colon < 0 ? line : line.slice(0, colon);
        const text = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
        if (field === 'data') data.push(text);
        else if (field === 'id') id = text;
      }
    }
  } finally {
    signal.removeEventListener('abort', cancel);
    cancel();
  }
}
