import type { YAMLException } from 'js-yaml';

/**
 * Returns a text of the same length without the line break before a line that YAML 1.2 wants further to the right, inside of brackets,
 * where the tools of Kubernetes ask for no indentation; undefined for any other mistake. A comment before the line stays a mistake.
 */
export function withJoinedLine(text: string, { reason, mark }: YAMLException): string | undefined {
  if (reason !== 'deficient indentation' || mark === undefined) return undefined;
  const start = text.lastIndexOf('\n', mark.position - 1);
  if (start < 0 || text.slice(start + 1, mark.position).trim() !== '') return undefined;
  const end = text.slice(0, start).trimEnd().length;
  const before = text.slice(text.lastIndexOf('\n', end - 1) + 1, end);
  // Two breaks in a row are a break of a quoted text, and no blank.
  if (before.includes('#') || text.slice(end, start + 1).split('\n').length > 2) return undefined;
  return `${text.slice(0, end)}${' '.repeat(start + 1 - end)}${text.slice(start + 1)}`;
}
