import type { Message } from '../src/core/diagnostics/message.ts';
import { catalog } from '../src/core/message-catalog.ts';
import { type FindingExample, findingExamples } from './finding-examples.ts';
import { anchor, page, prose, table } from './markdown.ts';

/** Subjects of the ranges of codes; a range without codes is not shown. */
const ranges: readonly { readonly from: number; readonly to: number; readonly title: string }[] = [
  { from: 1000, to: 1099, title: 'Files and YAML' },
  { from: 1100, to: 1199, title: 'Form of documents' },
  { from: 1200, to: 1299, title: 'Suppression comments' },
  { from: 2000, to: 2199, title: 'References and contradictions' },
  { from: 2200, to: 2499, title: 'Checks of the linked mesh' },
  { from: 3000, to: 3099, title: 'Targets' },
  { from: 3100, to: 3199, title: 'Guardrails' },
  { from: 4000, to: 4099, title: 'Delivery' },
  { from: 5000, to: 5099, title: 'Clusters' },
  { from: 6000, to: 6099, title: 'Certificates' },
  { from: 7000, to: 7049, title: 'Import' },
];

/** Returns the page of the findings: every code that the catalog has. */
export function diagnosticsDocs(): string {
  const all = [...catalog];
  const homeless = all.filter(([code]) => rangeOf(code) === undefined).map(([code]) => code);
  if (homeless.length > 0) throw new Error(`no range of codes has ${homeless.join(', ')}`);
  const examples = findingExamples();
  const used = ranges.filter((range) => all.some(([code]) => rangeOf(code) === range));
  return page('Findings', 'the messages in src/core', [
    'Every finding has a code that keeps its meaning. `mesh explain CODE` says the same as this page. An error fails the command; `--fail-on warning` lets warnings fail it, too.',
    suppressing,
    used.map(({ from, title }) => `- [${title}](#${idOf(from)})`).join('\n'),
    ...used.flatMap((range) => {
      const own = all.filter(([code]) => rangeOf(code) === range);
      return [
        `${anchor(idOf(range.from))}\n\n## ${range.title}`,
        table(
          ['code', 'severity', 'says'],
          own.map(([code, { severity, text }]) => [`[${code}](#${code})`, severity, said(text)]),
        ),
        ...own.map(([code, message]) => section(code, message, examples.get(code))),
      ];
    }),
  ]);
}

/** A section of the page that belongs to no single message. */
const suppressing = `${anchor('suppress')}A warning or remark that is meant to be there is suppressed by a comment, with a reason:

\`\`\`yaml
    - backends: [{version: v1, weight: 0}] # mesh-ignore MESH2210 reason="drained until the migration ends" until=2027-01-31
\`\`\`

- After something, the comment is for findings that start on its own line; on a line of its own, for those on the next line with something on it. Before the first line of a document it is for the whole document.
- It names one code or several. The reason has to be there. With \`until\` it holds up to the end of that day (UTC).
- What it suppresses fails nothing and isn't counted, and stays visible: in \`json\`, \`ndjson\`, \`sarif\` and \`junit\` with the reason, in the text with \`--verbose\`.
- Errors can't be suppressed, and neither can a loss that \`degrade\` allows ([MESH3011](#MESH3011)).
- A comment that can't be read ([MESH1200](#MESH1200)), is over ([MESH1203](#MESH1203)) or suppresses nothing ([MESH1204](#MESH1204)) is a finding itself.`;

function section(
  code: string,
  { severity, text, explanation }: Message,
  example: FindingExample | undefined,
): string {
  const head = `${anchor(code)}\n\n### ${code} (${severity})\n\n> ${said(text)}\n\n${prose(explanation)}`;
  if (example === undefined) return head;
  const good = example.good === undefined ? '' : `\n\nRight:\n\n${yaml(example.good)}`;
  return `${head}\n\nWrong, on the lines with the code:\n\n${yaml(example.bad)}${good}`;
}

function yaml(text: string): string {
  return `\`\`\`yaml\n${text}\`\`\``;
}

/** Returns the text of a message with its placeholders in angle brackets. */
function said(text: string): string {
  return prose(text.replace(/\{(\w+)\}/g, '<$1>').trim());
}

function rangeOf(code: string): (typeof ranges)[number] | undefined {
  const number = Number(code.replace('MESH', ''));
  return ranges.find(({ from, to }) => from <= number && number <= to);
}

function idOf(from: number): string {
  return `codes-${from}`;
}
