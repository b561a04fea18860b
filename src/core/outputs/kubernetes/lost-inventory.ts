import type { FileChange } from '../../plan/plan.ts';
import { parentName } from './apply-set.ts';
import type { ClusterPlace } from './cluster-place.ts';

/**
 * Returns the conflict of a lost inventory; undefined if the user has allowed its reconstruction from labels (`adopt`).
 */
export function lostInventory(
  { inventory, namespace }: ClusterPlace,
  members: number,
  adopt: ReadonlySet<string>,
): readonly FileChange[] {
  const path = `core/ConfigMap/${namespace}/${parentName(inventory)}`;
  if (adopt.has(path)) return [];
  const why = `the inventory is gone, and ${members} objects carry its label: --adopt ${path} rebuilds it from them; objects that only the label shows to be ours are never deleted`;
  return [{ op: 'conflict', path, why }];
}
