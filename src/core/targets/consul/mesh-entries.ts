import type { Artifact } from '../artifact.ts';
import type { Lowering } from './context.ts';
import { entry } from './entry.ts';
import { isOpenWithoutIdentity } from './service-defaults.ts';

/** Returns the entries that hold for the whole mesh; Consul fixes their names. */
export function meshEntries({ ir, options }: Lowering): readonly Artifact[] {
  const head = { namespace: options.systemNamespace, from: `Mesh/${ir.name}`, origins: [ir.origin] };
  const permissive =
    options.mode === 'kubernetes' &&
    Object.values(ir.services).some((service) =>
      service.ports.some((port) => isOpenWithoutIdentity(service, port)),
    );
  return [
    entry(
      {
        kind: 'Mesh',
        ...head,
        name: 'mesh',
        spec: {
          ...(permissive && { allowEnablingPermissiveMutualTLS: true }),
          transparentProxy: { meshDestinationsOnly: ir.egress === 'deny' },
          http: {
            incoming: {
              requestNormalization: {
                insecureDisablePathNormalization: false,
                mergeSlashes: true,
                pathWithEscapedSlashesAction: 'REJECT_REQUEST',
              },
            },
          },
        },
      },
      options,
    ),
    entry(
      {
        kind: 'ProxyDefaults',
        ...head,
        name: 'global',
        // Without these the proxy of a server ends a request after 15 seconds, and a silent stream after five minutes.
        spec: { config: { local_request_timeout_ms: 0, local_idle_timeout_ms: 0 } },
      },
      options,
    ),
  ];
}
