/** Adds items to the end of a list. Spreading them into `push` would overflow the stack at a hundred thousand items. */
export function append<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item);
}
