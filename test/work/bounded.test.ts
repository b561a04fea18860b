import { parseEvents } from 'js-yaml';
import { expect, test, vi } from 'vitest';
import { limitedFindings, mostFindings } from '../../src/core/diagnostics/limited-findings.ts';
import { parseSource } from '../../src/core/source/parse.ts';
import { mostValues, possibleValues } from '../../src/core/source/possible-values.ts';

vi.mock('js-yaml', { spy: true });

const source = (text: string, file = 'mesh.yaml') => ({ file, bytes: new TextEncoder().encode(text) });

test.each([
  ['flow', `x: [${'a,'.repeat(mostValues)}]`],
  ['documents', '---\n'.repeat(mostValues)],
])('a file of more %s than a spec may have is refused before YAML is parsed', (_, text) => {
  vi.mocked(parseEvents).mockClear();
  const { documents, diagnostics } = parseSource(source(text));
  expect(diagnostics.map(({ code }) => code)).toEqual(['MESH1050']);
  expect(diagnostics[0]?.message).toContain('more than the 4000000');
  expect(documents).toEqual([]);
  expect(parseEvents).not.toHaveBeenCalled();
});

test.each([
  'a: [b, c, {d: e}]\n',
  '- - - a\n- ? b\n  : c\n',
  '--- a\n--- b\n---\n',
  '{"a":1,"b":[[],{}]}',
  'a: &x b\nc: *x\n',
  '? - a\n: - b\n',
  '',
  '- \n-\n -',
])('the bound is no less than the values of %j', (text) => {
  const own = parseEvents(text, {}).filter(({ type }) => type !== parseEvents('', {}).length);
  const values = own.filter((event) => 'start' in event || 'valueStart' in event || 'anchorStart' in event);
  expect(possibleValues(text)).toBeGreaterThanOrEqual(values.length);
});

test('of each code ten thousand findings are kept, and the others counted at the first one', () => {
  const { takes, passOver, left } = limitedFindings();
  const at = (line: number) => ({
    file: 'a.yaml',
    range: { start: { line, column: 1 }, end: { line, column: 1 } },
  });
  const kept = Array.from({ length: mostFindings + 2 }, (_, index) =>
    takes({ code: 'MESH2000', severity: 'error', message: '', location: at(index + 1), related: [] }),
  );
  expect(kept.filter(Boolean)).toHaveLength(mostFindings);
  expect(takes({ code: 'MESH2001', severity: 'error', message: '', location: at(1), related: [] })).toBe(
    true,
  );
  passOver('MESH2000');
  expect(left()).toMatchObject([
    {
      code: 'MESH1051',
      severity: 'info',
      message: '3 more findings MESH2000 are not listed: the first 10000 are',
      location: at(mostFindings + 1),
    },
  ]);
});
