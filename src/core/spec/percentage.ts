/**
 * Reads a percentage from 0 to 100, written `0.5%` or as a number; NaN for anything else, including more than four
 * decimals.
 */
export function parsePercentage(value: string | number): number {
  const text = typeof value === 'number' ? String(value) : /^(.*)%$/.exec(value)?.[1];
  if (text === undefined || !/^\d{1,3}(?:\.\d{1,4})?$/.test(text)) return Number.NaN;
  const percentage = Number(text);
  return percentage <= 100 ? percentage : Number.NaN;
}
