import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { markup } from '../markup.ts';
import type { ImportResult } from './import-result.ts';
import { placeOf, reportRows } from './report-rows.ts';

const style =
  'body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top}.error{color:#b00020}.warning{color:#8a5a00}.info{color:#345}';

/** Returns the report of an import as one page that loads nothing and runs no script. */
export function importHtml(result: ImportResult): string {
  const { headline, sums, findings, written, files } = reportRows(result);
  const counts = sums.map(([name, count]) => `<tr><td>${name}</td><td>${String(count)}</td></tr>\n`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${markup(headline)}</title>
<style>${style}</style>
</head>
<body>
<h1>${markup(headline)}</h1>
<table>
<tr><th>fields</th><th>number</th></tr>
${counts.join('')}</table>
${section('Native configuration', findings)}${section('Written mesh', written)}<h2>Written files</h2>
<ul>
${files.map((file) => `<li><code>${markup(file)}</code></li>\n`).join('')}</ul>
</body>
</html>
`;
}

function section(title: string, findings: readonly Diagnostic[]): string {
  if (findings.length === 0) return '';
  const rows = findings.map(
    (one) =>
      `<tr class="${one.severity}"><td>${one.severity}</td><td>${one.code}</td><td><code>${markup(placeOf(one))}</code></td><td>${markup(one.message)}</td></tr>\n`,
  );
  return `<h2>${title}</h2>
<table>
<tr><th>severity</th><th>code</th><th>place</th><th>finding</th></tr>
${rows.join('')}</table>
`;
}
