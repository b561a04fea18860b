import type { Ir } from '../../ir/ir.ts';
import type { Locality } from '../../ir/settings.ts';
import { type Place, regionOf } from './place.ts';

/**
 * Returns the distance of an instance from a caller under a locality setting. Instances at a lower distance get
 * requests first; the next distance gets requests only as far as those are unhealthy. Near instances come first, then
 * the clusters that `failover` names, then the rest.
 */
export function distance(ir: Ir, locality: Locality, caller: Place, instance: Place): number {
  const steps = nearness[locality.prefer];
  const near = steps.findIndex((isNear) => isNear(ir, caller, instance));
  if (near !== -1) return near;
  const targets = locality.failover.filter(({ from }) => from === caller.cluster).map(({ to }) => to);
  if (steps.length === 0 && targets.length > 0 && sameCluster(ir, caller, instance)) return 0;
  const failover = instance.cluster === undefined ? -1 : targets.indexOf(instance.cluster);
  return 1 + steps.length + (failover === -1 ? targets.length : failover);
}

type IsNear = (ir: Ir, caller: Place, instance: Place) => boolean;

const sameCluster: IsNear = (_ir, caller, instance) => caller.cluster === instance.cluster;

const sameZone: IsNear = (ir, caller, instance) =>
  caller.zone !== undefined && caller.zone === instance.zone && sameCluster(ir, caller, instance);

const sameRegion: IsNear = (ir, caller, instance) => {
  const region = regionOf(ir, caller);
  return sameCluster(ir, caller, instance) || (region !== undefined && region === regionOf(ir, instance));
};

/** Definitions of "near", from the nearest outwards; the setting chooses the list. */
const nearness: Readonly<Record<Locality['prefer'], readonly IsNear[]>> = {
  none: [],
  'same-zone': [sameZone, sameCluster],
  'same-cluster': [sameCluster],
  'same-region': [sameRegion],
};
