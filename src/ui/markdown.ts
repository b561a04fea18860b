import { escapeControl } from '../core/lib/escape-control.ts';

/** Escapes a text for Markdown, so that it can't format, make a link, break a table or mention a user. */
export function markdownText(text: string): string {
  return (
    escapeControl(text)
      // `$` begins mathematics on GitHub and a snippet on GitLab, where `%` is a milestone.
      .replace(/[\\`*_~[\]|#!$%]/g, '\\$&')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('@', '@<!-- -->')
      .replaceAll('://', ':<!-- -->//')
      .replace(/www(?=\.)/gi, '$&<!-- -->')
  );
}

/** Returns code on one line, also for tables. */
export function markdownCode(text: string): string {
  return `<code>${escapeControl(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_~[\]|#!@$%]/g, (character) => `&#${String(character.charCodeAt(0))};`)}</code>`;
}

/** Returns a row of a table; its cells are Markdown already. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Returns a table of rows that `markdownRow` made. */
export function markdownTable(head: readonly string[], rows: readonly string[]): string {
  return `${[markdownRow(head), markdownRow(head.map(() => '---')), ...rows].join('\n')}\n`;
}

/** Returns lines of text or of `language` in a block that no run of backticks in them can end. */
export function markdownBlock(text: string, language = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.split('\n').map(escapeControl).join('\n')}\n${fence}\n`;
}

/** Returns a folded part; the summary is Markdown already. */
export function markdownDetails(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n</details>\n`;
}

/** The most characters of one page: a comment of GitHub takes 65,536, a step summary 1 MiB for all steps. */
export const markdownLimit = 60_000;

/** Returns the first parts with at most `most` characters together, and the number of the other parts. */
export function partsWithin(
  parts: readonly string[],
  most: number,
): { readonly kept: readonly string[]; readonly left: number } {
  let size = 0;
  const end = parts.findIndex((part) => (size += part.length + 1) > most);
  return end < 0 ? { kept: parts, left: 0 } : { kept: parts.slice(0, end), left: parts.length - end };
}
