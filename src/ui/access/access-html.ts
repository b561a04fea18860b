import type { AccessRow } from '../../core/reach/access-row.ts';
import { markup as text } from '../markup.ts';
import { conditionWords, describedWords } from './access-words.ts';

/** Yields the list as one HTML page without scripts and without anything from elsewhere. */
export function* accessHtml(rows: Iterable<AccessRow>, title: string): Generator<string> {
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(title)}</title>
<style>
body { font: 15px/1.4 system-ui, sans-serif; margin: 2rem; color-scheme: light dark; }
table { border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem; border-bottom: 1px solid #8886; }
th { position: sticky; top: 0; background: Canvas; }
.rules { font-family: ui-monospace, monospace; font-size: .85em; }
</style>
</head>
<body>
<h1>${text(title)}</h1>
<table>
<thead><tr><th>From</th><th>To</th><th>Methods</th><th>Paths</th><th>Conditions</th><th>Rules</th></tr></thead>
<tbody>
`;
  for (const row of rows) yield tableRow(row);
  yield '</tbody>\n</table>\n</body>\n</html>\n';
}

function tableRow(row: AccessRow): string {
  const { from, to, ports, methods, paths, rules, unproved } = row;
  const conditions = unproved === undefined ? conditionWords(row) : `not listed: ${unproved}`;
  const cells = [
    from.join(', '),
    `${to}:${ports.join(', ')}`,
    describedWords(methods),
    describedWords(paths),
    conditions,
  ];
  const plain = cells.map((cell) => `<td>${text(cell)}</td>`).join('');
  return `<tr>${plain}<td class="rules">${rules.map(text).join('<br>')}</td></tr>\n`;
}
