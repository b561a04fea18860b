import { type KnownService, serviceId } from '../../../import/inventory.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import { isAtPort, type KnownServer } from './servers.ts';

/** Reads the rate limit of a Server: that of the services whose port it guards. */
export function readRateLimit(
  document: NativeDocument,
  servers: readonly KnownServer[],
  context: ReadContext,
): readonly ReadDocument[] {
  const namespace = context.namespaceOf(document);
  const spec = document.root.at('spec');
  const target = spec.at('targetRef');
  target.at('group').text();
  target.at('kind').text();
  const name = target.at('name').text();
  const total = spec.along('total', 'requestsPerSecond');
  const requests = total.number();
  spec
    .at('identity')
    .lost({ callers: 'one caller may use up the limit of all: the language counts all callers together' });
  spec.at('overrides').lost({ callers: 'these callers have the limit of all' });
  const server = servers.find((one) => one.namespace === namespace && one.document.name === name);
  const guarded = server === undefined ? [] : context.inventory.services.filter(isGuardedBy(server));
  if (guarded.length === 0) {
    target.lost({ callers: 'no Service of the input has this Server, so requests are not limited' });
    return [];
  }
  if (requests === undefined || !Number.isInteger(requests) || requests < 1) return [];
  return guarded.map((service): ReadDocument => {
    const isOnly = service.ports.every(
      (port) => server !== undefined && isAtPort(server, port, service.workloads),
    );
    if (!isOnly)
      total.differently({ callers: 'the limit holds for the requests at all ports of the service together' });
    return {
      kind: 'Service',
      namespace: service.namespace,
      name: service.name,
      spec: { rateLimit: { requests, per: '1s' } },
      from: [document.root],
      beside: serviceId(service),
    };
  });
}

function isGuardedBy(server: KnownServer): (service: KnownService) => boolean {
  return ({ namespace, ports, workloads, selector }) =>
    namespace === server.namespace &&
    (server.selects(selector) || workloads.some(({ labels }) => server.selects(labels))) &&
    ports.some((port) => isAtPort(server, port, workloads));
}
