import type { Ir } from '../../ir/ir.ts';
import type { Instance, Service } from '../../ir/service.ts';

/** The location of a proxy, as far as locality settings use it. */
export interface Place {
  readonly cluster: string | undefined;
  readonly zone: string | undefined;
}

/** The place of a proxy whose location is unknown. */
export const nowhere: Place = { cluster: undefined, zone: undefined };

export function placeOf(instance: Instance): Place {
  return { cluster: instance.cluster, zone: instance.zone };
}

/** Returns true if the caller's location decides which instances it prefers. */
export function usesPlace(service: Service): boolean {
  const locality = service.settings.locality;
  return locality !== undefined && (locality.prefer !== 'none' || locality.failover.length > 0);
}

/** Returns a name for files that is different for different places. */
export function placeName({ cluster, zone }: Place): string {
  return `${cluster ?? ''}.${zone ?? ''}`;
}

export function regionOf(ir: Ir, { cluster }: Place): string | undefined {
  return cluster === undefined ? undefined : ir.clusters[cluster]?.region;
}
