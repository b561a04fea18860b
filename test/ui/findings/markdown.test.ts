import { describe, expect, test } from 'vitest';
import { sourceText } from '../../../src/core/source/span.ts';
import { findingsMarkdown } from '../../../src/ui/findings/markdown.ts';
import { at, findingsOf, suppressedAt } from './some-findings.ts';

describe('findingsMarkdown', () => {
  test('has the answer, a table with the worst first, and the folded lines of each', () => {
    const findings = findingsOf([at(7, 'warning'), at(6)], { suppressed: [suppressedAt(7)] });
    const page = findingsMarkdown(findings);
    expect(page).toMatch(/^### mesh validate\n\nshop is not valid\n\n\| {2}\| place \| finding \| code \|\n/);
    const rows = page.split('\n').filter((line) => /^\| (?:error|warning)/.test(line));
    expect(rows).toEqual([
      '| error | <code>routes.yaml:6:7</code> | unknown field "wieght" | MESH1100 |',
      '| warning | <code>routes.yaml:7:7</code> | unknown field "wieght" | MESH1100 |',
    ]);
    expect(page).toContain('\n1 finding suppressed by comments.\n');
    expect(page).toContain('<details><summary>MESH1100 <code>routes.yaml:6:7</code></summary>\n\n```\n');
    expect(page).toContain('> 6 |       wieght: 1\n');
  });

  test('without findings has no table', () => {
    expect(findingsMarkdown(findingsOf([], { headline: 'shop is valid', valid: true }))).toBe(
      '### mesh validate\n\nshop is valid\n',
    );
  });

  test('text of a document can not format the page, end a block or mention anybody', () => {
    const text = sourceText('routes.yaml', 'a\nb\nc\nd\ne\n````\n</details>\n');
    const message = 'a | b\n<script> `x` *y* @everyone [l](http://x) www.example.org $x$ <img src=x> %3';
    const page = findingsMarkdown(findingsOf([{ ...at(6), message }], { texts: [text] }));
    const row = page.split('\n').find((line) => line.startsWith('| error'))!;
    expect(row.split(/(?<!\\)\|/)).toHaveLength(6);
    expect(row).not.toMatch(/<script|[^\\]`x|@everyone|[^\\]\[l|http:\/\/|www\.|<img|[^\\][$%]/);
    // CommonMark 4.5: a fence ends at one that is at least as long.
    expect(page).toContain('\n`````\n');
    expect(page.lastIndexOf('\n`````\n')).toBeGreaterThan(page.indexOf('| ````\n'));
  });

  test('stays below the limit of a comment, and says what is left out', () => {
    const long = 'x*'.repeat(1000);
    const page = findingsMarkdown(
      findingsOf(Array.from({ length: 5000 }, () => ({ ...at(6), message: long }))),
    );
    expect(page.length).toBeLessThanOrEqual(60_000);
    const rows = page.split('\n').filter((line) => line.startsWith('| error')).length;
    expect(rows).toBeGreaterThan(10);
    expect(page).toContain(`And ${5000 - rows} more findings.`);
  });
});
