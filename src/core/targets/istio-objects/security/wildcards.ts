/**
 * Values in the form of Istio's policies: `abc*` is a prefix, `*abc` a suffix, `*` any value that is not empty. There
 * is no escape, so a text that begins or ends with a star can't be expressed.
 */

/** Returns a value that matches only this text; undefined if Istio would read a wildcard in it, or drop it. */
export function exactly(text: string): string | undefined {
  return text === '' || text.startsWith('*') || text.endsWith('*') ? undefined : text;
}

/** Returns a value that matches texts with this prefix. */
export function beginning(prefix: string): string | undefined {
  return prefix.startsWith('*') ? undefined : `${prefix}*`;
}

/** Returns a value that matches texts with this suffix. */
export function ending(suffix: string): string {
  return `*${suffix}`;
}

/** A value that matches any text. */
export const present = '*';
