/**
 * Returns the milliseconds of a duration such as `1m30s`, `250ms` or `1.5s` (language.md; GEP-2257 with `d` and
 * fractions); NaN for any other text.
 */
export function parseDuration(text: string): number {
  if (!/^(?:\d+(?:\.\d+)?(?:d|h|ms|m|s))+$/.test(text)) return Number.NaN;
  let sum = 0;
  for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d+)?)(d|h|ms|m|s)/g)) {
    sum += scaled(number ?? '', milliseconds[unit ?? ''] ?? Number.NaN);
  }
  return sum;
}

const milliseconds: Readonly<Record<string, number>> = {
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
};

/** Multiplies without errors of binary fractions: 1.1s is 1100 and not 1100.0000000000002. */
function scaled(number: string, factor: number): number {
  const [whole = '', fraction = ''] = number.split('.');
  return (Number(whole + fraction) * factor) / 10 ** fraction.length;
}
