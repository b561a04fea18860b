import type { Field } from '../../../import/field.ts';

const units: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  us: 0.001,
  ns: 0.000_001,
};

/** Returns a duration of Go in the form of the language, and marks the field; undefined if it isn't there or is none. */
export function readDuration(field: Field): string | undefined {
  const text = field.text();
  if (text === undefined) return undefined;
  if (!/^(?:0|(?:\d+(?:\.\d+)?(?:h|ms|m|us|ns|s))+)$/.test(text)) {
    field.malformed('a duration such as 1m30s');
    return undefined;
  }
  const ms = [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|us|ns|s)/g)].reduce(
    (all, [, count = '0', unit = 's']) => all + Number(count) * (units[unit] ?? 0),
    0,
  );
  if (ms === 0) return '0s';
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
