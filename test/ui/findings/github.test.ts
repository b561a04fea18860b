import { describe, expect, test } from 'vitest';
import { findingsGithub } from '../../../src/ui/findings/github.ts';
import { at, findingsOf } from './some-findings.ts';

describe('findingsGithub', () => {
  test('puts a finding beside its lines and ends with the answer', () => {
    const related = [{ location: at(7).location, message: 'first here' }];
    expect(findingsGithub(findingsOf([{ ...at(6), related }], { prefix: 'deploy/' }))).toBe(
      '::error file=deploy/routes.yaml,line=6,endLine=6,col=7,endColumn=12,title=MESH1100::unknown field "wieght"%0Asee deploy/routes.yaml:7:7: first here%0Amesh explain MESH1100\nshop is not valid\n',
    );
  });

  test('escapes characters that properties and messages must not contain', () => {
    const hostile = {
      ...at(6),
      message: '100%\n::error::mine',
      location: { ...at(6).location, file: 'a,b:c%\n::stop.yaml' },
    };
    const lines = findingsGithub(findingsOf([hostile])).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('file=a%2Cb%3Ac%25\\n%3A%3Astop.yaml,');
    expect(lines[0]).toContain('::100%25\\n::error::mine%0A');
  });

  test('a place of several lines has no columns', () => {
    const { location } = at(6);
    const long = { ...location, range: { ...location.range, end: { line: 7, column: 3 } } };
    expect(findingsGithub(findingsOf([{ ...at(6), location: long }]))).toContain(
      'file=routes.yaml,line=6,endLine=7,title=MESH1100::',
    );
  });

  test('has at most ten errors and ten warnings, and counts the others', () => {
    const many = [
      ...Array.from({ length: 12 }, () => at(6, 'warning')),
      ...Array.from({ length: 15 }, () => at(6)),
      ...Array.from({ length: 13 }, () => at(6, 'info')),
    ];
    const lines = findingsGithub(findingsOf(many)).split('\n');
    const number = (kind: string): number => lines.filter((line) => line.startsWith(`::${kind} `)).length;
    expect([number('error'), number('warning'), number('notice')]).toEqual([10, 10, 10]);
    expect(lines.at(-3)).toMatch(/^::notice title=mesh::and 11 more findings: /);
    expect(findingsGithub(findingsOf(many.slice(0, 10)))).not.toContain('more finding');
  });
});
