/** Returns a span of seconds in at most two units: `45 s`, `3 min 20 s`, `1 h 56 min`. */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${String(whole)} s`;
  const [unit, big, small] = whole < 3600 ? [60, 'min', 's'] : [3600, 'h', 'min'];
  const rest = Math.floor((whole % unit) / (unit / 60));
  const first = `${String(Math.floor(whole / unit))} ${big}`;
  return rest === 0 ? first : `${first} ${String(rest)} ${small}`;
}
