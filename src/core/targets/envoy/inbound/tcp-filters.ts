import type { Ir } from '../../../ir/ir.ts';
import type { Port, Service } from '../../../ir/service.ts';
import type { Json } from '../../artifact.ts';
import { accessLogs } from '../access-log.ts';
import { appClusterName } from '../cluster-name.ts';
import { accessRules } from '../rbac/rules.ts';
import { extension } from '../typed-config.ts';

/** Network filters of a port that isn't HTTP: access, then the application. */
export function tcpFilters(ir: Ir, service: Service, port: Port): readonly Json[] {
  const { deny, allow } = accessRules(ir, { access: service.access, port: port.name, http: false });
  return [
    ...(deny === undefined ? [] : [rbac('access-deny', 'deny', deny)]),
    ...(allow === undefined ? [] : [rbac('access-allow', 'allow', allow)]),
    extension('envoy.filters.network.tcp_proxy', 'envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy', {
      stat_prefix: `inbound/${port.name}`,
      cluster: appClusterName(port),
      idle_timeout: '0s',
      access_log: accessLogs(ir),
    }),
  ];
}

function rbac(name: string, prefix: string, rules: Json): Json {
  return extension(name, 'envoy.extensions.filters.network.rbac.v3.RBAC', {
    stat_prefix: `${prefix}.`,
    rules,
  });
}
