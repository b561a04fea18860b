import { describe, expect, test } from 'vitest';
import type { Code, Diagnostic, Severity } from '../../src/core/diagnostics/diagnostic.ts';
import { sourceText } from '../../src/core/source/span.ts';
import { diagnosticsText } from '../../src/ui/diagnostics-text.ts';
import { palette } from '../../src/ui/palette.ts';

const text = sourceText('a.yaml', 'kind: Route\nspec:\n  wieght: 1\n');

function at(line: number, column: number, severity: Severity = 'error'): Diagnostic {
  const start = { line, column };
  const range = { start, end: { line, column: column + 6 } };
  return {
    code: 'MESH1100',
    severity,
    message: 'a message',
    location: { file: 'a.yaml', range },
    related: [],
  };
}

const coded = (code: Code): Diagnostic => ({ ...at(3, 3), code });

const plain = (diagnostics: readonly Diagnostic[], columns = 80, framed?: number): string =>
  diagnosticsText(diagnostics, [text], palette(false), columns, framed);

describe('diagnosticsText', () => {
  test('is empty without findings', () => {
    expect(plain([])).toBe('');
  });

  test('has place, severity and code on a line, then the message, the source lines, and the fix', () => {
    const location = at(3, 3).location;
    const shown = plain([
      {
        ...at(3, 3),
        message: 'unknown field "wieght"',
        related: [{ location: { file: 'b.yaml', range: location.range }, message: 'first written here' }],
        fix: { title: 'replace by weight', edits: [{ location, text: 'weight' }] },
      },
    ]);
    expect(shown).toBe(`a.yaml:3:3 error MESH1100
  unknown field "wieght"
    1 | kind: Route
    2 | spec:
  > 3 |   wieght: 1
      |   ^^^^^^
  see b.yaml:3:3: first written here
  fix: replace by weight

'mesh explain MESH1100' says more about MESH1100.
`);
  });

  test('puts the most severe finding first, each with its place, and names one code for `mesh explain`', () => {
    const shown = plain([at(1, 1, 'info'), at(2, 1, 'warning'), at(3, 1)]);
    expect(
      [...shown.matchAll(/^a\.yaml:(\d):1 (\w+)/gm)].map(([, line, severity]) => [line, severity]),
    ).toEqual([
      ['3', 'error'],
      ['2', 'warning'],
      ['1', 'info'],
    ]);
    expect(shown.match(/mesh explain/g)).toHaveLength(1);
  });

  test('stays within the width, however long a message is', () => {
    const message = 'word '.repeat(60).trim();
    for (const columns of [40, 80, 120]) {
      const lines = plain([{ ...at(3, 3), message }], columns).split('\n');
      expect(lines.every((line) => line.length <= Math.max(columns, 50))).toBe(true);
    }
  });

  test('escapes control characters of documents and names of files', () => {
    const hostile = {
      ...at(1, 1),
      message: 'a\u001b[31mb\nc',
      location: { ...at(1, 1).location, file: 'x\u0007' },
    };
    const shown = plain([{ ...hostile, related: [{ location: hostile.location, message: '\u009b2J' }] }]);
    expect(shown).toContain('x\\x07:1:1 error');
    expect(shown).toContain('a\\x1b[31mb\\nc');
    expect(shown).toContain('\\x9b2J');
  });

  test('has no frame if the file was not read, nor for the twenty-first finding', () => {
    expect(plain([{ ...at(1, 1), location: { ...at(1, 1).location, file: 'gone.yaml' } }])).not.toContain(
      ' | ',
    );
    const many = plain(Array.from({ length: 30 }, (_, index) => coded(`MESH${2000 + (index % 3)}`)));
    expect(many.match(/^a\.yaml/gm)).toHaveLength(30);
    expect(many.match(/\^{6}/g)).toHaveLength(20);
  });

  test('shows ten findings of a code and counts the others, unless all are asked for', () => {
    const many = [...Array.from({ length: 1000 }, () => coded('MESH3010')), coded('MESH2000')];
    const shown = plain(many);
    expect(shown.match(/^a\.yaml.*MESH3010/gm)).toHaveLength(10);
    expect(shown).toContain('and 990 more MESH3010; --format json has all');
    expect(shown).toContain('MESH2000');
    expect(shown).not.toContain('more MESH2000');
    expect(plain(many, 80, Number.POSITIVE_INFINITY).match(/^a\.yaml.*MESH3010/gm)).toHaveLength(1000);
  });

  test('shows ten other places of a finding and counts those after them, unless all are asked for', () => {
    const related = Array.from({ length: 12 }, () => ({ ...at(1, 1), message: 'here, too' }));
    const shown = plain([{ ...at(1, 1), related }]);
    expect(shown.match(/^  see a\.yaml:1:1: here, too$/gm)).toHaveLength(10);
    expect(shown).toContain('and 2 more places; --format json has all');
    const all = plain([{ ...at(1, 1), related }], 80, Number.POSITIVE_INFINITY);
    expect(all.match(/here, too/g)).toHaveLength(12);
    expect(all).not.toContain('more places');
  });
});
