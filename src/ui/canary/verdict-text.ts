import type { ArmTotals } from '../../core/canary/judge/evidence.ts';
import type { Verdict } from '../../core/canary/judge/verdict.ts';
import { escapeControl } from '../../core/lib/escape-control.ts';
import type { Palette } from '../palette.ts';

/** Returns a verdict for people: the answer, the reason, and the numbers behind it. */
export function verdictText(verdict: Verdict, palette: Palette): string {
  const { at, reason, blame, evidence } = verdict;
  const colour = colours[verdict.verdict];
  return [
    `${palette[colour](verdict.verdict)} (${reason.code}) after ${timeOf(at)}: ${escapeControl(reason.message)}`,
    ...(blame === undefined ? [] : [`blame      ${blames[blame]}`]),
    `candidate  ${armText(evidence.candidate)}`,
    `baseline   ${armText(evidence.baseline)}`,
    `fast lane  likelihood ${power(evidence.fast.logE)}, fails at ${power(evidence.fast.bound)}`,
    `suspicion  likelihood ${power(evidence.hold.logE)}, holds at ${power(evidence.hold.bound)}`,
    ...evidence.parts.flatMap(({ criteria }) =>
      criteria.map(
        ({ criterion, acceptance: { worst, tail } }) =>
          `acceptance ${criterion}: so few with a chance of ${number(tail)} if ${percent(worst)} were bad, accepts at ${number(evidence.acceptance.level)}`,
      ),
    ),
    '',
  ].join('\n');
}

const colours = {
  pass: 'added',
  fail: 'error',
  hold: 'warning',
  inconclusive: 'warning',
  blind: 'warning',
  watching: 'info',
} as const satisfies Record<Verdict['verdict'], keyof Palette>;

const blames = {
  application: 'the instances of the candidate answer with errors themselves',
  mesh: 'the errors arise between callers and instances',
  dependency: 'both versions fail alike: look for something behind both',
} as const;

function armText({ requests, errors, slow, instances }: ArmTotals): string {
  const share = requests === 0 ? '' : ` (${percent(errors / requests)})`;
  const slowText = slow === undefined ? '' : `, ${String(slow)} slow`;
  return `${String(requests)} requests, ${String(errors)} bad${share}${slowText}, counted by ${String(instances)}`;
}

function timeOf(seconds: number): string {
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  return minutes === 0 ? `${String(whole)} s` : `${String(minutes)} min ${String(whole % 60)} s`;
}

function percent(share: number): string {
  return `${number(100 * share)} %`;
}

function power(log: number): string {
  return log > 300 ? `e^${String(Math.round(log))}` : number(Math.exp(log));
}

function number(value: number): string {
  return String(Number(value.toPrecision(3)));
}
