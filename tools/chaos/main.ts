/**
 * `npm run chaos`: kills the running product again and again under load and looks for lost or doubled effects.
 * Options: `--kills N` (default 20), `--seed N`. Exit 1 on any loss, or when the negative control is not caught.
 */
import { parseArgs } from 'node:util';
import { controlTarget } from './control-target.ts';
import { crashRun, type CrashReport, seeded } from './harness.ts';
import { productTarget } from './product-target.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '20' }, seed: { type: 'string' } },
});
const kills = Number(values.kills);
if (!Number.isInteger(kills) || kills < 1) {
  process.stderr.write(`--kills takes a whole number from 1, not "${values.kills}"\n`);
  process.exit(2);
}
const seed = values.seed === undefined ? Math.floor(Math.random() * 1e9) : Number(values.seed);
const say = (line: string) => process.stdout.write(`${line}\n`);
const progress = (line: string) => process.stderr.write(`${line}\n`);
const tell = (report: CrashReport) =>
  say(
    `${report.target}: ${report.kills} kills, ${report.acknowledged} acknowledged, ${report.interrupted} interrupted and sent again, ${report.lost.length} lost, ${report.doubled.length} doubled`,
  );

say(`seed ${seed}`);
const failures: string[] = [];

const product = await productTarget();
try {
  const report = await crashRun(product, kills, seeded(seed), progress);
  tell(report);
  if (report.lost.length > 0) failures.push(`lost: ${report.lost.slice(0, 10).join(', ')}`);
  if (report.doubled.length > 0) failures.push(`doubled: ${report.doubled.slice(0, 10).join(', ')}`);
  const money = await product.money();
  say(
    `agent runs: ${money.runs} (${Object.entries(money.byStatus)
      .map(([status, count]) => `${count} ${status}`)
      .join(', ')}), ${money.faults.length} faults`,
  );
  failures.push(...money.faults);
} finally {
  await product.stop();
}

const control = await controlTarget();
try {
  const report = await crashRun(control, Math.min(kills, 5), seeded(seed), progress);
  tell(report);
  if (report.lost.length === 0)
    failures.push('the negative control was not caught: this harness sees no loss');
} finally {
  await control.stop();
}

for (const failure of failures) say(`FAULT ${failure}`);
say(failures.length === 0 ? 'chaos passed' : `chaos failed: ${failures.length}`);
process.exit(failures.length === 0 ? 0 : 1);
