/** What happens to an object; `replace` is one that was changed by hand and is written again. */
export type ObjectOperation = 'create' | 'update' | 'replace' | 'delete' | 'adopt' | 'release' | 'conflict';

/** How many objects each operation touches. */
export type Counts = Readonly<Record<ObjectOperation, number>>;
