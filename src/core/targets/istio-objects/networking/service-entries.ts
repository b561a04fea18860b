import type { External, ExternalPort } from '../../../ir/external.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { Protocol } from '../../../ir/service.ts';
import { isIpAddress } from '../../../lib/ip-address.ts';
import { carriesRequests } from '../../../semantics/port.ts';
import type { Artifact } from '../../artifact.ts';
import { namespaceWaypoint } from '../ambient/waypoint-for.ts';
import type { ServiceEntrySpec } from '../crds/istio.gen.ts';
import type { ServicePort } from '../crds/parts.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { object } from '../object.ts';
import { exportedTo } from './exported-to.ts';
import { speaksTls } from './external-virtual-services.ts';

/** Returns the hosts outside the mesh (ServiceEntry), one object for each External. */
export function serviceEntries(ir: Ir, { mode }: LoweringOptions): readonly Artifact[] {
  return Object.values(ir.externals).map((external) =>
    object({
      kind: 'ServiceEntry',
      namespace: external.namespace,
      name: external.name,
      from: `External/${external.id}`,
      origins: [external.origin],
      // Without the label a ztunnel would send calls directly to the host, without any setting.
      ...(mode === 'ambient' && { labels: { 'istio.io/use-waypoint': namespaceWaypoint } }),
      spec: {
        hosts: external.hosts,
        ...virtualAddresses(external),
        location: 'MESH_EXTERNAL',
        ports: external.ports.map(port),
        ...resolution(external),
        ...exportedTo(ir, external, mode),
      },
    }),
  );
}

/** Returns the addresses that an application connects to, for ports at which no `Host` identifies the External. */
function virtualAddresses({ addresses, ports }: External): Pick<ServiceEntrySpec, 'addresses'> {
  const ips = addresses.filter(isIpAddress);
  return ips.length > 0 && !ports.every(carriesRequests) ? { addresses: ips } : {};
}

function resolution({ addresses, hosts }: External): Pick<ServiceEntrySpec, 'resolution' | 'endpoints'> {
  if (addresses.length > 0)
    return {
      resolution: addresses.every(isIpAddress) ? 'STATIC' : 'DNS',
      endpoints: addresses.map((address) => ({ address })),
    };
  // DNS can't resolve a wildcard: the proxy connects to the address that the application chose.
  return { resolution: hosts.some((host) => host.startsWith('*')) ? 'NONE' : 'DNS' };
}

function port(asked: ExternalPort): ServicePort {
  const { name, number, targetPort, protocol } = asked;
  return {
    name,
    number,
    protocol: speaksTls(asked) ? 'TLS' : protocols[protocol],
    ...(targetPort !== number && { targetPort }),
  };
}

/** Istio's names of protocols; database protocols are plain connections here, whatever Istio makes of them. */
const protocols: Readonly<Record<Protocol, string>> = {
  http: 'HTTP',
  http2: 'HTTP2',
  grpc: 'GRPC',
  tls: 'TLS',
  tcp: 'TCP',
  mongo: 'TCP',
  mysql: 'TCP',
  postgres: 'TCP',
  redis: 'TCP',
};
