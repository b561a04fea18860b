import { escapeControl } from '../core/lib/escape-control.ts';
import type { Location } from '../core/location.ts';

/** Returns a workflow command of GitHub Actions that shows text beside lines; `file` starts at the top of the repository. */
export function githubAnnotation(
  kind: 'error' | 'warning' | 'notice',
  { file, range: { start, end } }: Location,
  title: string,
  says: readonly string[],
): string {
  const place = {
    file,
    line: start.line,
    endLine: end.line,
    // GitHub shows columns only for a place on one line; its last column is inclusive.
    ...(end.line === start.line && { col: start.column, endColumn: Math.max(start.column, end.column - 1) }),
    title,
  };
  const properties = Object.entries(place).map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${kind} ${properties.join(',')}::${data(says.map(escapeControl).join('\n'))}`;
}

/** Returns a workflow command of GitHub Actions that shows a text without a place. */
export function githubNotice(title: string, says: string): string {
  return `::notice title=${property(title)}::${data(says)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(escapeControl(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
