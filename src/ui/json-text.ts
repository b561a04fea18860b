/** Returns a value as JSON, indented or on one line; `printable` escapes characters that must not reach a terminal. */
export function jsonText(value: unknown, layout: 'indented' | 'line' = 'indented'): string {
  return `${JSON.stringify(value, undefined, layout === 'indented' ? 2 : undefined)}\n`;
}
