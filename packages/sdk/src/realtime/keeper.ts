import type { SyncClient, SyncEvent } from '@uxflow/flow/sync';
import { UXFlowError } from '../core/errors.ts';
import { canKeep } from './can-keep.ts';
import type { Keeping } from './keeping.ts';
import { type Person, personOf } from './person.ts';
import { RefusedError } from './refused.ts';
import type { RefusedEdit } from './types.ts';

export interface KeeperEvents {
  /** An own edit was answered through another page. */
  event(event: SyncEvent): void;
  changed(): void;
  /** The person has left this browser: nothing of theirs may stay open. */
  signedOut(): void;
}

/** Decides for whom a room keeps its flow on this device, if at all, and goes without where that cannot be. */
export class Keeper {
  readonly #client: SyncClient;
  readonly #api: string;
  readonly #flowId: string;
  readonly #events: KeeperEvents;
  #able: boolean;
  #person: Person | null = null;
  #keeping: Keeping | null = null;
  #opening: Promise<void> = Promise.resolve();
  #left = false;
  #refused: readonly RefusedEdit[] = [];

  /** @param wanted false to keep nothing */
  constructor(client: SyncClient, api: string, flowId: string, wanted: boolean, events: KeeperEvents) {
    this.#client = client;
    this.#api = api;
    this.#flowId = flowId;
    this.#events = events;
    this.#able = wanted && canKeep();
  }

  /** Whether edits outlive the page. */
  get kept(): boolean {
    return this.#keeping !== null;
  }

  get refusals(): readonly RefusedEdit[] {
    const listed = this.#keeping?.refusals ?? [];
    const same =
      listed.length === this.#refused.length && listed.every(({ seq }, at) => seq === this.#refused[at]?.id);
    if (!same)
      this.#refused = listed.map(({ seq, code, detail, issues, request, at }) => ({
        id: seq,
        error: new RefusedError(code, detail, issues),
        ops: request.type === 'commit' ? request.ops : [],
        at,
      }));
    return this.#refused;
  }

  dismiss(id: number): void {
    this.#keeping?.dismiss(id);
  }

  /** Whose flow this is: a room stays with one person, for what they did offline must not be sent as another's. */
  async credential(token: string): Promise<UXFlowError | null> {
    const person = personOf(token);
    await this.#opening;
    const before = this.#person ?? this.#keeping?.person;
    if (before && (before.userId !== person?.userId || before.workspaceId !== person.workspaceId))
      return new UXFlowError('auth_failed', 'The credential is somebody else’s now: open the flow anew');
    this.#person = person;
    if (person) await this.#open(person);
    return null;
  }

  /**
   * Nobody can say who this is: it is whoever was here last. Only an attempt that failed tells so: `navigator.onLine` is
   * false on a machine without a network that reaches its own backend very well, maybe as somebody else.
   */
  unreachable(): void {
    if (!this.#person) void this.#open(null);
  }

  /** To be told everything that happens to the client. */
  heard(event: SyncEvent): void {
    this.#keeping?.heard(event);
  }

  /** There may be something new: a connection, a page that is shown again. */
  check(): void {
    this.#keeping?.check();
  }

  /** To be called when the client has changed. */
  watch(): void {
    this.#keeping?.watch();
  }

  save(): void {
    this.#keeping?.save();
  }

  /** Lets go when all is written. */
  leave(): void {
    this.#left = true;
    void this.#keeping?.leave();
  }

  /** Goes on with what this device keeps, before the first connection. */
  #open(person: Person | null): Promise<void> {
    this.#opening = this.#opening.then(async () => {
      if (!this.#able) return;
      try {
        // Loaded only where something can be kept: servers and Workers do without.
        const { Keeping: keeping } = await import('./keeping.ts');
        if (this.#keeping || this.#left || this.#client.status !== 'offline') return;
        this.#keeping = await keeping.open(this.#client, this.#api, this.#flowId, person, {
          event: this.#events.event,
          changed: this.#events.changed,
          failed: () => this.#without(),
          signedOut: () => {
            this.#keeping?.close();
            this.#keeping = null;
            this.#events.signedOut();
          },
        });
        if (this.#left) this.leave();
      } catch {
        // Told by `kept`: the room works as it does where there is no storage.
        this.#able = false;
      }
      this.#events.changed();
    });
    return this.#opening;
  }

  #without(): void {
    this.#keeping = null;
    this.#able = false;
    this.#events.changed();
  }
}
