import type { Book } from './job.ts';

/** What the systems say of a hold that is there, or has been charged, already; a client that got no answer asks again. */
const THERE_ALREADY = /duplicate key|UNIQUE constraint|a hold is not open|has ended already/;

/** Holds and settles once, however often it is asked to: an answer that got lost is no reason to charge again. */
export async function pairOnce(book: Book, id: string, workspace: string): Promise<void> {
  for (const step of [book.hold, book.settle]) {
    try {
      await step([id], workspace);
    } catch (error) {
      if (!(error instanceof Error) || !THERE_ALREADY.test(error.message)) throw error;
    }
  }
}
