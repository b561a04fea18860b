import { PortError } from '../../ports/port-error.ts';
import { exit } from '../exit-code.ts';
import { decodeSnapshot, type Snapshot, type StoredRevision } from './snapshot.ts';
import { type StoredSnapshot, snapshotUpgrades } from './snapshot-upgrades.ts';

/**
 * Returns a stored snapshot in the current format. The first of `upgrades` is from format 1.0 to 1.1. Throws
 * PortError(1) if this `mesh` doesn't know the format.
 */
export function upgradeSnapshot(file: string, stored: StoredSnapshot, upgrades = snapshotUpgrades): Snapshot {
  const { formatVersion } = stored;
  const format = Number(/^1\.(\d+)$/.exec(formatVersion)?.[1] ?? Number.NaN);
  if (!(format <= upgrades.length)) {
    throw new PortError(
      `${file} has format ${formatVersion}: a mesh that writes format ${formatVersion} is needed to go on`,
      exit.failed,
    );
  }
  const upgraded = upgrades.slice(format).reduce((snapshot, upgrade) => upgrade(snapshot), stored);
  return decodeSnapshot({
    ...upgraded,
    formatVersion: `1.${upgrades.length}`,
  } as unknown as StoredRevision);
}
