import type { FlowDocument, Op } from '@uxflow/flow';
import type { Permission } from '@uxflow/flow/sync';
import {
  type APIErrorCode,
  type APIPromise,
  type Balance,
  type ClientCredits,
  type CommitReceipt,
  type ErrorCode,
  type Flow,
  type FlowSummary,
  type Page,
  type Room,
  type RoomSnapshot,
  type Run,
  type RunCreateParams,
  type RunEvent,
  type RunStream,
  UXFlow,
  type UXFlowError,
  type UXFlowOptions,
  isUXFlowError,
} from '@uxflow/sdk';
import { connectRoom } from '@uxflow/sdk/realtime';
import { describe, expectTypeOf, test } from 'vitest';

type Client = UXFlow;

describe('the public types', () => {
  test('flows: a list has summaries, a single one its document', () => {
    expectTypeOf<Client['flows']['get']>().returns.toEqualTypeOf<APIPromise<Flow>>();
    expectTypeOf<Flow['document']>().toEqualTypeOf<FlowDocument>();
    expectTypeOf<FlowSummary>().not.toHaveProperty('document');
    expectTypeOf<Awaited<ReturnType<Client['flows']['list']>>>().toEqualTypeOf<Page<FlowSummary>>();
    expectTypeOf<ReturnType<Client['flows']['list']>[typeof Symbol.asyncIterator]>().returns.toExtend<
      AsyncIterator<FlowSummary>
    >();
    expectTypeOf<Client['flows']['commit']>().parameter(1).toHaveProperty('ops').toEqualTypeOf<Op[]>();
    expectTypeOf<Client['flows']['delete']>().returns.resolves.toBeVoid();
  });

  test('an export is a document for json, bytes for png and text for the rest', () => {
    expectTypeOf<Client['flows']['export']>().toBeCallableWith('flw_1', { format: 'svg' });
    const exported = (client: Client) =>
      [
        client.flows.export('flw_1', { format: 'json' }),
        client.flows.export('flw_1', { format: 'mermaid' }),
        client.flows.export('flw_1', { format: 'png' }),
      ] as const;
    expectTypeOf(exported).returns.toEqualTypeOf<
      readonly [APIPromise<FlowDocument>, APIPromise<string>, APIPromise<Uint8Array>]
    >();
  });

  test('runs: what the server fills in may be left out, what is needed may not', () => {
    expectTypeOf<Client['runs']['create']>().toBeCallableWith('flw_1', { prompt: 'x' });
    expectTypeOf<{ agent: string }>().not.toExtend<RunCreateParams>();
    expectTypeOf<{ prompt: string; maxCredits: undefined }>().toExtend<RunCreateParams>();
    expectTypeOf<RunCreateParams>().not.toHaveProperty('maxTokens');
    expectTypeOf<Client['runs']['stream']>().returns.toEqualTypeOf<RunStream>();
    expectTypeOf<RunStream['finalRun']>().returns.resolves.toEqualTypeOf<Run>();
    expectTypeOf<Run['status']>().toEqualTypeOf<
      'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled'
    >();
  });

  test('events of a run narrow by their type', () => {
    expectTypeOf<Extract<RunEvent, { type: 'text-delta' }>['delta']>().toBeString();
    expectTypeOf<Extract<RunEvent, { type: 'data-cost' }>['data']['cost']>().toBeNumber();
    expectTypeOf<Extract<RunEvent, { type: 'tool-input-available' }>['input']>().toBeUnknown();
  });

  test('credits are the balance for a key and a budget for a token', () => {
    expectTypeOf<Client['credits']['get']>().returns.resolves.toEqualTypeOf<Balance | ClientCredits>();
  });

  test('error codes complete in an editor and stay open for newer servers', () => {
    expectTypeOf<'insufficient_credits' | 'token_expired' | 'not_found'>().toExtend<APIErrorCode>();
    expectTypeOf<'teapot'>().not.toExtend<APIErrorCode>();
    expectTypeOf<'teapot'>().toExtend<ErrorCode>();
    expectTypeOf<typeof isUXFlowError>().guards.toEqualTypeOf<UXFlowError>();
  });

  test('a room is a store for useSyncExternalStore', () => {
    expectTypeOf<Room['subscribe']>().toEqualTypeOf<(listener: () => void) => () => void>();
    expectTypeOf<Room['getSnapshot']>().returns.toEqualTypeOf<RoomSnapshot>();
    expectTypeOf<Room['document']>().toEqualTypeOf<FlowDocument | null>();
    expectTypeOf<Room['permission']>().toEqualTypeOf<Permission | null>();
    expectTypeOf<Room['commit']>().returns.resolves.toEqualTypeOf<CommitReceipt>();
    expectTypeOf<Client['flows']['room']>().returns.resolves.toEqualTypeOf<Room>();
    expectTypeOf(connectRoom).parameter(0).toExtend<{ http: Client['http'] }>();
  });

  test('options: tokens come as text or with their end', () => {
    expectTypeOf(UXFlow).toBeConstructibleWith({ getToken: async () => 'token' });
    expectTypeOf(UXFlow).toBeConstructibleWith({
      getToken: async () => ({ token: 't', expiresAt: '2030-01-01T00:00:00Z' }),
    });
    expectTypeOf<{ getToken: () => Promise<{ token: string }> }>().not.toExtend<UXFlowOptions>();
    expectTypeOf<UXFlowOptions>().not.toHaveProperty('dangerouslyAllowBrowser');
  });
});
