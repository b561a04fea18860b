import type { Ir } from '../../../ir/ir.ts';
import { mtlsOf, type PortTls, type Service } from '../../../ir/service.ts';
import type { Json, ObjectArtifact } from '../../artifact.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import type { Limit } from '../../target.ts';
import type { ConfigPatch } from '../crds/parts.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { envoyFilter, typed } from './envoy-filter.ts';

/** The file of certificate authorities in the images of Istio's proxies. */
const systemCertificates = '/etc/ssl/certs/ca-certificates.crt';

/** Returns the TLS that sidecars start with applications that speak TLS themselves, one object for each service. */
export function applicationTls(ir: Ir, { mode }: LoweringOptions): readonly ObjectArtifact[] {
  if (mode === 'ambient') return [];
  return Object.values(ir.services).flatMap((service) => {
    const patches = patchesOf(service);
    if (patches.length === 0) return [];
    return [
      envoyFilter({
        namespace: service.namespace,
        name: objectName('application-tls', service.name),
        from: `Service/${service.id}`,
        origins: [service.origin, ...service.ports.flatMap(({ tls }) => (tls ? [tls.origin] : []))],
        reason: 'Istio has no setting by which a sidecar starts TLS to its application',
        labels: service.workload.labels,
        patches,
      }),
    ];
  });
}

/** Returns the limits of applications that speak TLS. */
export function applicationTlsLimits(ir: Ir): readonly Limit[] {
  return Object.values(ir.services).flatMap((service) =>
    service.ports.flatMap((port): readonly Limit[] => {
      const { tls } = port;
      if (tls === undefined) return [];
      const limit = {
        feature: 'service.tls',
        callers: 'calls to that port fail with 503',
        origin: tls.origin,
      } as const;
      if (mtlsOf(service, port) === 'disabled')
        return [
          {
            ...limit,
            reason: 'a sidecar of Istio reads requests where nobody has an identity, and can not read TLS',
          },
        ];
      return tls.ca?.type === 'secret'
        ? [
            {
              ...limit,
              reason: 'a sidecar of Istio is handed no Secret for its own application; name a file instead',
            },
          ]
        : [];
    }),
  );
}

/**
 * Returns the patches of a service. A proxy has one cluster for each port of the application, whichever services have
 * the port.
 */
function patchesOf(service: Service): readonly ConfigPatch[] {
  return service.ports.flatMap((port): readonly ConfigPatch[] => {
    if (port.tls === undefined || mtlsOf(service, port) === 'disabled' || port.tls.ca?.type === 'secret')
      return [];
    const alpn = port.http ? [port.protocol === 'http' ? 'http/1.1' : 'h2'] : [];
    return [
      {
        applyTo: 'CLUSTER',
        match: { context: 'SIDECAR_INBOUND', cluster: { portNumber: port.targetPort } },
        patch: {
          operation: 'MERGE',
          value: {
            transport_socket: { name: 'envoy.transport_sockets.tls', typed_config: upstream(port.tls, alpn) },
          },
        },
      },
    ];
  });
}

function upstream({ sni, subjectAltNames, ca }: PortTls, alpn: readonly string[]): Json {
  return typed('envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext', {
    sni,
    common_tls_context: {
      // Envoy's own clients stop at TLS 1.2 by default.
      tls_params: { tls_minimum_protocol_version: 'TLSv1_2', tls_maximum_protocol_version: 'TLSv1_3' },
      ...(alpn.length > 0 && { alpn_protocols: alpn }),
      validation_context: {
        trusted_ca: { filename: ca?.name ?? systemCertificates },
        match_typed_subject_alt_names: subjectAltNames.map((exact) => ({
          san_type: 'DNS',
          matcher: { exact },
        })),
      },
    },
  });
}
