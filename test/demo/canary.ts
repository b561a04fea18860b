import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isEvidence, type RolloutJournalLine } from '../../src/core/canary/run/journal-line.ts';
import { openedLine } from '../../src/core/history/sealed-line.ts';
import { ask, Visitors } from './ask.ts';
import { perform } from './perform.ts';
import { startProxies } from './proxies.ts';
import type { Show } from './show.ts';
import type { Following, Stage } from './stage.ts';

const rollout = 'shop/reviews-v2';
const perSecond = 100;
/** The share of bad answers of v1, and of v2 once it is mended; a broken v2 has 25 times as many. */
const usual = 0.002;
const isFull = process.argv.includes('--full');

/**
 * Rolls a version out twice, with counters of real Envoys under load: a bad one, which is rolled back, and a healthy one,
 * which climbs to the gate before its last step, or with `--full` is promoted.
 */
async function demo(show: Show, envoy: string | undefined): Promise<void> {
  const { stage } = show;
  const ports = await stage.prepare('canary');
  stage.edit('services.yaml', (text) => text.replace('calls: [reviews, payments]', 'calls: [reviews]'));
  show.heading('A Rollout stands in the spec, beside a route that names v1 alone');
  show.quote(readFileSync(path.join(stage.root, 'rollout.yaml'), 'utf8').trimEnd());
  await stage.mesh('certs', 'init');
  await stage.git('add', '.');
  await stage.git('commit', '--quiet', '--message', 'Roll reviews v2 out');
  await show.shown('validate');
  if (envoy === undefined) {
    show.heading('The rest needs an Envoy; with 100 requests a second it would go like this');
    await show.shown('canary', 'plan', '--rate', String(perSecond));
    return;
  }
  const v2 = { bad: 25 * usual };
  const at = (written: number): number => ports[String(written)] ?? written;
  await stage.openShop([
    { service: 'payments', version: 'v1', port: at(23080) },
    { service: 'reviews', version: 'v1', port: at(24080), quality: { bad: usual } },
    { service: 'reviews', version: 'v2', port: at(25080), quality: v2 },
  ]);
  await show.shown('apply', '--yes', '--quiet');
  await startProxies(stage, envoy, path.join(stage.root, 'out'));
  await answered(at(21001));
  const visitors = new Visitors(at(21001), 'reviews.shop', perSecond);
  try {
    show.tell(`Visitors send ${String(perSecond)} requests a second; v1 fails in ${percent(usual)} of them.`);
    await sleep(20_000);
    show.heading('The plan: what this traffic can show, before anything is touched');
    await show.shown('canary', 'plan');
    await rolledBack(show, visitors, v2.bad);
    v2.bad = usual;
    await climbing(show, visitors);
  } finally {
    visitors.stop();
  }
}

/** Waits until the way to v1 answers: the first calls after a start would count as its errors. */
async function answered(proxy: number): Promise<void> {
  for (let good = 0, waited = 0; good < 10 && waited < 10_000; waited += 50) {
    const { servedBy } = await ask(proxy, 'reviews.shop', 'GET', '/reviews/7');
    good = servedBy === 'reviews v1' ? good + 1 : 0;
    await sleep(50);
  }
}

async function rolledBack(show: Show, visitors: Visitors, bad: number): Promise<void> {
  show.heading(`v2 fails in ${percent(bad)} of its requests, and is rolled out nevertheless`);
  const took = await timed(visitors, async () => {
    const { ended } = show.follow('canary', 'run', '--guard-follows');
    await expectCode(ended, 10);
  });
  show.tell(
    `(exit code 10)\n\nRolled back after ${took.seconds.toFixed(0)} s; ${String(took.failed)} of ${String(took.sent)} visitors met an error meanwhile.`,
  );
  if (took.seconds >= 180) throw new Error('the rollback took more than three minutes');
  show.heading('Each reading was stored before it was judged: the verdict can be computed again');
  writeFileSync(path.join(show.stage.root, 'friday.ndjson'), recorded(show.stage));
  await show.refused(10, 'canary', 'replay', '--rollout', rollout, '--stream', 'friday.ndjson');
}

async function climbing(show: Show, visitors: Visitors): Promise<void> {
  show.heading('v2 is mended, and tried again');
  const running = show.follow('canary', 'run', '--retry', '--guard-follows');
  if (isFull) {
    const took = await timed(visitors, () => expectCode(running.ended, 0));
    show.tell(
      `(exit code 0)\n\nPromoted after ${(took.seconds / 60).toFixed(1)} min; ${String(took.failed)} of ${String(took.sent)} visitors met an error meanwhile.`,
    );
    await show.shown('status');
    return;
  }
  await atGate(show.stage, running);
  running.stop();
  await expectCode(running.ended, 143);
  show.heading('The gate before 100 % takes ten minutes of evidence; the demo ends the runner here');
  show.tell('A runner that is ended goes down to maxWeightUnattended (25 %); mesh canary run would go on.\n');
  await show.shown('canary', 'status');
  await show.brief('canary', 'abort');
}

/** Waits until the rollout stands before its last step, and has been there for some readings. */
async function atGate(stage: Stage, { ended }: Following): Promise<void> {
  const run = { isOver: false };
  void ended.then(() => {
    run.isOver = true;
  });
  for (let waited = 0; waited < 300 && !run.isOver; waited += 5) {
    await sleep(5000);
    const { out } = await stage.mesh('canary', 'status', '--format', 'json');
    const { rollouts } = JSON.parse(out) as {
      rollouts: readonly { step: number; steps: readonly number[] }[];
    };
    if (rollouts.some(({ step, steps }) => step === steps.length - 2)) {
      await sleep(15_000);
      return;
    }
  }
  throw new Error('the healthy version did not get to its last gate');
}

async function expectCode(ended: Promise<number>, expected: number): Promise<void> {
  const code = await ended;
  if (code !== expected)
    throw new Error(`the rollout ended with ${String(code)} instead of ${String(expected)}`);
}

async function timed(
  visitors: Visitors,
  action: () => Promise<void>,
): Promise<{ seconds: number; sent: number; failed: number }> {
  const [began, sent, failed] = [performance.now(), visitors.sent, visitors.failed];
  await action();
  return {
    seconds: (performance.now() - began) / 1000,
    sent: visitors.sent - sent,
    failed: visitors.failed - failed,
  };
}

/** Returns the recorded counters of the first attempt, as `mesh canary replay` reads them. */
function recorded({ root }: Stage): string {
  const journal = readFileSync(path.join(root, 'out/.mesh/evidence/shop.reviews-v2.1.ndjson'), 'utf8');
  const lines = journal.split('\n').flatMap((sealed) => {
    const body = openedLine(sealed);
    return body === undefined ? [] : [(JSON.parse(body) as { readonly line: RolloutJournalLine }).line];
  });
  return lines
    .filter((line) => isEvidence(line))
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
}

function percent(share: number): string {
  return `${String(Number((100 * share).toPrecision(3)))} %`;
}

await perform(demo);
