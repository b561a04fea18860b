/** The operation on an object; `replace` writes an object again that was changed by hand. */
export type ObjectOperation = 'create' | 'update' | 'replace' | 'delete' | 'adopt' | 'release' | 'conflict';

/** Number of objects of each operation. */
export type Counts = Readonly<Record<ObjectOperation, number>>;
