import type { Clock } from '../../../ports/clock.ts';
import type { Cluster } from '../../../ports/cluster.ts';
import type { Compression } from '../../../ports/compression.ts';
import type { Target } from '../../targets/target.ts';
import type { InventorySettings } from './inventory-parent.ts';

/** A cluster with the inventory that a driver writes there. */
export interface ClusterPlace extends InventorySettings {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly compression: Compression;
  readonly target: Pick<Target, 'owns' | 'order' | 'podTrust' | 'statusGroups'>;
}
