import { expect, test, vi } from 'vitest';
import { watchCreditsAt } from '../../src/credits/index.ts';

/** A source of events as the browser knows it, without a server. */
class FakeEventSource extends EventTarget {
  static readonly CLOSED = 2;
  static last: FakeEventSource | undefined;
  readyState = 1;
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
    FakeEventSource.last = this;
  }
  tell(credits: object): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(credits) }));
  }
  fail(readyState: number): void {
    this.readyState = readyState;
    this.dispatchEvent(new Event('error'));
  }
  close(): void {
    this.readyState = 2;
  }
}

test('watchCreditsAt shows what the page’s own server relays, through breaks, until it is stopped', () => {
  vi.stubGlobal('EventSource', FakeEventSource);
  const watching = watchCreditsAt('/api/credits');
  const source = FakeEventSource.last;
  if (!source) throw new Error('nothing was opened');
  const statuses: string[] = [];
  watching.subscribe(() => statuses.push(watching.getSnapshot().status));
  source.tell({ available: 5 });
  source.fail(0);
  expect(watching.getSnapshot()).toMatchObject({ credits: { available: 5 }, status: 'offline' });
  source.tell({ available: 6 });
  watching.stop();
  expect(statuses).toEqual(['live', 'offline', 'live', 'closed']);
  expect([source.url, source.readyState]).toEqual(['/api/credits', 2]);
  vi.unstubAllGlobals();
});
