import { bareObject } from './bare-object.ts';

/**
 * Returns a map by names that users choose. It has no prototype: an inherited name such as `constructor` is not in it.
 */
export function record<T>(entries: Iterable<readonly [string, T]>): Readonly<Record<string, T>> {
  const map = bareObject<T>();
  for (const [key, value] of entries) map[key] = value;
  return map;
}
