import type { Ir } from '../../../ir/ir.ts';
import type { Json } from '../../artifact.ts';
import { serverCounters } from '../arms/arm-loggers.ts';
import { connectionManager } from '../connection-manager.ts';
import { inboundRoutesFile } from '../layout.ts';
import { serverFilters } from '../server-filters.ts';
import type { Entry } from './entry.ts';
import { answeredChecks, healthFilters } from './health.ts';
import { rateLimitFilter } from './rate-limit.ts';
import { inboundRoutesName } from './route-configurations.ts';

/** Returns the HTTP filters of a port: the server's checks in order, then the limit (429 after 403). */
export function httpFilters(ir: Ir, { service, instance, port }: Entry): readonly Json[] {
  const version = service.versions.find(({ instances }) => instances?.includes(instance));
  return [
    connectionManager({
      ir,
      statPrefix: `inbound/${port.name}`,
      routes: { rds: { path: inboundRoutesFile(service, port), name: inboundRoutesName(port) } },
      filters: [
        ...healthFilters(service, port),
        ...serverFilters(ir, service.authentication, port.name),
        ...rateLimitFilter(service),
      ],
      gateway: false,
      marksFailures: true,
      hidesChecks: answeredChecks(service, port).length > 0,
      service: `${service.name}.${service.namespace}`,
      counters: serverCounters(ir, service, version?.name ?? ''),
      checksTokens: service.authentication !== undefined,
      ownHeaders: (service.authentication?.issuers ?? []).flatMap(({ claimHeaders }) =>
        claimHeaders.map(({ header }) => header),
      ),
    }),
  ];
}
