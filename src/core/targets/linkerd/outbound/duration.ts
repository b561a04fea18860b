const units = [
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const;

/** Returns milliseconds as an annotation of Linkerd writes a duration, a whole number with one unit: `90s`, `1500ms`. */
export function duration(milliseconds: number): string {
  const whole = Math.max(Math.round(milliseconds), 1);
  const [unit, length] = units.find(([, one]) => whole % one === 0) ?? ['ms', 1];
  return `${String(whole / length)}${unit}`;
}
