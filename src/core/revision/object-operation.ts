/** The operation on an object; `replace` rewrites an object that was changed by hand. */
export type ObjectOperation = 'create' | 'update' | 'replace' | 'delete' | 'adopt' | 'release' | 'conflict';

/** The number of objects for each operation. */
export type Counts = Readonly<Record<ObjectOperation, number>>;
