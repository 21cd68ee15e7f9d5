/**
 * The one alarm of a Durable Object, shared by whatever has something due: it rings at the earliest of them, and the
 * object then looks what is due. What is known of it is read once, so that asking for it is synchronous and lands in
 * the same transaction as the change that asks for it.
 */
export class Alarm {
  readonly #storage: DurableObjectStorage;
  #at: number | null = null;

  constructor(ctx: DurableObjectState) {
    this.#storage = ctx.storage;
    void ctx.blockConcurrencyWhile(async () => {
      this.#at = await ctx.storage.getAlarm();
    });
  }

  /** Rings at `at` (milliseconds since the epoch) or earlier. */
  by(at: number): void {
    if (this.#at !== null && this.#at <= at) return;
    this.#at = at;
    void this.#storage.setAlarm(at);
  }

  /** To be called first when it rings. */
  fired(): void {
    this.#at = null;
  }
}
