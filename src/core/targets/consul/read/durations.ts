import type { Field } from '../../../import/field.ts';

const units: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  us: 0.001,
  ns: 0.000_001,
};

/**
 * Returns a duration of Go in the form of the language, and marks the field. A negative one is Consul's word for none;
 * undefined for zero, which means that the field is left out, and for a text that is no duration.
 */
export function readDuration(field: Field): string | undefined {
  const text = field.text();
  if (text === undefined || text === '') return undefined;
  const ms = milliseconds(text);
  if (ms === undefined) {
    field.malformed('a duration such as 1m30s');
    return undefined;
  }
  if (ms === 0) return undefined;
  return ms < 0 ? '0s' : durationOf(ms);
}

/** Returns whole milliseconds as a duration of the language. */
function durationOf(ms: number): string {
  const whole = Math.min(Math.max(1, Math.round(ms)), 3_153_600_000_000);
  const [unit, size] = (
    [
      ['h', 3_600_000],
      ['m', 60_000],
      ['s', 1000],
    ] as const
  ).find(([, one]) => whole % one === 0) ?? ['ms', 1];
  return whole / size <= 99_999
    ? `${String(whole / size)}${unit}`
    : `${String(Math.max(1, Math.round(whole / 86_400_000)))}d`;
}

function milliseconds(text: string): number | undefined {
  const [, sign = '', rest = ''] = /^(-?)(.*)$/.exec(text) ?? [];
  if (rest === '0') return 0;
  if (!/^(?:\d+(?:\.\d+)?(?:h|ms|m|us|ns|s))+$/.test(rest)) return undefined;
  const sum = [...rest.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|us|ns|s)/g)].reduce(
    (all, [, count = '0', unit = 's']) => all + Number(count) * (units[unit] ?? 0),
    0,
  );
  return sign === '' ? sum : -sum;
}
