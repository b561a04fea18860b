const units = [
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

/** The greatest number before a unit (GEP-2257). */
const most = 99_999;

/** Returns milliseconds as the Gateway API writes a duration (GEP-2257): `1m30s500ms`, whole milliseconds, `0s` for none. */
export function duration(milliseconds: number): string {
  let left = milliseconds === 0 ? 0 : Math.max(Math.round(milliseconds), 1);
  const parts = units.map(([unit, length]) => {
    const count = Math.min(Math.floor(left / length), most);
    left -= count * length;
    return count === 0 ? '' : `${String(count)}${unit}`;
  });
  return parts.join('') || '0s';
}
