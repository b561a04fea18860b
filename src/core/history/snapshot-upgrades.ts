/** JSON of a snapshot in any format version. */
export type StoredSnapshot = Readonly<Record<string, unknown>> & { readonly formatVersion: string };

/** Returns a snapshot of the format 1.n in the shape of the format 1.(n + 1). */
export type SnapshotUpgrade = (stored: StoredSnapshot) => StoredSnapshot;

/**
 * The upgrades from 1.0 on, in order. If a field of the linked mesh, an artifact or a proxy becomes required, it needs
 * an upgrade, because outputs hold snapshots without the field.
 */
export const snapshotUpgrades: readonly SnapshotUpgrade[] = [];

/** The format that snapshots are written in. */
export const snapshotFormat = `1.${snapshotUpgrades.length}`;
