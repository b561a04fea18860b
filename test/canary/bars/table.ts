import { flagger } from '../peers/flagger.ts';
import { kayenta } from '../peers/kayenta.ts';
import { type Bar, bars } from './bars.ts';
import { policy } from './policy.ts';
import { runCell, runPeer } from './run-cell.ts';
import { doubtsOf } from './share-cell.ts';

/**
 * Prints all bars as a Markdown table, beside Flagger's documented settings and Kayenta's judge on the same streams:
 * `npm run canary:bars [RUNS] [FAMILY] [WORDS]`, only rows with these words. The judge was tuned on family `tune`; `hold-out` judges it.
 */
const runs = Number(process.argv[2] ?? 1000);
const family = process.argv[3] ?? 'hold-out';
const wanted = process.argv[4] ?? '';

const kayentaRuns = Math.min(runs, 300);

function shown(value: number, unit: string): string {
  return Number.isFinite(value) ? `${String(Math.round(value * 10) / 10)} ${unit}` : 'never';
}

function isMet(
  { most = Number.POSITIVE_INFINITY, least = Number.NEGATIVE_INFINITY }: Bar,
  value: number,
): boolean {
  return value <= most && value >= least;
}

function row(bar: Bar): string {
  const { name, scenario, measure, most, least } = bar;
  const ownRuns = name.includes('10x with bursts') ? 3 * runs : runs;
  const ours = measure.of(runCell(scenario, bar.policy ?? policy, family + name, ownRuns));
  const others = [
    measure.of(runPeer(scenario, flagger, family + name, runs)),
    measure.of(runPeer(scenario, kayenta, family + name, kayentaRuns)),
  ];
  const limit = most === undefined ? `≥ ${String(least)}` : `≤ ${String(most)}`;
  const verdict = bar.isOnlyNamed ? 'named' : isMet(bar, ours) ? 'met' : '**missed**';
  return `| ${name} | ${limit} ${measure.unit} | ${shown(ours, measure.unit)} | ${verdict} | ${others.map((value) => shown(value, measure.unit)).join(' | ')} |`;
}

function shareRows(): string[] {
  const doubts = (
    name: string,
    scenario: Parameters<typeof doubtsOf>[0],
    affinity: 'none' | 'session' = 'none',
  ) => doubtsOf(scenario, { ...policy, affinity }, family + name, runs);
  const wrong = doubts('wrong', { rps: 2, interval: 5, length: 1800, shareError: 2.25 })
    .map((requests = Number.POSITIVE_INFINITY) => requests)
    .sort((a, b) => a - b);
  const part = (all: readonly unknown[], some: number) => (100 * some) / all.length;
  const within = part(wrong, wrong.filter((requests) => requests <= 300).length);
  const right = [20, 100].flatMap((rps) => doubts(`right ${String(rps)}`, { rps }));
  const sessions = [20, 100].flatMap((rps) =>
    doubts(`sessions ${String(rps)}`, { rps, users: 200 }, 'session'),
  );
  const doubted = (all: readonly (number | undefined)[]) =>
    part(all, all.filter((one) => one !== undefined).length);
  const line = (name: string, limit: string, value: number, unit: string, met: boolean) =>
    `| ${name} | ${limit} ${unit} | ${shown(value, unit)} | ${met ? 'met' : '**missed**'} | – | – |`;
  const middle = wrong[wrong.length >> 1] ?? Number.POSITIVE_INFINITY;
  return [
    line('twice the share is doubted after (median)', '≤ 150', middle, 'requests', middle <= 150),
    line('twice the share is doubted within 300 requests', '≥ 85', within, '%', within >= 85),
    line('a right share is doubted', '≤ 1', doubted(right), '%', doubted(right) <= 1),
    line('session affinity of 200 users is doubted', '≤ 10', doubted(sessions), '%', doubted(sessions) <= 10),
  ];
}

console.log(`${String(runs)} runs a cell, seeds of family ${family}\n`);
console.log('| what | bar | mesh | | Flagger | Kayenta |\n|---|---|---|---|---|---|');
for (const bar of bars) if (bar.name.includes(wanted)) console.log(row(bar));
if (wanted === '' || wanted === 'share') for (const line of shareRows()) console.log(line);
