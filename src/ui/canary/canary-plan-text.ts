import type { StepForecast } from '../../core/canary/forecast/forecast-rollout.ts';
import type { RolloutPlan, ServicePlan, TargetPlan } from '../../core/canary/plan/rollout-plan.ts';
import { escapeControl } from '../../core/lib/escape-control.ts';
import type { Palette } from '../palette.ts';
import { quantity } from '../quantity.ts';
import { share } from './share.ts';
import { span } from './span.ts';

/** Returns the output of `canary plan` for people. */
export function canaryPlanText(plans: readonly RolloutPlan[], palette: Palette): string {
  return `${plans.flatMap((plan) => rolloutRows(plan, palette)).join('\n')}\n`;
}

function rolloutRows(
  { rollout, from, to, strategy, targets }: RolloutPlan,
  palette: Palette,
): readonly string[] {
  const head = `Rollout ${palette.strong(escapeControl(rollout))}: ${escapeControl(from)} to ${escapeControl(to)} (${strategy})`;
  return [head, ...targets.flatMap((target) => targetRows(target, palette))];
}

function targetRows({ target, steps, problems, services }: TargetPlan, palette: Palette): readonly string[] {
  const largest = Math.max(0, ...steps.map(({ changed }) => changed));
  const objects = steps.at(-1)?.objects ?? 0;
  const moves = `${quantity(steps.length, 'step')} compiled; a step changes at most ${String(largest)} of ${quantity(objects, 'object')}`;
  const proved = problems.length === 0 ? ', weights and nothing else' : '';
  return [
    `  target ${palette.strong(escapeControl(target))}: ${moves}${proved}`,
    ...problems.map((problem) => `    ${palette.error('✗')} ${escapeControl(problem)}`),
    ...services.flatMap((service) => serviceRows(service, palette)),
  ];
}

function serviceRows(plan: ServicePlan, palette: Palette): readonly string[] {
  const { service, source, rate, isRateGiven, bad, isBadMeasured, blind, notes, forecast } = plan;
  const known =
    rate === undefined ? 'rate unknown' : `${rateWords(rate)} requests/s${isRateGiven ? ' (given)' : ' now'}`;
  const errors = `${share(bad)} bad${isBadMeasured ? '' : ' (assumed)'}`;
  return [
    `    ${palette.strong(escapeControl(service))}: ${known}, ${errors}, by ${escapeControl(source)}`,
    ...blind.map((why) => `      ${palette.warning('!')} the judge would be blind: ${escapeControl(why)}`),
    ...(forecast === undefined ? [] : forecastRows(forecast.steps, forecast.promoted, palette)),
    ...notes.map((note) => palette.faint(`      ${escapeControl(note)}`)),
  ];
}

const widths = [8, 16, 14, 14, 14, 14];

function forecastRows(
  steps: readonly StepForecast[],
  promoted: number | undefined,
  palette: Palette,
): readonly string[] {
  const finds = steps[0]?.finds.map(({ factor }) => `${String(factor)}x found in`) ?? [];
  const head = row(['weight', 'healthy: takes', ...finds]);
  const rows = steps.map(({ weight, takes, finds: times }) =>
    row([
      `${String(weight)} %`,
      takes === undefined ? 'no end' : span(takes),
      ...times.map(({ seconds }) => (seconds === undefined ? 'never' : span(seconds))),
    ]),
  );
  const end =
    promoted === undefined
      ? `      ${palette.warning('!')} a healthy candidate is not promoted before the deadline: there is too little traffic at these weights`
      : `      a healthy candidate is promoted after ${span(promoted)}`;
  return [palette.faint(head), ...rows, end];
}

function row(cells: readonly string[]): string {
  return `      ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('')}`.trimEnd();
}

function rateWords(rate: number): string {
  return rate >= 10 ? rate.toFixed(0) : String(Number(rate.toPrecision(2)));
}
