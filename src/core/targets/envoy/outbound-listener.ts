import type { Ir } from '../../ir/ir.ts';
import type { Json } from '../artifact.ts';
import { clientCounters } from './arms/arm-loggers.ts';
import { callerState } from './caller.ts';
import { connectionManager } from './connection-manager.ts';
import { dynamicForwardProxyFilter, resolvesHosts } from './dynamic-forward-proxy.ts';
import { scopeFolder } from './layout.ts';
import { dialledPortFilter } from './routes/dialled-port.ts';
import { faultFilter } from './routes/fault.ts';
import { headerMutationFilter } from './routes/header-mutation.ts';
import { outboundRoutesName } from './routes/outbound-routes.ts';
import { rateLimitFilter } from './routes/rate-limit.ts';
import type { Member, Scope } from './scopes.ts';
import { socketAddress } from './socket-address.ts';
import { extension, typed } from './typed-config.ts';

/** Returns the listener at which an application's HTTP calls enter its proxy. */
export function outboundListener(ir: Ir, scope: Scope, { service, instance }: Member): Json {
  return typed('envoy.config.listener.v3.Listener', {
    name: 'outbound',
    address: socketAddress(instance.outbound),
    traffic_direction: 'OUTBOUND',
    filter_chains: [
      {
        filters: [
          callerState(service.workload.principal),
          connectionManager({
            ir,
            statPrefix: 'outbound',
            routes: { rds: { path: `${scopeFolder(scope.name)}/rds.json`, name: outboundRoutesName } },
            filters: clientFilters(ir),
            gateway: false,
            counters: clientCounters(ir),
            service: `${service.name}.${service.namespace}`,
          }),
        ],
      },
    ],
  });
}

/**
 * Returns the filters with which a proxy routes. They are the same in every listener, so that a change of routes
 * affects no listener. Filters that change responses come first and so see every answer; limits precede faults, since a
 * refused request needs no delay.
 */
export function clientFilters(ir: Ir): readonly Json[] {
  return [
    extension(headerMutationFilter, 'envoy.extensions.filters.http.header_mutation.v3.HeaderMutation'),
    extension(rateLimitFilter, 'envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit', {
      stat_prefix: 'rules',
    }),
    extension(faultFilter, 'envoy.extensions.filters.http.fault.v3.HTTPFault'),
    ...(resolvesHosts(ir) ? [dialledPortFilter, dynamicForwardProxyFilter] : []),
  ];
}
