/**
 * `npm run schedules [-- --runs N --seed S]`: plays histories of one customer's money under random schedules of webhooks
 * and compares each end with that of one delivery in order. Exit 1 when any differs; the seed replays it.
 */
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { play, type State } from './play.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string' }, seed: { type: 'string' }, per: { type: 'string' } },
});
const runs = Number(values.runs ?? 10_000);
const seed = Number(values.seed ?? 1);
/** Schedules of the same history. */
const per = Number(values.per ?? 5);

// What the product logs of each event is not what this run is about.
for (const level of ['info', 'warn', 'error'] as const) console[level] = () => undefined;

// The Stripe client keeps the stack of each request, which costs more than the request.
Error.stackTraceLimit = 0;

const began = Date.now();
const totals = { events: 0, deliveries: 0, killed: 0, busy: 0 };
let different = 0;
for (let run = 0; run < runs;) {
  const history = seed + Math.floor(run / per);
  const wanted = await play(history, 'in order');
  for (let schedule = 0; schedule < per && run < runs; schedule++, run++) {
    const played = await play(history, history * 1_000 + schedule);
    for (const key of ['events', 'deliveries', 'killed', 'busy'] as const) totals[key] += played.counted[key];
    if (isDeepStrictEqual(played.state, wanted.state)) continue;
    different += 1;
    process.stdout.write(
      `history ${history}, schedule ${schedule} ends otherwise (replay: --seed ${history} --runs ${schedule + 1})\n${JSON.stringify(wanted.steps)}\n`,
    );
    for (const key of Object.keys(wanted.state) as (keyof State)[]) {
      if (isDeepStrictEqual(played.state[key], wanted.state[key])) continue;
      process.stdout.write(
        `  ${key}\n    in order ${JSON.stringify(wanted.state[key])}\n    schedule ${JSON.stringify(played.state[key])}\n`,
      );
    }
  }
}
const { events, deliveries, killed, busy } = totals;
process.stdout.write(
  `${runs} schedules (seeds from ${seed}): ${events} events in ${deliveries} deliveries, ${killed} killed, ${busy} turned away, ` +
    `${different} ended otherwise; ${((Date.now() - began) / 1_000).toFixed(0)} s\n`,
);
process.exit(different === 0 ? 0 : 1);
