import { describe, expect, test } from 'vitest';
import type { Code, Diagnostic, Severity } from '../../../src/core/diagnostics/diagnostic.ts';
import { catalog } from '../../../src/core/message-catalog.ts';
import { sourceText } from '../../../src/core/source/span.ts';
import { readSuppressions } from '../../../src/core/suppress/read-suppressions.ts';
import { suppress, unused } from '../../../src/core/suppress/suppress.ts';

/** The code of a warning about zero weights. */
const code = 'MESH2210';
const today = '2026-11-25';

const read = (text: string) => readSuppressions([sourceText('a.yaml', text)], today, catalog);

/** Returns the lines of a file on which a warning of `code` is suppressed. */
function suppressedLines(text: string): readonly number[] {
  const { suppressions } = read(text);
  return text
    .split('\n')
    .map((_line, index) => index + 1)
    .filter((line) => suppress([found(line)], suppressions).suppressed.length > 0);
}

function found(line: number, severity: Severity = 'warning', of: Code = code): Diagnostic {
  const start = { line, column: 1 };
  const location = { file: 'a.yaml', range: { start, end: start } };
  return { code: of, severity, message: 'found', location, related: [] };
}

const problems = (text: string): readonly string[] =>
  read(text).diagnostics.map(({ code: of, location, message }) => {
    const { line, column } = location.range.start;
    return `${String(line)}:${String(column)} ${of} ${message}`;
  });

const ignore = `# mesh-ignore ${code} reason="known"`;

describe('the scope of a comment', () => {
  test.each([
    ['after other text: its own line', `kind: A\na: 1 ${ignore}\nb: 2\n`, [2]],
    ['on a line of its own: the next line', `kind: A\n  ${ignore}\na: 1\nb: 2\n`, [3]],
    ['on a line of its own: the next line with content', `kind: A\n${ignore}\n\n# other\na: 1\nb: 2\n`, [5]],
    ['several, one below the other', `kind: A\n${ignore}\n# mesh-ignore MESH2212 reason="x"\na: 1\n`, [4]],
    ['before the first line: the document', `# license\n${ignore}\nkind: A\na: 1\n`, [3, 4]],
    ['before the mark of a document', `kind: A\n${ignore}\n---\nkind: B\nb: 1\n---\nkind: C\n`, [4, 5]],
    ['after the mark of a document', `kind: A\n--- ${ignore}\nkind: B\nb: 1\n---\nkind: C\n`, [3, 4]],
    ['below the mark of a document', `kind: A\n---\n${ignore}\nkind: B\nb: 1\n`, [4, 5]],
    ['on the first line: only that line', `kind: A ${ignore}\na: 1\n`, [1]],
    ['in a list in brackets', `kind: A\na: [\n  1, ${ignore}\n  2]\n`, [3]],
    ['after the header of a block', `kind: A\na: | ${ignore}\n  text\n`, [2]],
    ['with Windows line ends', `kind: A\r\na: 1 ${ignore}\r\nb: 2\r\n`, [2]],
    ['with a tab before it', `kind: A\na: 1\t${ignore}\n`, [2]],
    ['after quotes with a # in them', `kind: A\na: "x # y" ${ignore}\n`, [2]],
  ])('%s', (_what, text, lines) => {
    expect(suppressedLines(text)).toEqual(lines);
    expect(problems(text)).toEqual([]);
  });

  test.each([
    ['in double quotes', `kind: A\na: "x ${ignore.replaceAll('"', '\\"')}"\n`],
    ['in single quotes of several lines', `kind: A\na: 'x\n  ${ignore}\n  y'\n`],
    ['in a block', `kind: A\na: |\n  ${ignore}\n  text\nb: 1\n`],
    ['in a folded block', `kind: A\na: >-\n  x\n  ${ignore}\nb: 1\n`],
    ['in the middle of a word', `kind: A\na: x${ignore}\n`],
    ['inside another comment', `kind: A\n# so: ${ignore}\na: 1\n`],
    ['commented out', `kind: A\n# ${ignore}\na: 1\n`],
    ['another word', `kind: A\n# mesh-ignored ${code} reason="x"\na: 1\n`],
    ['a file that is no YAML', `kind: [\n${ignore}\n`],
  ])('there is no suppression: %s', (_what, text) => {
    expect(read(text)).toEqual({ suppressions: [], diagnostics: [] });
  });
});

describe('the text of a comment', () => {
  const holds = (comment: string): readonly string[] => [
    ...read(`kind: A\na: 1 # mesh-ignore${comment}\n`).suppressions.flatMap(
      ({ codes, reason, until = '' }) => [...codes.map((one) => one.code), reason, until],
    ),
    ...problems(`kind: A\na: 1 # mesh-ignore${comment}\n`),
  ];

  test.each([
    [` ${code} reason="a b" until=2027-01-31`, [code, 'a b', '2027-01-31']],
    [` until=2027-01-31 reason="a" ${code}`, [code, 'a', '2027-01-31']],
    [`: ${code}, MESH2212 reason="a"`, [code, 'MESH2212', 'a', '']],
    [` ${code} reason="he said \\"no\\""`, [code, 'he said "no"', '']],
    [` ${code} reason="today" until=${today}`, [code, 'today', today]],
  ])('%s', (comment, says) => {
    expect(holds(comment)).toEqual(says);
  });

  test.each([
    ['', '2:6 MESH1200 this comment suppresses nothing: it names no code such as MESH2210'],
    [` ${code}`, '2:6 MESH1200 this comment suppresses nothing: it gives no reason="…"'],
    [` ${code} reason=" "`, '2:6 MESH1200 this comment suppresses nothing: it gives no reason="…"'],
    [
      ` ${code} reason=why`,
      '2:6 MESH1200 this comment suppresses nothing: the reason stands in double quotes',
    ],
    [
      ` ${code} reason="a" until=2027-02-30`,
      '2:6 MESH1200 this comment suppresses nothing: "2027-02-30" is no day',
    ],
    [` ${code} reason="a" until=soon`, '2:6 MESH1200 this comment suppresses nothing: "soon" is no day'],
    [` ${code} reason="a" reason="b"`, '2:6 MESH1200 this comment suppresses nothing: it has two reasons'],
    [` ${code} because`, '2:6 MESH1200 this comment suppresses nothing: "because" is no code'],
    [' MESH2999 reason="a"', '2:20 MESH1201 this comment suppresses nothing: there is no finding MESH2999'],
    [' MESH1100 reason="a"', '2:20 MESH1202 MESH1100 cannot be suppressed: it is an error'],
    [' MESH3011 reason="a"', '2:20 MESH1202 MESH3011 cannot be suppressed: it always stays visible'],
    [' MESH1204 reason="a"', '2:20 MESH1202 MESH1204 cannot be suppressed: it always stays visible'],
    [` ${code} reason="a" until=2026-11-24`, '2:6 MESH1203 this suppression held until 2026-11-24'],
  ])('suppresses nothing, and a finding says why: %s', (comment, says) => {
    const [said, ...more] = holds(comment);
    expect(said?.startsWith(says), said).toBe(true);
    expect(more).toEqual([]);
  });

  test('a wrong code does not affect the other codes', () => {
    expect(holds(` ${code} MESH2999 reason="a"`).slice(0, 2)).toEqual([code, 'a']);
  });

  test('at the end of a file applies to no line', () => {
    expect(problems(`kind: A\n${ignore}\n`)).toEqual([
      '2:1 MESH1200 this comment suppresses nothing: nothing follows it',
    ]);
  });
});

describe('suppress', () => {
  const text = `kind: A\na: 1 ${ignore}\n`;

  test('keeps reason, last day and comment with each suppressed finding', () => {
    const { suppressions } = read(`kind: A\na: 1 ${ignore} until=2027-01-31\n`);
    expect(suppress([found(2), found(3)], suppressions)).toEqual({
      reported: [found(3)],
      suppressed: [
        { diagnostic: found(2), reason: 'known', until: '2027-01-31', comment: suppressions[0]!.location },
      ],
    });
  });

  test('never suppresses an error, another code, or a finding in another file', () => {
    const { suppressions } = read(text);
    const elsewhere = { ...found(2), location: { ...found(2).location, file: 'b.yaml' } };
    const all = [found(2, 'error'), found(2, 'warning', 'MESH2212'), elsewhere];
    expect(suppress(all, suppressions).reported).toEqual(all);
  });

  test('the narrower of two comments is used, and the other is reported as unused', () => {
    const { suppressions } = read(`${ignore.replace('known', 'all')}\nkind: A\na: 1 ${ignore}\n`);
    expect(suppress([found(3)], suppressions).suppressed[0]?.reason).toBe('known');
    expect(
      unused([found(3)], suppressions, () => true).map(({ location }) => location.range.start.line),
    ).toEqual([1]);
  });

  test('a code without a finding is reported at its place, a code with a finding is not', () => {
    const { suppressions } = read(`kind: A\na: 1 # mesh-ignore ${code}, MESH2212 reason="x"\n`);
    const [one, ...more] = unused([found(2)], suppressions, () => true);
    expect(one).toMatchObject({
      code: 'MESH1204',
      severity: 'info',
      message: 'there is no MESH2212 here to suppress',
    });
    expect(one?.location.range.start).toEqual({ line: 2, column: 30 });
    expect(more).toEqual([]);
    expect(unused([found(2)], suppressions, (of) => of === code)).toEqual([]);
  });
});
