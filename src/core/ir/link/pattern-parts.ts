/**
 * Returns the parts of an RE2 expression: quoted text, classes, escapes, the openings of groups, and other characters.
 */
export function patternParts(pattern: string): readonly string[] {
  return [...pattern.matchAll(part)].map(([text]) => text);
}

/** One item of a class in brackets: a named class, an escape, a character, or a range between two characters. */
export interface ClassItem {
  readonly text: string;
  readonly from: string;
  readonly to?: string;
}

/** Returns the items of a class; `body` is the text between `[` or `[^` and `]`. */
export function classItems(body: string): readonly ClassItem[] {
  return [...body.matchAll(items)].map(([text, from = '', to]) => ({
    text,
    from,
    ...(to !== undefined && { to }),
  }));
}

const part =
  /\\Q[^]*?(?:\\E|$)|\[\^?\]?(?:\[:\^?\w+:\]|\\[^]|[^\]\\])*\]|\\(?:[pP]\{[^}]*\}|[pP][^]|x\{[^}]*\}|x[0-9A-Fa-f]{2}|[0-7]{1,3}|[^])|\(\?[^:)>]*[:)>]|[^]/gu;

const items =
  /(\[:\^?\w+:\]|\\(?:[pP]\{[^}]*\}|[pP][^]|x\{[^}]*\}|x[0-9A-Fa-f]{2}|[0-7]{1,3}|[^])|[^])(?:-(?!$)(\[:\^?\w+:\]|\\(?:[pP]\{[^}]*\}|[pP][^]|x\{[^}]*\}|x[0-9A-Fa-f]{2}|[0-7]{1,3}|[^])|[^]))?/gu;
