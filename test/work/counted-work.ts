/** Methods that visit their whole array in the worst case. */
const arrayMethods = [
  Symbol.iterator,
  'concat',
  'every',
  'filter',
  'find',
  'findIndex',
  'findLast',
  'flatMap',
  'forEach',
  'includes',
  'indexOf',
  'map',
  'reduce',
  'some',
] as const;

type Method = (...args: readonly unknown[]) => unknown;

/**
 * Counts the work of an action: the items of every array that it iterates, searches or copies, the properties that it
 * lists, and the characters that it cuts out of texts. The same action has the same count on every machine.
 */
export function countedWork(action: () => unknown): number {
  let count = 0;
  const undo: (() => void)[] = [];
  const wrap = (owner: object, name: PropertyKey, size: (self: unknown, result: unknown) => number): void => {
    const descriptor = Object.getOwnPropertyDescriptor(owner, name);
    const original = descriptor?.value as Method;
    undo.push(() => Object.defineProperty(owner, name, descriptor ?? {}));
    const counting = function (this: unknown, ...args: readonly unknown[]): unknown {
      const result: unknown = Reflect.apply(original, this, args);
      count += size(this, result);
      return result;
    };
    Object.defineProperty(owner, name, { ...descriptor, value: counting });
  };
  const lengthOf = (value: unknown): number => (value as { readonly length: number }).length + 1;
  for (const name of arrayMethods) wrap(Array.prototype, name, lengthOf);
  wrap(Array.prototype, 'slice', (_, result) => lengthOf(result));
  for (const name of ['keys', 'values', 'entries']) wrap(Object, name, (_, result) => lengthOf(result));
  wrap(String.prototype, 'slice', (_, result) => lengthOf(result));
  try {
    action();
  } finally {
    for (const one of undo.reverse()) one();
  }
  return count;
}
