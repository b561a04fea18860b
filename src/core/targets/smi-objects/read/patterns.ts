/**
 * Returns a pattern of whole values for a pattern that a mesh searches in a value: `a` becomes `.*a.*`, `^a` becomes `a.*`.
 * Undefined if an anchor stands in the middle or holds for one alternative alone (`^a|b`).
 */
export function searchPattern(written: string): string | undefined {
  const begins = written.startsWith('^');
  const ends = /(?:^|[^\\])(?:\\\\)*\$$/.test(written);
  const inner = written.slice(begins ? 1 : 0, ends ? -1 : undefined);
  const { hasAnchor, hasAlternatives } = partsOf(inner);
  if (hasAnchor) return undefined;
  if (!hasAlternatives) return `${begins ? '' : '.*'}${inner}${ends ? '' : '.*'}`;
  return begins || ends ? undefined : `.*(?:${inner}).*`;
}

/** Looks for anchors anywhere, and for alternatives outside of groups. */
function partsOf(pattern: string): { readonly hasAnchor: boolean; readonly hasAlternatives: boolean } {
  let depth = 0;
  let isInClass = false;
  let hasAnchor = false;
  let hasAlternatives = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at];
    if (character === '\\') {
      // `\A` and `\z` are anchors, and `\Q` begins a quote, which this function doesn't read.
      hasAnchor ||= /[AzQ]/.test(pattern[at + 1] ?? '');
      at += 1;
    } else if (isInClass) isInClass = character !== ']';
    else if (character === '[') isInClass = true;
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === '^' || character === '$') hasAnchor = true;
    else if (character === '|' && depth === 0) hasAlternatives = true;
  }
  return { hasAnchor, hasAlternatives };
}
