/** Returns milliseconds as an object writes a duration: `1.5s`, in whole milliseconds and at least one. */
export function duration(milliseconds: number): string {
  return `${String(Math.max(Math.round(milliseconds), 1) / 1000)}s`;
}
