import type { Ir } from '../../../ir/ir.ts';
import { reportedTelemetry } from '../../../ir/reported-telemetry.ts';
import type { Service } from '../../../ir/service.ts';
import type { Telemetry } from '../../../ir/telemetry.ts';
import { hostOf } from '../../kubernetes-objects/host.ts';

/**
 * Returns the hosts that the proxies of services must know, as `namespace/host`: those that they call, the backends of
 * these, and those that proxies call themselves.
 */
export function knownHosts(ir: Ir, services: readonly Service[]): readonly string[] {
  const called = services.flatMap(({ calls = [] }) => calls.map(({ service }) => service));
  const refused = ir.egress === 'allow' ? restricted(ir) : [];
  const ids = new Set([
    ...called,
    ...called.flatMap((id) => leadsTo(ir, id)),
    ...proxiesCall(ir, services),
    ...refused,
  ]);
  return [...new Set([...ids].flatMap((id) => hostsOf(ir, id)))].sort();
}

/** Returns the Externals with a `from`: a proxy would forward calls to a host that it doesn't know. */
function restricted({ externals }: Ir): readonly string[] {
  return Object.values(externals)
    .filter(({ from }) => from !== undefined)
    .map(({ id }) => id);
}

function leadsTo(ir: Ir, id: string): readonly string[] {
  return (
    (ir.services[id] ?? ir.externals[id])?.ports.flatMap(({ route }) =>
      route.rules.flatMap(({ action }) =>
        action.type === 'forward'
          ? [...action.backends, ...action.mirrors].map(({ service }) => service)
          : [],
      ),
    ) ?? []
  );
}

function proxiesCall(ir: Ir, services: readonly Service[]): readonly string[] {
  const { rateLimiter } = ir;
  return [
    ...services.flatMap((service) => receivers(reportedTelemetry(ir, service))),
    ...(rateLimiter ? [rateLimiter.service] : []),
    ...services.flatMap(({ authentication }) => authentication?.externalAuthorization?.service ?? []),
  ];
}

function receivers({ accessLog, tracing }: Telemetry): readonly string[] {
  return [
    ...(accessLog?.output.type === 'otlp' ? [accessLog.output.service] : []),
    ...(tracing ? [tracing.otlp.service] : []),
  ];
}

function hostsOf(ir: Ir, id: string): readonly string[] {
  const external = ir.externals[id];
  if (external === undefined) return [`${namespaceOf(id)}/${hostOf(id)}`];
  const gateway =
    external.gateway === undefined ? [] : [`${namespaceOf(external.gateway)}/${hostOf(external.gateway)}`];
  return [...external.hosts.map((host) => `${external.namespace}/${host}`), ...gateway];
}

function namespaceOf(id: string): string {
  return id.slice(0, id.indexOf('/'));
}
