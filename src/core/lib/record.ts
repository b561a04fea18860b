import { bareObject } from './bare-object.ts';

/** A map by names that users choose: without a prototype, so that `constructor` is only ever what they wrote. */
export function record<T>(entries: Iterable<readonly [string, T]>): Readonly<Record<string, T>> {
  const map = bareObject<T>();
  for (const [key, value] of entries) map[key] = value;
  return map;
}
