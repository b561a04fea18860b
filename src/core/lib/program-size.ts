/**
 * Returns an upper bound of the number of instructions that RE2 compiles a regular expression to, in one pass over its
 * text. The bound follows RE2's compiler on bytes; a counted repetition copies its item, so nested repetitions
 * multiply. The result is meaningless if RE2 rejects the text.
 */
export function programSize(pattern: string): number {
  return new Scan(pattern).total();
}

/** Instructions around every program: start, failure, match and anchors. */
const frame = 6;

/** The most instructions that a loop adds to its body; only a body that can be empty needs all of them. */
const loop = 5;

/** The ranges of bytes in the largest class with a name: `\PS` has 16, `\W` 5. */
const unicodeRanges = 20;
const namedRanges = 5;

/** The most ranges of a set of bytes, including the range after its last byte. */
const mostRanges = 129;

/**
 * An open group: the sizes of its finished alternatives, of its current alternative, and of that alternative's last
 * item.
 */
interface Group {
  done: number;
  current: number;
  last: number;
  readonly isCapture: boolean;
  readonly foldsCase: boolean;
}

class Scan {
  private at = 0;
  private readonly pattern: string;
  private readonly groups: Group[] = [];
  private group: Group = { done: 0, current: 0, last: 0, isCapture: false, foldsCase: false };

  constructor(pattern: string) {
    this.pattern = pattern;
  }

  total(): number {
    while (this.at < this.pattern.length) this.item();
    while (this.groups.length > 0) this.close();
    return frame + finished(this.group);
  }

  private item(): void {
    const character = this.pattern[this.at];
    if (character === '(') this.open();
    else if (character === ')') this.close();
    else if (character === '|') this.alternative();
    else if (character === '*' || character === '+') this.repeat(this.group.last + loop, 1);
    else if (character === '?') this.repeat(this.group.last + 1, 1);
    else if (character === '{') this.count();
    else if (character === '[') this.add(this.set());
    else if (character === '\\') this.escape();
    else this.literal();
  }

  private add(size: number): void {
    this.group.current += size;
    this.group.last = size;
  }

  /** Replaces the last item by its repetition, whose operator has `length` characters and may be followed by `?`. */
  private repeat(size: number, length: number): void {
    this.at += length;
    if (this.pattern[this.at] === '?') this.at += 1;
    this.group.current += size - this.group.last;
    this.group.last = size;
  }

  private count(): void {
    counted.lastIndex = this.at;
    const match = counted.exec(this.pattern);
    if (match === null) {
      this.literal();
      return;
    }
    const [operator, least = '0', comma, most = ''] = match;
    const { last } = this.group;
    const min = Number(least);
    if (comma === undefined) this.repeat(Math.max(1, min * last), operator.length);
    else if (most === '') this.repeat(Math.max(1, min) * last + loop, operator.length);
    else this.repeat(min * last + Math.max(1, Number(most) - min) * (last + 1), operator.length);
  }

  private literal(): void {
    const point = this.pattern.codePointAt(this.at) ?? 0;
    this.at += point > 0xffff ? 2 : 1;
    if (point === 0x2e) this.add(2);
    else this.bytes(point);
  }

  /** Adds each byte of a character as an item: a repetition that follows applies to the last byte only. */
  private bytes(point: number): void {
    const size = point > 0x7f && this.group.foldsCase ? 2 : 1;
    for (let count = byteCount(point); count > 0; count -= 1) this.add(size);
  }

  private open(): void {
    opening.lastIndex = this.at;
    const [text = '(', flags, end] = opening.exec(this.pattern) ?? [];
    this.at += text.length;
    const { foldsCase: outer } = this.group;
    const [set = '', cleared = ''] = (flags ?? '').split('-');
    const foldsCase = set.includes('i') || (outer && !cleared.includes('i'));
    if (end === ')') {
      this.group = { ...this.group, foldsCase };
      return;
    }
    this.groups.push(this.group);
    this.group = { done: 0, current: 0, last: 0, isCapture: flags === undefined, foldsCase };
  }

  private close(): void {
    this.at += 1;
    const closed = this.group;
    const outer = this.groups.pop();
    if (outer === undefined) return;
    this.group = outer;
    this.add(finished(closed) + (closed.isCapture ? 2 : 0));
  }

  private alternative(): void {
    this.at += 1;
    this.group.done += Math.max(1, this.group.current) + 1;
    this.group.current = 0;
    this.group.last = 0;
  }

  private escape(): void {
    const next = this.pattern[this.at + 1] ?? '';
    if (next === 'Q') {
      const end = this.pattern.indexOf('\\E', this.at + 2);
      const text = this.pattern.slice(this.at + 2, end < 0 ? undefined : end);
      for (const character of text) this.bytes(character.codePointAt(0) ?? 0);
      this.at = end < 0 ? this.pattern.length : end + 2;
    } else {
      const ranges = this.escapedRanges();
      this.add(Math.max(1, ranges));
    }
  }

  /** Passes an escape sequence and returns the ranges that it stands for. */
  private escapedRanges(): number {
    escaped.lastIndex = this.at;
    const [text = '\\', unicode, perl] = escaped.exec(this.pattern) ?? [];
    this.at += text.length;
    if (unicode !== undefined) return unicodeRanges;
    return perl !== undefined ? namedRanges : 1;
  }

  /** Passes a set in brackets and returns the ranges of bytes in it. */
  private set(): number {
    let ranges = 1;
    this.at += this.pattern[this.at + 1] === '^' ? 2 : 1;
    for (let isFirst = true; this.at < this.pattern.length; isFirst = false) {
      const character = this.pattern[this.at];
      if (character === ']' && !isFirst) break;
      if (character === '\\') ranges += this.escapedRanges();
      else ranges += this.setItem();
    }
    this.at += 1;
    return Math.min(mostRanges, this.group.foldsCase ? ranges * 2 : ranges);
  }

  private setItem(): number {
    posixClass.lastIndex = this.at;
    const named = posixClass.exec(this.pattern)?.[0];
    const point = this.pattern.codePointAt(this.at) ?? 0;
    this.at += named?.length ?? (point > 0xffff ? 2 : 1);
    return named === undefined ? byteCount(point) : namedRanges;
  }
}

/** `{n}`, `{n,}` and `{n,m}`; other braces are characters. */
const counted = /\{(\d+)(,)?(\d*)\}/y;

/** The start of a group, with the flags of one that doesn't capture; `(?i)` has no content. */
const opening = /\((?:\?P?<[^>]*>|\?([a-zA-Z]*(?:-[a-zA-Z]*)?)([:)]))?/y;

const escaped = /\\(?:(p\{[^}]*\}|P\{[^}]*\}|[pP].)|([dDsSwW])|x\{[^}]*\}|x..|[0-7]{1,3}|[^])?/suy;

const posixClass = /\[:\^?[a-z0-9]+:\]/y;

function finished({ done, current }: Group): number {
  return done + Math.max(1, current);
}

function byteCount(point: number): number {
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
}
