import type { Ir } from '../../../ir/ir.ts';
import type { Affinity, Locality, Settings } from '../../../ir/settings.ts';
import { duration } from '../../kubernetes-objects/duration.ts';
import type { ConsistentHash, LoadBalancer, LocalitySetting } from '../crds/parts.ts';

/**
 * Returns the algorithm and the preferred places: none unless the spec asks for them, although Istio prefers near ones
 * by default.
 */
export function loadBalancer(ir: Ir, { loadBalancing, locality }: Settings): LoadBalancer {
  const { algorithm, affinity } = loadBalancing;
  const localityLbSetting = localitySetting(ir, locality);
  switch (algorithm) {
    case 'round-robin':
      return { simple: 'ROUND_ROBIN', localityLbSetting };
    case 'least-request':
      return { simple: 'LEAST_REQUEST', localityLbSetting };
    case 'random':
      return { simple: 'RANDOM', localityLbSetting };
    case 'ring-hash':
    case 'maglev': {
      // Without a hash key the proxy chooses at random for each request.
      if (affinity === undefined) return { simple: 'RANDOM', localityLbSetting };
      const table =
        algorithm === 'maglev' ? { maglev: { tableSize: 65_537 } } : { ringHash: { minimumRingSize: 1024 } };
      return { consistentHash: { ...hashed(affinity), ...table }, localityLbSetting };
    }
  }
}

function hashed(affinity: Affinity): ConsistentHash {
  switch (affinity.type) {
    case 'cookie':
      return {
        httpCookie: {
          name: affinity.name,
          path: affinity.path ?? '/',
          // Without a lifetime the cookie ends with the browser's session.
          ttl: affinity.ttl === 0 ? '0s' : duration(affinity.ttl),
        },
      };
    case 'header':
      return { httpHeaderName: affinity.name };
    case 'query':
      return { httpQueryParameterName: affinity.name };
    case 'sourceAddress':
      return { useSourceIp: true };
  }
}

/** Labels that must be equal, from the farthest to the nearest. */
const nearness: Readonly<Record<Locality['prefer'], readonly string[]>> = {
  none: [],
  'same-zone': ['topology.istio.io/cluster', 'topology.kubernetes.io/zone'],
  'same-region': ['topology.kubernetes.io/region'],
  'same-cluster': ['topology.istio.io/cluster'],
};

function localitySetting(ir: Ir, locality: Locality | undefined): LocalitySetting {
  if (locality === undefined) return { enabled: false };
  const failover = regionFailover(ir, locality);
  if (failover.length > 0) return { enabled: true, failover };
  const failoverPriority = nearness[locality.prefer];
  return failoverPriority.length === 0 ? { enabled: false } : { enabled: true, failoverPriority };
}

/** Returns a failover between clusters as one between their regions, the only one that Istio has. */
function regionFailover(ir: Ir, { failover }: Locality): NonNullable<LocalitySetting['failover']> {
  const pairs = failover.flatMap(({ from, to }) => {
    const [here, there] = [ir.clusters[from]?.region, ir.clusters[to]?.region];
    return here === undefined || there === undefined || here === there ? [] : [{ from: here, to: there }];
  });
  return [...new Map(pairs.map((pair) => [JSON.stringify(pair), pair])).values()];
}
