/** Returns a share (0..1) as a percentage with at most four decimals. */
export function percent(share: number): string {
  return `${String(Number((share * 100).toFixed(4)))}%`;
}

/** Returns milliseconds as a duration of the language. */
export function milliseconds(ms: number): string {
  return ms % 1000 === 0 ? `${String(ms / 1000)}s` : `${String(ms)}ms`;
}
