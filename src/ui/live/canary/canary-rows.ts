import type { CanaryEvent, Likelihood } from '../../../core/canary/progress/canary-event.ts';
import { escapeControl } from '../../../core/lib/escape-control.ts';
import type { Event } from '../../../core/run/event.ts';
import {
  blameText,
  canaryEventWords,
  stateWord,
  verdictWord,
  weightsText,
} from '../../canary/canary-event-text.ts';
import { share } from '../../canary/share.ts';
import { span } from '../../canary/span.ts';
import { eventText } from '../../event-text.ts';
import type { Palette } from '../../palette.ts';
import { wrap } from '../../wrap.ts';
import type { View } from '../view.ts';
import type { CanaryProgress, Rates } from './canary-progress.ts';
import { sparkline } from './sparkline.ts';

/** Returns the rows of the live view of a rollout, fewer than the screen has; a row may be wider than the screen. */
export function canaryRows(progress: CanaryProgress, stopping: boolean, view: View): readonly string[] {
  const { palette, rows } = view;
  const head = [headRow(progress, view), weightRow(progress, view), '', ...armRows(progress, view), ''];
  const below = [
    ...evidenceRows(progress, view),
    ...(stopping ? [`${palette.warning('!')} stopping after the present write`] : []),
  ];
  const room = Math.max(0, Math.min(mostEvents, rows - 2 - head.length - below.length));
  const log = progress.log.slice(Math.max(0, progress.log.length - room));
  const events = log.map(({ at, event }) => palette.faint(`  ${clockTime(at)} `) + logText(event, palette));
  return [...head, ...below, ...(events.length > 0 ? ['', ...events] : [])].slice(0, Math.max(1, rows - 1));
}

const mostEvents = 6;
const widestBar = 40;
const widestSpark = 100;

/** Columns before a sparkline. */
const labels = 34;

function headRow({ rollout, observation }: CanaryProgress, { palette }: View): string {
  if (rollout === undefined) return 'canary  starting';
  const { attempt, step, steps, state } = rollout;
  const place = step === 0 ? '' : `  step ${String(step)} of ${String(steps)}`;
  const tries = attempt > 1 ? `  attempt ${String(attempt)}` : '';
  const seconds = observation === undefined ? '' : palette.faint(`  ${span(observation.t)}`);
  return `canary ${palette.strong(escapeControl(rollout.rollout))}${place}  ${stateWord(state, palette)}${tries}${seconds}`;
}

function weightRow({ rollout }: CanaryProgress, { columns, palette }: View): string {
  if (rollout === undefined) return '';
  const highest = Math.max(0, ...Object.values(rollout.weights));
  const width = Math.max(10, Math.min(widestBar, columns - labels - 12));
  return `  weight of the candidate  ${bar(highest / 100, width, palette)} ${weightsText(rollout)}`;
}

/** Two rows of requests and two of errors; errors of both arms have one scale, requests each their own. */
function armRows({ intervals, observation }: CanaryProgress, { columns, palette }: View): readonly string[] {
  const width = Math.min(widestSpark, columns - labels - 1);
  const worst = Math.max(
    0.01,
    ...intervals.flatMap((one) => [one?.baseline.bad, one?.candidate.bad].filter(isNumber)),
  );
  const arms = ['baseline', 'candidate'] as const;
  const latest = intervals.findLast((interval) => interval !== undefined);
  const requests = arms.map((arm) => {
    const values = intervals.map((interval) => interval?.[arm].perSecond);
    const top = Math.max(0, ...values.filter(isNumber));
    return row('requests', arm, `${rate(latest?.[arm])}/s`, palette.faint(sparkline(values, width, top)));
  });
  const errors = arms.map((arm) => {
    const values = intervals.map((interval) => interval?.[arm].bad);
    const total = observation?.[arm];
    const value = total === undefined || total.requests === 0 ? '–' : share(total.errors / total.requests);
    const paint = arm === 'candidate' ? palette.changed : palette.faint;
    return row('errors', arm, value, paint(sparkline(values, width, worst)));
  });
  return [...requests, ...errors];
}

function row(what: string, arm: string, value: string, spark: string): string {
  const label = arm === 'baseline' ? what : '';
  return `  ${label.padEnd(9)} ${arm.padEnd(9)} ${value.padStart(10)}  ${spark}`;
}

function evidenceRows(
  { verdict, rollout, observation }: CanaryProgress,
  { columns, now, palette }: View,
): readonly string[] {
  const until = rollout?.until === undefined ? undefined : (Date.parse(rollout.until) - now) / 1000;
  const next = [
    ...(verdict?.timeLeft === undefined ? [] : [`next step in about ${span(verdict.timeLeft)}`]),
    ...(until === undefined ? [] : [`deadline in ${span(until)}`]),
  ];
  const failed = observation?.failed;
  return [
    ...(verdict === undefined
      ? []
      : [
          `  worse?    ${gauge(verdict.fast, verdict.hold, columns, palette)}`,
          ...verdictRows(verdict, columns, palette),
        ]),
    ...(next.length > 0 ? [`  time      ${next.join(', ')}`] : []),
    ...(failed === undefined ? [] : [`  ${palette.warning('!')} ${escapeControl(failed)}`]),
  ];
}

/** Columns before the text of a verdict. */
const indent = 12;

/** The verdict and its reason on as many rows as they take: the numbers stand at the end of the reason. */
function verdictRows(
  verdict: CanaryEvent & { readonly type: 'verdict' },
  columns: number,
  palette: Palette,
): readonly string[] {
  const word = verdict.verdict;
  const text = `${word}: ${escapeControl(verdict.message)}${blameText(verdict)}`;
  const [first = '', ...others] = wrap(text, Math.max(20, columns - indent)).split('\n');
  return [
    `  verdict   ${verdictWord(verdict, palette)}${first.slice(word.length)}`,
    ...others.map((row) => `${' '.repeat(indent)}${row}`),
  ];
}

/** The evidence on the way to its bound: `[████░░░░] 41 % of the evidence that fails it, 62 % of that which holds it`. */
function gauge(fast: Likelihood, hold: Likelihood, columns: number, palette: Palette): string {
  const part = ({ logE, bound }: Likelihood): number => Math.max(0, Math.min(1, logE / bound));
  const width = Math.max(10, Math.min(widestBar, columns - labels - 30));
  const paint = part(fast) >= 1 ? palette.error : part(hold) >= 1 ? palette.warning : (text: string) => text;
  const percent = (one: Likelihood): string => `${String(Math.floor(part(one) * 100))} %`;
  return paint(`${bar(part(fast), width, palette)} ${percent(fast)} to failing, ${percent(hold)} to a hold`);
}

function bar(part: number, width: number, palette: Palette): string {
  const full = part > 0 ? Math.max(1, Math.round(part * width)) : 0;
  return `${'█'.repeat(Math.min(width, full))}${palette.faint('░'.repeat(width - Math.min(width, full)))}`;
}

function logText(event: CanaryEvent | Event, palette: Palette): string {
  if (event.type === 'rollout' || event.type === 'observation' || event.type === 'verdict')
    return canaryEventWords(event, palette);
  return eventText(event, palette) ?? '';
}

function clockTime(at: number): string {
  return new Date(at).toISOString().slice(11, 19);
}

function rate(rates: Rates | undefined): string {
  if (rates === undefined) return '–';
  return rates.perSecond >= 100 ? rates.perSecond.toFixed(0) : rates.perSecond.toFixed(1);
}

function isNumber(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value);
}
