const bars = '▁▂▃▄▅▆▇█';

/** Returns the last values as bars, the highest for `top`; a blank for a moment without a value. */
export function sparkline(values: readonly (number | undefined)[], width: number, top: number): string {
  return values
    .slice(-Math.max(0, width))
    .map((value) => {
      if (value === undefined || Number.isNaN(value)) return ' ';
      const level = top > 0 ? Math.round((Math.min(value, top) / top) * (bars.length - 1)) : 0;
      return bars[Math.max(0, level)] ?? ' ';
    })
    .join('');
}
