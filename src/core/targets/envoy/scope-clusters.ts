import type { Ir } from '../../ir/ir.ts';
import type { Origin } from '../../location.ts';
import { closedCluster } from './closed-cluster.ts';
import type { WantedCluster } from './cluster-set.ts';
import { unknownHostsCluster } from './dynamic-forward-proxy.ts';
import { endpointSets } from './endpoints.ts';
import { externalCluster } from './external-cluster.ts';
import { hopCluster } from './hop-cluster.ts';
import type { LoweringOptions } from './lowering-options.ts';
import type { Place } from './place.ts';
import { serviceCluster } from './service-cluster.ts';
import type { Fields } from './typed-config.ts';

/** A cluster with the places of the spec that it comes from. */
export interface PlacedCluster {
  readonly name: string;
  readonly cluster: Fields;
  readonly origins: readonly Origin[];
}

/** Returns the Cluster that was requested by this name; none for a service that doesn't exist. */
export function scopeCluster(
  ir: Ir,
  name: string,
  wanted: WantedCluster,
  place: Place,
  options: LoweringOptions,
): readonly PlacedCluster[] {
  switch (wanted.type) {
    case 'service': {
      const service = ir.services[wanted.service];
      const set = service && endpointSets(ir, service).find(({ cluster }) => cluster === name);
      if (service === undefined || set === undefined) return [];
      const instances =
        options.endpoints === 'files' ? [] : set.versions.flatMap((version) => version.instances ?? []);
      const origins = [
        service.origin,
        ...Object.values(service.settings.origins),
        ...instances.map(({ origin }) => origin),
      ];
      return [{ name, cluster: serviceCluster(ir, service, set, place, options), origins }];
    }
    case 'external': {
      const { external, port, host } = wanted;
      return [
        { name, cluster: externalCluster(name, external, port, host, options), origins: [external.origin] },
      ];
    }
    case 'hop':
      return [
        {
          name,
          cluster: hopCluster(ir, name, wanted),
          origins: [wanted.external.origin, wanted.gateway.origin],
        },
      ];
    case 'closed':
      return [
        { name, cluster: closedCluster(name), origins: [wanted.external.origin, wanted.gateway.origin] },
      ];
    case 'unknown-hosts':
      return [{ name, cluster: unknownHostsCluster(name), origins: [ir.origin] }];
  }
}
