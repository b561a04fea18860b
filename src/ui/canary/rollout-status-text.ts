import type { Verdict } from '../../core/canary/judge/verdict.ts';
import type { RolloutRecord } from '../../core/canary/record/rollout-record.ts';
import { escapeControl } from '../../core/lib/escape-control.ts';
import { beside } from '../beside.ts';
import type { Palette } from '../palette.ts';
import { rolloutStandings } from '../rollout-lines.ts';
import { span } from './span.ts';

/** The record of a rollout with its runner, targets and prospects. */
export interface RolloutStatus {
  readonly record: RolloutRecord;
  /** True if a runner has shown a sign of life in the last minute. */
  readonly isAlive: boolean;
  /** Targets with the record, the leading one first. */
  readonly targets: readonly string[];
  /** Shares of the steps, in per cent; empty if the revision in force has no such Rollout. */
  readonly steps: readonly number[];
  /** The verdict on the evidence so far; absent unless the attempt runs. */
  readonly verdict?: Pick<Verdict, 'verdict'> & Verdict['reason'];
  /** Seconds until the next step may begin, as far as is known. */
  readonly timeLeft?: number;
}

/** Returns the state of rollouts for people. */
export function rolloutStatusText(
  rollouts: readonly RolloutStatus[],
  colours: Palette,
  columns = 80,
): string {
  if (rollouts.length === 0) return 'No rollout has begun.\n';
  return rollouts.map((one) => statusText(one, colours, columns)).join('\n');
}

function statusText(
  { record, isAlive, targets, steps, verdict, timeLeft }: RolloutStatus,
  { strong, warning }: Palette,
  columns: number,
): string {
  const [standing = ''] = rolloutStandings([record]);
  const { rollout, attempt, step, state, runner, wishes } = record;
  const at = (index: number, weight: number): string =>
    index === step ? `[${String(weight)}%]` : `${String(weight)}%`;
  const needsRunner = state === 'running' || state === 'rolling-back' || state === 'paused';
  const dead =
    runner === undefined
      ? 'nobody: mesh canary run goes on'
      : `${runner.holder}, without a sign of life for a minute`;
  const rows: readonly (readonly [string, string])[] = [
    ['state', standing.slice(rollout.length + 2)],
    ['attempt', String(attempt)],
    ['steps', steps.length === 0 ? 'unknown' : steps.map((weight, i) => at(i, weight)).join(' → ')],
    ['targets', targets.join(', ')],
    ...(needsRunner
      ? [['runner', isAlive ? (runner?.holder ?? '') : warning(escapeControl(dead))] as const]
      : []),
    ...(verdict === undefined ? [] : [['verdict', `${verdict.verdict}: ${verdict.message}`] as const]),
    ...(timeLeft === undefined ? [] : [['next step', `in about ${span(timeLeft)}`] as const]),
    ...wishes.map(
      (command) =>
        [
          'command',
          `${command.action}${command.full === true ? ' --full' : ''} by ${command.by}, ${command.at}`,
        ] as const,
    ),
  ];
  const lines = rows.map(([title, text]) => {
    if (title === 'runner') return `  ${title.padEnd(10)}${text}\n`;
    const shown = `  ${title}`;
    return `${beside(shown, shown.length, escapeControl(text), { indent: 12, columns })}\n`;
  });
  return `${strong(escapeControl(`Rollout ${rollout}`))}\n${lines.join('')}`;
}
