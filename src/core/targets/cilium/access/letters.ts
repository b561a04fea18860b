/** Visible ASCII in order: a path has no other characters (RFC 9112). */
const visible = Array.from({ length: 94 }, (_, index) => String.fromCharCode(0x21 + index));

/**
 * Returns a class of the visible characters except some, in as few ranges as it takes: Envoy counts each range of a
 * pattern.
 */
export function classWithout(excluded: Iterable<string>): string {
  const left = new Set(excluded);
  const ranges: [number, number][] = [];
  for (const one of visible.filter((letter) => !left.has(letter))) {
    const code = one.charCodeAt(0);
    const last = ranges.at(-1);
    if (last?.[1] === code - 1) last[1] = code;
    else ranges.push([code, code]);
  }
  return `[${ranges.map(([from, to]) => rangeOf(from, to)).join('')}]`;
}

function rangeOf(from: number, to: number): string {
  if (from === to) return escaped(from);
  return `${escaped(from)}${to === from + 1 ? '' : '-'}${escaped(to)}`;
}

function escaped(code: number): string {
  const one = String.fromCharCode(code);
  return /[\\\]^[-]/.test(one) ? `\\${one}` : one;
}
