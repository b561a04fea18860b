/** A value as code on one line; what Markdown would read in a table is kept from it. */
export function code(text: string): string {
  const fence = text.includes('`') ? '``' : '`';
  return `${fence}${text.replaceAll('|', '\\|')}${fence}`;
}

/** Prose as Markdown shows it word for word; what stands in backticks is code there, too. */
export function prose(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? code(part.slice(1, -1)) : plain(part)))
    .join('');
}

/** A table, or nothing where it would have no rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return lines.join('\n');
}

/** A page: its parts with an empty line between them, and who wrote it. */
export function page(title: string, source: string, parts: readonly string[]): string {
  const notice = `<!-- Written by npm run generate from ${source}. -->`;
  return `${[`# ${title}`, notice, ...parts.filter((part) => part !== '')].join('\n\n')}\n`;
}

/** A place that links lead to, under a name of its own. */
export function anchor(id: string): string {
  return `<a id="${id}"></a>`;
}

function plain(text: string): string {
  return text.replaceAll('<', '&lt;').replace(/[*_[\]|]/g, (character) => `\\${character}`);
}
