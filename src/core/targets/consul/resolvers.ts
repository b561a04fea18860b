import type { LoadBalancing } from '../../ir/settings.ts';
import type { Artifact } from '../artifact.ts';
import { duration } from '../kubernetes-objects/duration.ts';
import { type Lowering, namedPorts } from './context.ts';
import type { ServiceResolverSpec } from './crds/consul.gen.ts';
import { emptySubset } from './empty-subset.ts';
import { entry } from './entry.ts';
import { streamSubset } from './routes/streams.ts';

type LoadBalancer = NonNullable<ServiceResolverSpec['loadBalancer']>;

/** Returns the resolver of each port: its versions as subsets, and the way in which its instances are picked. */
export function resolvers(lowering: Lowering): readonly Artifact[] {
  const { options } = lowering;
  return namedPorts(lowering).map(({ service, port, name }) => {
    const { connections, loadBalancing } = service.settings;
    const chosen = port.http ? undefined : streamSubset(service, port).subset;
    return entry(
      {
        kind: 'ServiceResolver',
        namespace: service.namespace,
        name,
        from: `Service/${service.id}`,
        origins: [service.origin],
        spec: {
          connectTimeout: duration(connections.connectTimeout),
          ...(chosen !== undefined && { defaultSubset: chosen }),
          subsets: {
            ...Object.fromEntries(
              service.versions.map((version) => [
                version.name,
                { filter: `Service.Meta.${options.versionMeta} == "${version.name}"` },
              ]),
            ),
            [emptySubset(service)]: { filter: 'Service.ID == ""' },
          },
          loadBalancer: loadBalancer(loadBalancing),
        },
      },
      options,
    );
  });
}

function loadBalancer({ algorithm, affinity }: LoadBalancing): LoadBalancer {
  const policy = algorithm.replace('-', '_');
  if (affinity === undefined) return { policy };
  switch (affinity.type) {
    case 'cookie': {
      const { name, ttl, path } = affinity;
      const life = ttl === 0 ? { session: true } : { ttl: duration(ttl) };
      const cookieConfig = { ...life, path: path ?? '/' };
      return { policy, hashPolicies: [{ field: 'cookie', fieldValue: name, cookieConfig }] };
    }
    case 'header':
      return { policy, hashPolicies: [{ field: 'header', fieldValue: affinity.name }] };
    case 'query':
      return { policy, hashPolicies: [{ field: 'query_parameter', fieldValue: affinity.name }] };
    case 'sourceAddress':
      return { policy, hashPolicies: [{ sourceIP: true }] };
  }
}
