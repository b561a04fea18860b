import type { ObjectOperation } from '../core/revision/object-operation.ts';

/** The mark of each operation before the name of its object. */
export const operationMarks: Readonly<Record<ObjectOperation, string>> = {
  create: '+',
  update: '~',
  replace: '~',
  delete: '-',
  adopt: '<',
  release: '>',
  conflict: '!',
};
