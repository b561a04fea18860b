import type { PathMatch } from '../../ir/match.ts';
import { quoteRegex } from '../../lib/quote-regex.ts';

/** A path element that no server reads as another one: no dots alone or with parameters, no encoded or backward slash. */
const element = '\\.*[^./%;\\\\][^/%\\\\]*';

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
      return `^${quoteRegex(value)}(/${element})*/?$`;
    case 'startsWith':
      // After dots alone, more dots would complete a dot segment.
      if (/\/\.+$/.test(value)) return undefined;
      return value.endsWith('/')
        ? `^${quoteRegex(value)}(${element}(/${element})*/?)?$`
        : `^${quoteRegex(value)}[^/%\\\\]*(/${element})*/?$`;
    case 'regex':
      return plainPattern.test(value) ? `^(${value})$` : undefined;
  }
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
