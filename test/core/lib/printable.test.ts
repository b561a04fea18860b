import { describe, expect, it } from 'vitest';
import { printable } from '../../../src/core/lib/printable.ts';

describe('printable', () => {
  it.each([
    // The runner of GitHub Actions trims white space before `::`, and finds `##[` anywhere.
    ['::error::x.yaml\n \u3000::add-mask::a', '\\x3a:error::x.yaml\n \u3000\\x3a:add-mask::a'],
    ['a ::error::b', 'a ::error::b'],
    ['a ##[group]b ###[x] ##vso[task.x]', 'a #\\x23[group]b ##\\x23[x] #\\x23vso[task.x]'],
    ['## a heading', '## a heading'],
    ['a\r\u001b[31mb\tc\n', 'a\\r\\x1b[31mb\tc\n'],
  ])('as text: %j', (text, expected) => {
    expect(printable(text, 'text')).toBe(expected);
    expect(printable(text, 'markdown')).toBe(expected);
  });

  it('keeps colours of the palette if the stream is coloured, and no other sequence', () => {
    expect(printable('\u001b[36m::error::x\u001b[39m', 'text', true)).toBe(
      '\u001b[36m\\x3a:error::x\u001b[39m',
    );
    expect(printable('\u001b[8mhidden\u001b[2J\u001b]0;t\u0007', 'text', true)).toBe(
      '\\x1b[8mhidden\\x1b[2J\\x1b]0;t\\x07',
    );
  });

  it('keeps the data of JSON', () => {
    const data = ['\u202e\u{e0041}\u007f\ud800', '##[error]', '::error::', '👩‍👧 é名', '\\##[a]'];
    const text = printable(`${JSON.stringify(data)}\n`, 'json');
    expect(JSON.parse(text)).toEqual(data);
    expect(text).not.toMatch(/[\u202e\u{e0000}-\u{e007f}\u007f]|##\[/u);
    expect(text).toContain('👩‍👧 é名');
  });

  it('keeps the data of XML', () => {
    expect(printable('<a>\n::error::x ##[b]</a>', 'xml')).toBe('<a>\n&#58;:error::x #&#35;[b]</a>');
  });

  it('keeps commands that annotate, as GitHub Actions reads them, and no others', () => {
    const own = '::error file=a%3A.yaml,line=1::no';
    expect(printable(`${own}\n::add-mask::a\n::stop-commands::b`, 'commands')).toBe(
      `${own}\n\\x3a:add-mask::a\n\\x3a:stop-commands::b`,
    );
  });

  it('returns a verbatim document unchanged', () => {
    expect(printable('\u001b::error::##[a]', 'verbatim')).toBe('\u001b::error::##[a]');
  });
});
