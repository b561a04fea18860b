/** Lines of `.gitignore` for files that the tool writes and nobody should commit, above all private keys. */
const ignoredLines: readonly string[] = ['/out/', '/build/', '*.sds.json'];

/** Returns the `.gitignore` with the missing lines added; undefined if none is missing. */
export function withIgnoredLines(text: string | undefined): string | undefined {
  const present = new Set((text ?? '').split(/\r?\n/).map((line) => line.trim()));
  const missing = ignoredLines.filter((line) => !present.has(line));
  if (missing.length === 0) return undefined;
  const before = text === undefined || text === '' || text.endsWith('\n') ? (text ?? '') : `${text}\n`;
  return `${before}# what mesh writes: configuration, certificates and keys\n${missing.map((line) => `${line}\n`).join('')}`;
}
