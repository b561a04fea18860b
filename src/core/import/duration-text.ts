const unitsInMs: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  us: 0.001,
  ns: 0.000_001,
};

/**
 * Returns a duration of Go or of JSON's protobuf form (`1m30s`, `1.5s`, `250ms`) in the form of the language: the largest
 * unit that divides it, whole milliseconds at least; undefined for another text, and for one that is negative or too long.
 */
export function durationText(text: string): string | undefined {
  if (text === '0') return '0s';
  if (!/^(?:\d+(?:\.\d+)?(?:h|ms|m|us|ns|s))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|us|ns|s)/g)];
  const ms = parts.reduce(
    (sum, [, number = '0', unit = 's']) => sum + Number(number) * (unitsInMs[unit] ?? 0),
    0,
  );
  if (ms === 0) return '0s';
  const whole = Math.max(1, Math.round(ms));
  const unit = (['h', 'm', 's'] as const).find((one) => whole % (unitsInMs[one] ?? 1) === 0) ?? 'ms';
  const count = whole / (unitsInMs[unit] ?? 1);
  if (count <= 99_999) return `${String(count)}${unit}`;
  const days = Math.round(whole / 86_400_000);
  return days >= 1 && days <= 36_500 ? `${String(days)}d` : undefined;
}
