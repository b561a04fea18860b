/** JSON of a snapshot in the shape of some format. */
export type StoredSnapshot = Readonly<Record<string, unknown>> & { readonly formatVersion: string };

/** Returns a snapshot of the format 1.n in the shape of the format 1.(n + 1). */
export type SnapshotUpgrade = (stored: StoredSnapshot) => StoredSnapshot;

/**
 * The upgrades from 1.0 on, in order. A field that becomes required in anything that a snapshot holds (the linked mesh,
 * artifacts, proxies) needs one, because snapshots without the field lie in outputs.
 */
export const snapshotUpgrades: readonly SnapshotUpgrade[] = [];

/** The format that snapshots are written in. */
export const snapshotFormat = `1.${snapshotUpgrades.length}`;
