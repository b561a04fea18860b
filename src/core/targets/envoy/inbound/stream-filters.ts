import type { Ir } from '../../../ir/ir.ts';
import type { Port, Service } from '../../../ir/service.ts';
import type { Json } from '../../artifact.ts';
import { accessLogs } from '../access-log.ts';
import { appClusterName } from '../cluster-name.ts';
import { accessRules } from '../rbac/rules.ts';
import { extension, type Fields } from '../typed-config.ts';
import { streamAccess } from './stream-access.ts';

/**
 * Returns the network filters for callers with an identity, on a port that isn't HTTP: access, then the application.
 */
export function streamFilters(ir: Ir, service: Service, port: Port): readonly Json[] {
  const { deny, allow } = accessRules(ir, { access: service.access, port: port.name, http: false });
  return [
    ...(deny === undefined ? [] : [rbac('access-deny', 'deny', deny)]),
    ...(allow === undefined ? [] : [rbac('access-allow', 'allow', allow)]),
    toApplication(ir, { service, port }, afterHandshake),
  ];
}

/** Returns the network filters for plain-text callers; without filters Envoy closes the connection. */
export function plainStreamFilters(ir: Ir, service: Service, port: Port): readonly Json[] {
  return streamAccess(service, port).plain ? [toApplication(ir, { service, port }, {})] : [];
}

interface Called {
  readonly service: Service;
  readonly port: Port;
}

/** Connect to the application only after the handshake has shown the caller's identity. */
const afterHandshake: Fields = {
  upstream_connect_mode: 'ON_DOWNSTREAM_TLS_HANDSHAKE',
  max_early_data_bytes: 65_536,
};

function toApplication(ir: Ir, { service, port }: Called, mode: Fields): Json {
  return extension(
    'envoy.filters.network.tcp_proxy',
    'envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy',
    {
      stat_prefix: `inbound/${port.name}`,
      cluster: appClusterName(service, port),
      idle_timeout: '0s',
      ...mode,
      access_log: accessLogs(ir),
    },
  );
}

function rbac(name: string, prefix: string, rules: Json): Json {
  return extension(name, 'envoy.extensions.filters.network.rbac.v3.RBAC', {
    stat_prefix: `${prefix}.`,
    rules,
  });
}
