import type { BlockScalarLayout } from './layout.ts';
import type { Line } from './line.ts';

/** Returns a plain or quoted text. Lines after the first stand at `indent`; their own indentation has no meaning. */
export function printScalar(text: string, indent: string): readonly Line[] {
  const lines = text.split('\n');
  return lines.map((line, index) => {
    const isLast = index === lines.length - 1;
    // Blanks around a line break inside the text aren't part of the value, unless one of them is escaped.
    const kept = isLast || /\\[ \t]*$/.test(line) ? line : line.replace(/[ \t]+$/, '');
    if (index === 0) return { text: kept, isVerbatim: true };
    const own = kept.replace(/^[ \t]+/, '');
    return { text: own === '' ? '' : indent + own, isVerbatim: true };
  });
}

/** Returns a literal or folded text whose lines stand at `indent`. */
export function printBlockScalar(
  { header, text, outer }: BlockScalarLayout,
  indent: string,
): readonly Line[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const digit = /[1-9]/.exec(header)?.[0];
  const first = lines.find((line) => /[^ ]/.test(line)) ?? '';
  const before = digit === undefined ? first.length - first.replace(/^ +/, '').length : outer + Number(digit);
  const body = lines.map((line) =>
    /^ *$/.test(line.slice(0, before + 1)) && line.length <= before ? '' : indent + line.slice(before),
  );
  const isKept = header.includes('+');
  return [
    { text: header.replace(/[1-9]/, '2') },
    ...body.map((line, index) => ({
      text: line,
      isVerbatim: true,
      ...(isKept && index === body.length - 1 && { isOpen: true }),
    })),
  ];
}
