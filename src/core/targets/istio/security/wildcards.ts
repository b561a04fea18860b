/**
 * Values as Istio's policies spell them: `abc*` begins, `*abc` ends, `*` is any that is not empty; there is no escape,
 * so what itself begins or ends with a star can't be said.
 */

/** Returns a value that takes this text alone; undefined if Istio would read a wildcard in it, or drop it. */
export function exactly(text: string): string | undefined {
  return text === '' || text.startsWith('*') || text.endsWith('*') ? undefined : text;
}

/** A value that takes what begins so. */
export function beginning(prefix: string): string | undefined {
  return prefix.startsWith('*') ? undefined : `${prefix}*`;
}

/** A value that takes what ends so. */
export function ending(suffix: string): string {
  return `*${suffix}`;
}

/** Any text that is there. */
export const present = '*';
