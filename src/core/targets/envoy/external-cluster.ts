import type { External, ExternalPort } from '../../ir/external.ts';
import { isIpAddress } from '../../lib/ip-address.ts';
import { circuitBreakers } from './circuit-breakers.ts';
import { dns } from './dns.ts';
import { duration } from './duration.ts';
import { dynamicForwardProxy, namedByHost } from './dynamic-forward-proxy.ts';
import { loadBalancing } from './load-balancing.ts';
import type { LoweringOptions } from './lowering-options.ts';
import { outlierDetection } from './outlier-detection.ts';
import { protocolOptions } from './protocol-options.ts';
import { socketAddress } from './socket-address.ts';
import { extension, type Fields, typed } from './typed-config.ts';

/** Facts about the machine of a proxy. */
export type Machine = Pick<LoweringOptions, 'systemCertificates'>;

/** Returns the cluster of a host outside the mesh; `host` is `*` if the External has fixed addresses. */
export function externalCluster(
  name: string,
  external: External,
  port: ExternalPort,
  host: string,
  machine: Machine,
): Fields {
  const { settings } = external;
  const byAuthority = host.startsWith('*.');
  const tls = external.tls !== undefined && !port.applicationTls;
  const automatic = tls && followsHost(external);
  return typed('envoy.config.cluster.v3.Cluster', {
    name,
    // In a statistic's name a dot would end the cluster's name.
    alt_stat_name: name.replaceAll('.', '_'),
    ...discovery(name, external, port, host),
    connect_timeout: duration(settings.connections.connectTimeout),
    circuit_breakers: circuitBreakers(settings),
    ...(settings.outlierDetection && { outlier_detection: outlierDetection(settings.outlierDetection) }),
    ...(byAuthority ? { lb_policy: 'CLUSTER_PROVIDED' } : loadBalancing(settings)),
    ...protocolOptions(port.protocol, settings.connections, automatic || byAuthority ? namedByHost : {}),
    ...(tls && { transport_socket: originatedTls(external, port, automatic, machine) }),
  });
}

/**
 * Returns true if `sni` and the names of the certificate are those of the called host: they are left out and there are
 * several hosts.
 */
function followsHost({ hosts, tls }: External): boolean {
  const [first] = hosts;
  const [name, ...more] = tls?.subjectAltNames ?? [];
  const byDefault = tls?.sni === first && name === first && more.length === 0;
  return byDefault && (hosts.length > 1 || first?.startsWith('*.') === true);
}

function discovery(name: string, { addresses }: External, port: ExternalPort, host: string): Fields {
  if (host.startsWith('*.')) return dynamicForwardProxy;
  const targets = addresses.length > 0 ? addresses : [host];
  const load_assignment = {
    cluster_name: name,
    endpoints: [
      {
        lb_endpoints: targets.map((target) => ({
          endpoint: { address: socketAddress({ host: target, port: port.targetPort }) },
        })),
      },
    ],
  };
  return targets.every(isIpAddress) ? { type: 'STATIC', load_assignment } : { ...dns, load_assignment };
}

function originatedTls(external: External, port: ExternalPort, automatic: boolean, machine: Machine): Fields {
  const tls = external.tls;
  const names = (tls?.subjectAltNames ?? []).map((value) => ({ san_type: 'DNS', matcher: { exact: value } }));
  const ca = tls?.ca?.name ?? machine.systemCertificates;
  return extension(
    'envoy.transport_sockets.tls',
    'envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext',
    {
      ...(!automatic && { sni: tls?.sni }),
      common_tls_context: {
        tls_params: { tls_minimum_protocol_version: 'TLSv1_2', tls_maximum_protocol_version: 'TLSv1_3' },
        ...(port.http && { alpn_protocols: [port.protocol === 'http' ? 'http/1.1' : 'h2'] }),
        validation_context: {
          trusted_ca: { filename: ca },
          ...(!automatic && { match_typed_subject_alt_names: names }),
        },
      },
    },
  );
}
