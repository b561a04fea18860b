import type { Ir } from '../../ir/ir.ts';
import type { Instance, Service } from '../../ir/service.ts';

/** The location of a proxy, as far as locality settings look at it. */
export interface Place {
  readonly cluster: string | undefined;
  readonly zone: string | undefined;
}

/** The place of what says nothing about where it runs. */
export const nowhere: Place = { cluster: undefined, zone: undefined };

export function placeOf(instance: Instance): Place {
  return { cluster: instance.cluster, zone: instance.zone };
}

/** Returns true if the caller's location decides which instances it prefers. */
export function usesPlace(service: Service): boolean {
  const locality = service.settings.locality;
  return locality !== undefined && (locality.prefer !== 'none' || locality.failover.length > 0);
}

/** A name for files, apart for places apart. */
export function placeName({ cluster, zone }: Place): string {
  return `${cluster ?? ''}.${zone ?? ''}`;
}

export function regionOf(ir: Ir, { cluster }: Place): string | undefined {
  return cluster === undefined ? undefined : ir.clusters[cluster]?.region;
}
