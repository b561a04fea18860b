import { setCookie } from '../../../ir/set-cookie.ts';
import type { Artifact } from '../../artifact.ts';
import { consulProtocol, type Lowering, type NamedPort, namedPorts } from '../context.ts';
import type { ServiceSplitterSpec } from '../crds/consul.gen.ts';
import { entry } from '../entry.ts';
import { portRoutes } from './port-routes.ts';
import { type Share, splitName } from './shares.ts';

/** Returns the router of each HTTP port, and a splitter for each division of its requests. */
export function routers(lowering: Lowering): readonly Artifact[] {
  const { options } = lowering;
  return namedPorts(lowering)
    .filter(({ port }) => port.http)
    .flatMap((own) => {
      const { service, port, name } = own;
      const { routes, splits } = portRoutes(own, lowering);
      const head = {
        namespace: service.namespace,
        from: `Service/${service.id}`,
        origins: [
          service.origin,
          ...(port.route.implicit ? [] : port.route.rules.map(({ origin }) => origin)),
        ],
      };
      return [
        ...splits.flatMap((shares) => splitEntries(own, shares, head, lowering)),
        entry({ kind: 'ServiceRouter', ...head, name, spec: { routes } }, options),
      ];
    });
}

function splitEntries(
  own: NamedPort,
  shares: readonly Share[],
  head: { readonly namespace: string; readonly from: string; readonly origins: Artifact['origins'] },
  { options }: Lowering,
): readonly Artifact[] {
  const name = splitName(own, shares);
  const protocol = consulProtocol(own.port);
  return [
    entry({ kind: 'ServiceDefaults', ...head, name, spec: { protocol } }, options),
    entry({ kind: 'ServiceSplitter', ...head, name, spec: { splits: shares.map(splitOf) } }, options),
  ];
}

function splitOf({
  service,
  serviceSubset,
  session,
  hundredths,
}: Share): NonNullable<ServiceSplitterSpec['splits']>[number] {
  return {
    weight: hundredths / 100,
    service,
    ...(serviceSubset !== undefined && { serviceSubset }),
    ...(session !== undefined && { responseHeaders: { add: { 'set-cookie': setCookie(session) } } }),
  };
}
