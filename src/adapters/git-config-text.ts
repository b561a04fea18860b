/**
 * The values of each setting in order, by the setting's name; its section and last part are in lower case, as Git
 * prints them.
 */
export type GitConfig = ReadonlyMap<string, readonly string[]>;

/** A line of a configuration file that Git doesn't understand. */
export class GitConfigError extends Error {
  readonly line: number;

  constructor(line: number) {
    super(`bad config line ${line}`);
    this.name = 'GitConfigError';
    this.line = line;
  }
}

const sectionHead = /\[([A-Za-z0-9.-]+)(?:[^\S\n]+"((?:[^"\\\n]|\\[^\n])*)")?\]/y;
const settingName = /([A-Za-z][A-Za-z0-9-]*)[ \t]*/y;
const blank = /[\s\uFEFF]+|[#;][^\n]*/y;

/**
 * Reads the text of one configuration file of Git, by the syntax of git-config(1). Settings of files that it includes
 * are not part of the result. Throws GitConfigError at a line that Git refuses, too.
 */
export function parseGitConfig(text: string): GitConfig {
  const found = new Map<string, string[]>();
  let section: string | undefined;
  let at = 0;
  const matched = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text) ?? undefined;
    if (match !== undefined) at = pattern.lastIndex;
    return match;
  };
  const fail = (): never => {
    throw new GitConfigError(text.slice(0, at).split('\n').length);
  };
  while (at < text.length) {
    if (matched(blank) !== undefined) continue;
    const head = matched(sectionHead);
    if (head !== undefined) {
      const [, name = '', quoted] = head;
      const sub = quoted === undefined ? '' : `.${quoted.replaceAll(/\\(.)/g, '$1')}`;
      section = name.toLowerCase() + sub;
      continue;
    }
    const setting = matched(settingName)?.[1] ?? fail();
    let value = 'true';
    if (text[at] === '=') {
      const read = readValue(text, at + 1) ?? fail();
      value = read.value;
      at = read.end;
    } else if (!/^(?:\r?\n|$)/.test(text.slice(at, at + 2))) fail();
    const name = setting.toLowerCase();
    const key = section === undefined ? name : `${section}.${name}`;
    found.set(key, [...(found.get(key) ?? []), value]);
  }
  return found;
}

const space = /[^\S\n]+/y;
const comment = /[#;][^\n]*/y;
const chunk = /"((?:[^"\\\n]|\\\r?[^])*)"|((?:[^\s"\\#;]|\\\r?[^])+)/y;
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b', '"': '"', '\\': '\\' };

/** Reads a value up to the end of its line; returns undefined if its quotes or escapes are wrong. */
function readValue(
  text: string,
  start: number,
): { readonly value: string; readonly end: number } | undefined {
  let value = '';
  let spaces = '';
  let at = start;
  const matched = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text) ?? undefined;
    if (match !== undefined) at = pattern.lastIndex;
    return match;
  };
  while (at < text.length && text[at] !== '\n') {
    const blanks = matched(space)?.[0];
    if (blanks !== undefined) {
      if (value !== '') spaces += blanks;
      continue;
    }
    if (matched(comment) !== undefined) continue;
    const [, quoted, plain = ''] = matched(chunk) ?? [];
    const part = quoted ?? plain;
    if (quoted === undefined && plain === '') return undefined;
    const read = unescape(part);
    if (read === undefined) return undefined;
    value += spaces + read;
    spaces = '';
  }
  return { value, end: at };
}

/**
 * Returns the text with its escapes resolved; a line break after a backslash is removed. Returns undefined for an
 * escape that Git doesn't know.
 */
function unescape(text: string): string | undefined {
  if ([...text.matchAll(escape)].some(([, name = '']) => meaningOf(name) === undefined)) return undefined;
  return text.replaceAll(escape, (_, name: string) => meaningOf(name) ?? '');
}

const escape = /\\(\r?\n|[^])/g;

function meaningOf(escaped: string): string | undefined {
  return escaped.endsWith('\n') ? '' : escapes[escaped];
}
