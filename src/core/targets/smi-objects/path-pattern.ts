import type { PathMatch } from '../../ir/match.ts';
import { literalOfPattern } from '../../lib/literal-of-pattern.ts';
import { quoteRegex } from '../../lib/quote-regex.ts';
import { normalisePath } from '../../semantics/normalise-path.ts';

/** A path element that no server reads as another one: no dots alone or with parameters, no encoded or backward slash. */
const element = '\\.*[^./%;\\\\][^/%\\\\]*';

/** The endings of patterns that take all paths below a path, or all that start with it. */
const endings = {
  below: `(/${element})*/?`,
  belowSlash: `(${element}(/${element})*/?)?`,
  start: `[^/%\\\\]*(/${element})*/?`,
} as const;

/** A pattern of a path of one or more such elements, with characters that need no decoding. */
const plainPattern = /^(?:\/(?:(?:[\w-]|\\[dw]|\[[\w-]+\]|\((?:\?:)?[\w-]+(?:\|[\w-]+)*\))\+?)+)+\/?$/;

/**
 * Returns a pattern for access that matches only paths which the condition matches, or undefined if there is none.
 * Meshes of SMI compare the path as sent, so the pattern leaves out dot segments, doubled slashes and encoded
 * characters. It is anchored, because SMI doesn't say if a pattern matches a part of a path.
 */
export function accessPattern({ type, value }: PathMatch): string | undefined {
  switch (type) {
    case 'exact':
      return `^${quoteRegex(value)}$`;
    case 'prefix':
      return `^${quoteRegex(value)}${endings.below}$`;
    case 'startsWith':
      // After dots alone, more dots would complete a dot segment.
      if (/\/\.+$/.test(value)) return undefined;
      return value.endsWith('/')
        ? `^${quoteRegex(value)}${endings.belowSlash}$`
        : `^${quoteRegex(value)}${endings.start}$`;
    case 'regex':
      if (isOwn(value)) return `^${value}$`;
      return plainPattern.test(value) ? `^(${value})$` : undefined;
  }
}

/** Returns true for a pattern that this file makes of another condition, such as one that an import read. */
function isOwn(regex: string): boolean {
  return Object.values(endings).some((ending) => {
    if (!regex.endsWith(ending)) return false;
    const value = literalOfPattern(regex.slice(0, -ending.length));
    if (value === undefined || normalisePath(value || '/') !== (value || '/')) return false;
    const type = ending === endings.below ? 'prefix' : 'startsWith';
    return accessPattern({ type, value }) === `^${regex}$`;
  });
}

/** Returns a pattern for the condition of a split. */
export function routePattern({ type, value }: PathMatch): string {
  switch (type) {
    case 'exact':
      return `^${quoteRegex(value)}$`;
    case 'prefix':
      return `^${quoteRegex(value)}(/.*)?$`;
    case 'startsWith':
      return `^${quoteRegex(value)}.*$`;
    case 'regex':
      return `^(${value})$`;
  }
}
