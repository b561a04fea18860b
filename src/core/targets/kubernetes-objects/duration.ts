/** Returns milliseconds as a duration of an object: `1.5s`, in whole milliseconds and at least one. */
export function duration(milliseconds: number): string {
  return `${String(Math.max(Math.round(milliseconds), 1) / 1000)}s`;
}
