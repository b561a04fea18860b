/** The first lines of a list that may be long, and how many are left out. */
export function cut(lines: readonly string[], most: number): readonly string[] {
  return lines.length <= most
    ? lines
    : [...lines.slice(0, most), `    … and ${lines.length - most} more (--verbose shows all)`];
}
