import { describe, expect, test } from 'vitest';
import { lineSplitter } from '../../src/adapters/git-lines.ts';
import { entryCollector } from '../../src/adapters/git-objects.ts';
import { findingFormats } from '../../src/commands/finding-formats.ts';
import { analyze } from '../../src/core/analyze/analyze.ts';
import type { Code, Diagnostic } from '../../src/core/diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../../src/core/diagnostics/sort.ts';
import { link } from '../../src/core/ir/link/link.ts';
import { catalog } from '../../src/core/message-catalog.ts';
import { parseSource } from '../../src/core/source/parse.ts';
import { sourceText } from '../../src/core/source/span.ts';
import { loadSpec } from '../../src/core/spec/load.ts';
import { ignoreComments } from '../../src/core/suppress/ignore-comments.ts';
import { readSuppressions } from '../../src/core/suppress/read-suppressions.ts';
import { suppress, unused } from '../../src/core/suppress/suppress.ts';
import { diagnosticsText } from '../../src/ui/diagnostics-text.ts';
import type { Findings } from '../../src/ui/findings/findings.ts';
import { palette } from '../../src/ui/palette.ts';
import { countedWork } from './counted-work.ts';

const mesh =
  'apiVersion: mesh/v1\nkind: Mesh\nmetadata: {name: shop}\nspec: {trustDomain: shop.example}\n---\n';
const service = (name: string, rest = ''): string =>
  `apiVersion: mesh/v1\nkind: Service\nmetadata: {name: ${name}, namespace: shop}\nspec:\n  ports: {http: {port: 80}}\n${rest}`;
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('');

/** Returns the findings of validate in a text, without the reports. */
function validated(text: string): readonly Diagnostic[] {
  const source = { file: 'mesh.yaml', bytes: new TextEncoder().encode(text) };
  const loaded = loadSpec({ sources: [source], unreadable: [] }, {});
  const linked = loaded.spec && link(loaded.spec);
  const analyzed = loaded.spec ? analyze(loaded.spec, linked?.ir, '2026-06-15') : [];
  const { suppressions, diagnostics } = readSuppressions(loaded.texts, '2026-01-31', catalog);
  const found = [...loaded.diagnostics, ...(linked?.diagnostics ?? []), ...analyzed, ...diagnostics];
  const { reported, suppressed } = suppress(found, suppressions);
  return sortDiagnostics([
    ...reported,
    ...unused(found, suppressions, () => true),
    ...suppressed.map((one) => one.diagnostic),
  ]);
}

/** Texts of a size; each of them took quadratic time once, or could. */
const texts: Readonly<Record<string, (size: number) => string>> = {
  'unknown fields in one map': (size) =>
    mesh +
    service(
      'a',
      lines(size, (i) => `  unknown${String(i)}: 1\n`),
    ),
  'unknown fields in one line': (size) =>
    `${mesh}apiVersion: mesh/v1\nkind: Service\nmetadata: {name: a, namespace: b}\nspec: {${lines(size, (i) => `u${String(i)}: 1, `)}}\n`,
  'keys that are there twice': (size) =>
    mesh +
    service('a', lines(size, (i) => `  k${String(i)}: 1\n`) + lines(90, () => `  k${String(size - 1)}: 1\n`)),
  'unknown names in calls': (size) =>
    mesh + service('a', `  calls:\n${lines(size, (i) => `  - n${String(i)}\n`)}`),
  'comments that suppress nothing, one below the other': (size) =>
    mesh + service('a') + lines(size, () => '# mesh-ignore MESH2210 reason="x"\n'),
  'a comment for each of many lines': (size) =>
    mesh +
    service(
      'a',
      `  calls:\n${lines(size, (i) => `  # mesh-ignore MESH2210 reason="x"\n  - n${String(i)}\n`)}`,
    ),
  'documents of one name': (size) => mesh + Array.from({ length: size }, () => service('a')).join('---\n'),
  documents: (size) => mesh + lines(size, (i) => `${service(`s${String(i)}`)}---\n`),
  'Routes that leave requests over to callers that declare other calls': (size) =>
    mesh +
    lines(size, (i) => {
      const name = `s${String(i)}`;
      const route = `apiVersion: mesh/v1\nkind: Route\nmetadata: {name: ${name}, namespace: shop}\nspec:\n  service: ${name}\n  rules: [{match: [{path: {exact: /a}}], backends: [{service: ${name}}]}]\n`;
      return `${service(name, `  calls: [s${String((i + 1) % size)}]\n`)}---\n${route}---\n`;
    }),
  'anchors and aliases': (size) => `${mesh}x:\n${lines(size, (i) => `- &a${String(i)} b\n`)}`,
};

/** Twice the size may take a little more than twice the work. */
const most = 2.3;

describe('twice the text is twice the work:', () => {
  test.each(Object.entries(texts))('%s', (_, text) => {
    const [once, twice] = [400, 800].map((size) => countedWork(() => validated(text(size))));
    expect(twice! / once!).toBeLessThan(most);
  });

  test('lines without an end of suppression comments', () => {
    const [once, twice] = [1000, 2000].map((size) => {
      const source = sourceText(
        'a.yaml',
        `a: b\n${'# mesh-ignore MESH2210 reason="x"\n'.repeat(size)}c: d\n`,
      );
      return countedWork(() => ignoreComments(source));
    });
    expect(twice! / once!).toBeLessThan(most);
  });

  test('warnings that comments suppress, one each', () => {
    const [once, twice] = [1000, 2000].map((size) => {
      const text = `a:\n${'  # mesh-ignore MESH2210 reason="x"\n  - b\n'.repeat(size)}`;
      const { suppressions } = readSuppressions([sourceText('a.yaml', text)], '2026-01-31', catalog);
      const warnings = Array.from({ length: size }, (_, index): Diagnostic => {
        const start = { line: 2 * index + 3, column: 5 };
        const location = { file: 'a.yaml', range: { start, end: start } };
        return { code: 'MESH2210', severity: 'warning', message: '', location, related: [] };
      });
      return countedWork(() => {
        expect(suppress(warnings, suppressions).suppressed).toHaveLength(size);
      });
    });
    expect(twice! / once!).toBeLessThan(most);
  });

  test('entries of a commit', () => {
    const [once, twice] = [1000, 2000].map((size) => {
      const listing = lines(size, (i) => `100644 blob ${'a'.repeat(40)}\tfolder/${String(i)}.yaml\0`);
      const { take } = entryCollector('folder/');
      return countedWork(() => lineSplitter(take).add(Buffer.from(listing)));
    });
    expect(twice! / once!).toBeLessThan(most);
  });
});

/** Returns findings in one list of one document, and the same findings suppressed. */
function findings(size: number): Findings {
  const text = service('a', `  calls:\n${lines(size, (i) => `  - n${String(i)}\n`)}`);
  const documents = lines(size, (i) => `---\nkind: K${String(i)}\nmetadata: {name: n}\n`);
  const parsed = parseSource({ file: 'a.yaml', bytes: new TextEncoder().encode(text + documents) });
  const finding = (line: number, severity: Diagnostic['severity']): Diagnostic => ({
    code: `MESH${String(2000 + (line % 3))}` as Code,
    severity,
    message: `finding ${String(line)}`,
    location: { file: 'a.yaml', range: { start: { line, column: 5 }, end: { line, column: 7 } } },
    related: [],
  });
  const reported = Array.from({ length: size }, (_, index) => finding(index + 7, 'error'));
  const suppressed = Array.from({ length: size }, (_, index) => {
    const diagnostic = finding(size + 3 * index + 8, 'warning');
    return { diagnostic, reason: 'x', comment: diagnostic.location };
  });
  return {
    command: 'mesh validate',
    version: '1',
    headline: 'x',
    valid: false,
    failOn: 'error',
    reported,
    suppressed,
    files: ['a.yaml'],
    texts: [parsed.text],
    prefix: '',
  };
}

describe('twice the findings are twice the work:', () => {
  test.each(['text', 'json', 'ndjson', 'sarif', 'junit', 'github', 'markdown'] as const)('%s', (format) => {
    const [once, twice] = [400, 800].map((size) => {
      const all = findings(size);
      const render =
        format === 'text'
          ? () => diagnosticsText(all.reported, all.texts, palette(false), 80)
          : () => findingFormats(all)[format]?.(palette(false), 80, false);
      return countedWork(render);
    });
    expect(twice! / once!).toBeLessThan(most);
  });
});
