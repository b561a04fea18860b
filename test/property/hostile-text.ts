import { expect } from 'vitest';
import { shownCharacters } from '../../src/core/lib/escape-control.ts';

/**
 * Text that does harm if it is printed unchanged: a separate line with commands to CI systems, sequences that steer a
 * terminal, invisible text, Markdown and HTML.
 */
export const hostileText = [
  '::error::x',
  '\n::add-mask::x ##[group]x ##vso[task.setvariable]x ::stop-commands::x',
  '\r\nINJECTED\u001b]0;owned\u0007\u001b[2J\u009b31m\u007f\u0085\u2028\u2029',
  '\u202eabc\u2066\u061c\u200e\u200b\u200c\u200d\u2060\ufeff\ufe0f\u{e0041}\u{e0100}\u00ad',
  '<img src=x onerror=x><details>`x`|@everyone [x](http://x)$(x)',
].join('');

/** The same text for names of files: without slashes, and shorter than 255 bytes. */
export const hostileName =
  '::error::x\nINJECTED ::add-mask::\u001b[2J\u202e\u200b\u{e0041}\ufe0f ##[group]##vso[x]|`x`<img src=x>@everyone$(x)';

/** Matches characters that no output may contain; it was written from Unicode 17, not from the code. */
const forbidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\uffff\u{e0000}-\u{e0fff}\ud800-\udfff]/u;

/** Expects that an output harms neither the terminal that shows it nor the CI system that reads it. */
export function expectHarmless(output: string, format: string, from: string): void {
  // Leave out emoji sequences, which contain joiners and selectors.
  const characters = shownCharacters(output).filter((one) => one.length < 3 || !/\p{Emoji}/u.test(one));
  expect(
    characters.find((one) => forbidden.test(one)),
    from,
  ).toBeUndefined();
  const lines = output.split('\n');
  const commands = lines.filter((line) => /^\s*::/.test(line));
  if (format === 'github')
    for (const line of commands) expect(line, from).toMatch(/^::(?:error|warning|notice) /);
  else expect(commands, from).toEqual([]);
  expect(
    lines.filter((line) => /##\w*\[/.test(line) || line.startsWith('INJECTED')),
    from,
  ).toEqual([]);
  if (format === 'markdown') expect(output, from).not.toMatch(/<img|@everyone/);
  if (format === 'junit')
    expect(output.replace(/<\/?[a-z][a-z-]*(?: [a-z]+="[^"<>]*")*\/?>/g, ''), from).not.toMatch(/<(?!\?xml)/);
}
