import type { BlockLayout, Entry, FlowLayout, Layout, OwnLine } from './layout.ts';
import { blankLine, type Line } from './line.ts';
import { printBlockScalar, printScalar } from './print-text.ts';

const step = 2;

/** Returns the value of a whole document as lines. */
export function printLayout(layout: Layout): readonly Line[] {
  if (layout.type !== 'block') return printValue(layout, 0, step);
  const properties = layout.properties.length === 0 ? [] : [{ text: layout.properties.join(' ') }];
  return [...properties, ...printBlock(layout, 0)];
}

/** Returns comments on lines of their own, with the blank lines above them. */
export function printOwn(lines: readonly OwnLine[], indent: number): readonly Line[] {
  return lines.flatMap(({ text, blankBefore }) => [
    ...(blankBefore ? [blankLine] : []),
    { text: blanks(indent) + text },
  ]);
}

function printBlock(
  { isMap, head, blankAfterHead, entries, tail }: BlockLayout,
  indent: number,
): readonly Line[] {
  return [
    ...withoutFirstBlank(printOwn(head, indent)),
    ...(blankAfterHead ? [blankLine] : []),
    ...entries.flatMap((entry, index) => [
      ...(entry.blank && index > 0 ? [blankLine] : []),
      ...printLead(entry, indent),
      ...printEntry(entry, indent, isMap ? keyOf(entry) : '-'),
    ]),
    ...printOwn(tail, indent),
  ];
}

function printLead({ lead, blankAfterLead }: Entry, indent: number): readonly Line[] {
  return [...withoutFirstBlank(printOwn(lead, indent)), ...(blankAfterLead ? [blankLine] : [])];
}

/** Prints an entry behind its `mark`: a key with its colon, a dash, or an empty text. */
function printEntry(entry: Entry, indent: number, mark: string): readonly Line[] {
  const { value, headComment, inner, comment } = entry;
  const below = indent + step;
  const start = blanks(indent) + mark;
  if (value.type === 'block') {
    const nested = [...printOwn(inner, below), ...printBlock(value, below)];
    if (mark === '-' && isCompact(entry, value)) return behind(`${start} `, nested);
    return [{ text: [start, ...value.properties].join(' '), ...commented(headComment) }, ...nested];
  }
  const isAlone = headComment !== undefined || inner.length > 0 || (mark.endsWith(':') && isSpread(value));
  if (mark !== '' && isAlone) {
    const nested = noted(printValue(value, below, below), value, comment);
    return [
      { text: start, ...commented(headComment) },
      ...withoutFirstBlank(printOwn(inner, below)),
      ...behind(blanks(below), nested),
    ];
  }
  const lines = noted(printValue(value, mark === '-' ? below : indent, below), value, comment);
  const isNothing = lines[0]?.text === '';
  return behind(mark === '' || isNothing ? start : `${start} `, lines);
}

/** Puts a text before the first line; the other lines stay. */
function behind(start: string, [first, ...rest]: readonly Line[]): readonly Line[] {
  return [{ ...first, text: start + (first?.text.replace(/^ +/, '') ?? '') }, ...rest];
}

/** Returns the key with its colon. After an alias comes a space, since the colon would be read as part of the alias. */
function keyOf({ key = '', hasColon }: Entry): string {
  if (!hasColon) return key;
  return /(?:^| )\*\S+$/.test(key) ? `${key} :` : `${key}:`;
}

/** Returns true if a collection in a list may start behind the dash. */
function isCompact({ headComment, inner }: Entry, { properties, head, entries }: BlockLayout): boolean {
  const isBare = headComment === undefined && inner.length + properties.length + head.length === 0;
  return isBare && entries[0]?.lead.length === 0;
}

function isSpread(value: Layout): boolean {
  return value.type === 'flow' && value.isSpread;
}

/**
 * Returns a value whose first line isn't indented. Its closing bracket stands at `indent`, lines of a text at
 * `hanging`.
 */
function printValue(value: Layout, indent: number, hanging: number): readonly Line[] {
  const properties = value.properties.join(' ');
  const before = properties === '' ? '' : `${properties} `;
  switch (value.type) {
    case 'empty':
      return [{ text: properties }];
    case 'scalar':
      return behind(before, printScalar(value.text, blanks(hanging)));
    case 'block-scalar':
      return behind(before, printBlockScalar(value, blanks(hanging)));
    case 'flow':
      return value.isSpread ? printSpread(value, before, indent) : [{ text: before + inOneLine(value) }];
    case 'block':
      return printBlock(value, indent);
  }
}

/** Returns a collection in brackets, one entry a line. */
function printSpread(
  { isMap, comment, entries, tail }: FlowLayout,
  before: string,
  indent: number,
): readonly Line[] {
  const [open, close] = brackets(isMap);
  const below = indent + step;
  const printed = entries.flatMap((entry, index) => {
    const lines = printEntry(entry, below, entry.key === undefined ? '' : keyOf(entry));
    return [
      ...(entry.blank && index > 0 ? [blankLine] : []),
      ...printLead(entry, below),
      ...(index < entries.length - 1 ? withComma(lines) : lines),
    ];
  });
  return [
    { text: before + open, ...commented(comment) },
    ...printed,
    ...printOwn(tail, below),
    { text: blanks(indent) + close },
  ];
}

function inOneLine({ isMap, entries }: FlowLayout): string {
  const [open, close] = brackets(isMap);
  const inside = entries.map((entry) => {
    const { value } = entry;
    const mark = entry.key === undefined ? '' : keyOf(entry);
    const text = printValue(value, 0, 0)
      .map((line) => line.text)
      .join(' ');
    return mark === '' ? text : text === '' && !entry.hasColon ? mark : `${mark} ${text}`;
  });
  return open + inside.join(', ') + close;
}

function brackets(isMap: boolean): readonly [open: string, close: string] {
  return isMap ? ['{', '}'] : ['[', ']'];
}

function withComma(lines: readonly Line[]): readonly Line[] {
  return lines.map((line, index) => (index === lines.length - 1 ? { ...line, text: `${line.text},` } : line));
}

/**
 * Adds a comment behind a value: on its last line, or on the first line of a block text, whose later lines can't hold a
 * comment.
 */
function noted(lines: readonly Line[], value: Layout, comment: string | undefined): readonly Line[] {
  const at = value.type === 'block-scalar' ? 0 : lines.length - 1;
  return lines.map((line, index) => (index === at ? { ...line, ...commented(comment) } : line));
}

function commented(comment: string | undefined): Pick<Line, 'comment'> {
  return comment === undefined ? {} : { comment };
}

function withoutFirstBlank(lines: readonly Line[]): readonly Line[] {
  return lines[0] === blankLine ? lines.slice(1) : lines;
}

function blanks(count: number): string {
  return ' '.repeat(count);
}
