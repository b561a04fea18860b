/** Returns the first lines of a list, and the number of lines that are left out. */
export function cut(lines: readonly string[], most: number): readonly string[] {
  return lines.length <= most
    ? lines
    : [...lines.slice(0, most), `    … and ${lines.length - most} more (--verbose shows all)`];
}
