/** Returns a share (0..1) in per cent, with more digits for small shares: `0.21 %`, `2.4 %`, `25 %`. */
export function share(part: number): string {
  if (!Number.isFinite(part)) return '–';
  const percent = part * 100;
  const digits = percent === 0 || percent >= 10 ? 0 : percent >= 1 ? 1 : 2;
  return `${percent.toFixed(digits)} %`;
}
