import { lineEnd, longQuote, openMarks } from './open-marks.ts';

/** A violation of YAML's rules, as the parser reports it: its code, and the offsets (UTF-16) between which it is. */
export interface Complaint {
  readonly code: string;
  readonly start: number;
  readonly end: number;
  readonly reason: string;
}

/** A mistake in the words of people, at its own place, with the edit that mends it if it is clear. */
export interface SyntaxMistake {
  readonly start: number;
  readonly end: number;
  readonly reason: string;
  /** True for an open bracket or quote: what follows in the text then looks wrong, too. */
  readonly isOpen?: true;
  readonly fix?: {
    readonly title: string;
    readonly start: number;
    readonly end: number;
    readonly text: string;
  };
}

/** Returns the mistake that most likely caused a complaint of the parser; the complaint itself if none is known. */
export function syntaxMistake(text: string, complaint: Complaint): SyntaxMistake {
  const readers = mistakes[complaint.code] ?? [];
  for (const reader of readers) {
    const found = reader(text, complaint);
    if (found !== undefined) return found;
  }
  return complaint;
}

type Reader = (text: string, complaint: Complaint) => SyntaxMistake | undefined;

const missingSpace: Reader = (text, { start }) => {
  const [written = '', before = '', key = ''] =
    /^(\s*(?:- +)?)([\w./-]+):(?=[^\s:/])/.exec(line(text, start)) ?? [];
  if (written === '') return undefined;
  const at = lineStart(text, start) + before.length + key.length + 1;
  return {
    start: at - 1,
    end: at,
    reason: `there is no space after the colon of "${key}"`,
    fix: { title: 'insert a space', start: at, end: at, text: ' ' },
  };
};

const missingColon: Reader = (text, { start }) => {
  const [, before = '', key = ''] = /^(\s*(?:- +)?)([\w./-]+)\s*(?:#.*)?$/.exec(line(text, start)) ?? [];
  if (key === '') return undefined;
  const from = lineStart(text, start) + before.length;
  const end = from + key.length;
  const reason = `there is no colon after "${key}"`;
  return { start: from, end, reason, fix: { title: 'insert a colon', start: end, end, text: ':' } };
};

const secondColon: Reader = (text, { start }) => {
  const value = plainValue(text, start);
  const reason = 'a value with a colon and a space in it needs quotes';
  return {
    ...value,
    reason,
    fix: { title: 'put the value in quotes', ...value, text: quotedText(text, value) },
  };
};

const reservedStart: Reader = (text, { start }) => {
  const value = plainValue(text, start);
  const reason = `a value that starts with ${text[start] ?? ''} needs quotes`;
  return {
    ...value,
    reason,
    fix: { title: 'put the value in quotes', ...value, text: quotedText(text, value) },
  };
};

const missingComma: Reader = (text, { start }) => {
  const [, value = '', key = ''] = /^([^\s,:{}[\]]+)\s+([\w.-]+):/.exec(text.slice(start, start + 500)) ?? [];
  const end = start + value.length;
  if (value === '') return undefined;
  const at = text.indexOf(key, end);
  return {
    start: at,
    end: at + key.length,
    reason: `there is no comma before "${key}"`,
    fix: { title: 'insert a comma', start: end, end, text: ',' },
  };
};

const missingCommaInList: Reader = (text, { start, reason }) => {
  if (!/at node end/.test(reason) || openMarks(text, start).length === 0) return undefined;
  const end = text.slice(0, start).trimEnd().length;
  const fix = { title: 'insert a comma', start: end, end, text: ',' };
  return { start, end: start + 1, reason: 'there is no comma between two entries', fix };
};

const listBesideKey: Reader = (text, { start }) => {
  if (text[start] !== '-') return undefined;
  const [indent = ''] = /^[\s-]*/.exec(line(text, start)) ?? [];
  const blank = /\s*$/.exec(text.slice(0, start))?.[0].length ?? 0;
  const between = `\n${' '.repeat(indent.length + 2)}`;
  return {
    start,
    end: start + 1,
    reason: 'a list begins on the line after its key',
    fix: { title: 'begin a new line', start: start - blank, end: start, text: between },
  };
};

const tooMany: Reader = (text, { start }) => {
  const character = text[start] ?? '';
  if (character !== '}' && character !== ']') return undefined;
  const end = start + 1;
  const reason = `nothing opens this ${character}`;
  return { start, end, reason, fix: { title: `delete ${character}`, start, end, text: '' } };
};

const openBracket: Reader = (text, { start }) => {
  const open = openMarks(text, start).findLast(({ character }) => character === '[' || character === '{');
  if (open === undefined) return undefined;
  const { offset, character } = open;
  const closing = character === '[' ? ']' : '}';
  const at = valueEnd(text, offset);
  return {
    start: offset,
    end: offset + 1,
    reason: `this ${character} has no ${closing}`,
    isOpen: true,
    fix: { title: `insert ${closing}`, start: at, end: at, text: closing },
  };
};

const openQuote: Reader = (text, { reason }) => {
  if (!/quote/.test(reason)) return undefined;
  const offset = longQuote(text);
  if (offset < 0) return undefined;
  const character = text[offset] ?? '';
  const at = plainValue(text, offset).end;
  return {
    start: offset,
    end: offset + 1,
    reason: `this ${character} has no second one`,
    isOpen: true,
    fix: { title: `insert ${character}`, start: at, end: at, text: character },
  };
};

const unknownEscape: Reader = (text, { start }) => ({
  start,
  end: start + 2,
  reason: `${text.slice(start, start + 2)} is no escape of double quotes: write single quotes around the value, or two backslashes`,
});

/** Reports a line whose indentation is that of no map and no list before it. */
const strayIndentation: Reader = (text, complaint) => {
  const from = lineStart(text, complaint.start);
  const own = line(text, complaint.start);
  const indent = indentOf(own);
  const start = from + indent;
  const end = from + own.trimEnd().length;
  const levels = levelsBefore(text.slice(0, from));
  const same = levels.find((level) => level.indent === indent);
  if (same?.isList === true && !own.trimStart().startsWith('-'))
    return {
      start,
      end,
      reason: 'there is no dash: the lines with this indentation before it are entries of a list',
      fix: { title: 'insert a dash', start, end: start, text: '- ' },
    };
  const known = levels.map((level) => String(level.indent)).slice(0, 3);
  if (same !== undefined || known.length === 0) return undefined;
  const reason = `the line is indented by ${String(indent)} spaces, the lines before it by ${known.join(', ')}`;
  return { start, end, reason };
};

interface Level {
  readonly indent: number;
  readonly isList: boolean;
}

/** Returns the indentations of the maps and lists that are open at the end of a text, the deepest first. */
function levelsBefore(text: string): readonly Level[] {
  const levels: Level[] = [];
  for (const before of text.split(/\r\n?|\n/).reverse()) {
    if (/^(?:---|\.\.\.)/.test(before) || levels.at(-1)?.indent === 0) break;
    if (/^\s*(?:#|$)/.test(before)) continue;
    for (const level of levelsOf(before))
      if (level.indent < (levels.at(-1)?.indent ?? Number.POSITIVE_INFINITY)) levels.push(level);
  }
  return levels;
}

/** Returns the levels of a line: of its first key, and of the list whose entry it begins. */
function levelsOf(text: string): readonly Level[] {
  const [dashes = ''] = /^\s*(?:- +)*/.exec(text) ?? [];
  const key = { indent: dashes.length, isList: false };
  return dashes.includes('-') ? [key, { indent: indentOf(text), isList: true }] : [key];
}

const mistakes: Readonly<Record<string, readonly Reader[]>> = {
  MULTILINE_IMPLICIT_KEY: [missingSpace, missingColon],
  MISSING_CHAR: [openQuote, missingSpace, missingColon, openBracket],
  BLOCK_AS_IMPLICIT_KEY: [secondColon],
  BAD_SCALAR_START: [reservedStart],
  BLOCK_IN_FLOW: [missingComma, openBracket],
  UNEXPECTED_TOKEN: [listBesideKey, missingCommaInList, tooMany],
  BAD_INDENT: [openBracket, strayIndentation],
  BAD_DQ_ESCAPE: [unknownEscape],
};

function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

function line(text: string, offset: number): string {
  return text.slice(lineStart(text, offset), lineEnd(text, offset));
}

function indentOf(text: string): number {
  return /^ */.exec(text)?.[0].length ?? 0;
}

/** Returns the offset after the text of a line, without a comment at its end. */
function valueEnd(text: string, offset: number): number {
  const rest = text.slice(offset, lineEnd(text, offset));
  return offset + rest.replace(/\s+#.*$/, '').trimEnd().length;
}

/** Returns the offsets of a value that ends with its line, or with the entry of a map or list in brackets. */
function plainValue(text: string, start: number): { readonly start: number; readonly end: number } {
  const end = valueEnd(text, start);
  if (openMarks(text, start).length === 0) return { start, end };
  const inside = /[,\]}]/.exec(text.slice(start, end))?.index;
  return { start, end: inside === undefined ? end : start + inside };
}

function quotedText(text: string, { start, end }: { readonly start: number; readonly end: number }): string {
  return JSON.stringify(text.slice(start, end));
}
