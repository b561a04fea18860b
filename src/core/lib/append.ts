/** Adds items to the end of a list, however many: as arguments of `push`, a hundred thousand end the stack. */
export function append<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item);
}
