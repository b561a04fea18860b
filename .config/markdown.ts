/** Returns a value as code on one line, escaped for tables. */
export function code(text: string): string {
  const fence = text.includes('`') ? '``' : '`';
  return `${fence}${text.replaceAll('|', '\\|')}${fence}`;
}

/** Returns prose that Markdown shows word for word; text in backticks becomes code. */
export function prose(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? code(part.slice(1, -1)) : plain(part)))
    .join('');
}

/** Returns a table, or an empty text without rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return lines.join('\n');
}

/** Returns a page: its parts with an empty line between them, and a note on its source. */
export function page(title: string, source: string, parts: readonly string[]): string {
  const notice = `<!-- Written by npm run generate from ${source}. -->`;
  return `${[`# ${title}`, notice, ...parts.filter((part) => part !== '')].join('\n\n')}\n`;
}

/** Returns an anchor for links. */
export function anchor(id: string): string {
  return `<a id="${id}"></a>`;
}

function plain(text: string): string {
  return text.replaceAll('<', '&lt;').replace(/[*_[\]|]/g, (character) => `\\${character}`);
}
