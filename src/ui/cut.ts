/** Returns the first lines of a list and, if lines are left out, a line with their number. */
export function cut(lines: readonly string[], most: number): readonly string[] {
  return lines.length <= most
    ? lines
    : [...lines.slice(0, most), `    … and ${lines.length - most} more (--verbose shows all)`];
}
