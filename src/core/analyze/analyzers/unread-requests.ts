import { defineMessages, finding, type Report } from '../../diagnostics/message.ts';
import { itemsOf, keyLocationOf, locationOf } from '../../ir/link/spec-place.ts';
import { readsRequests, type Service } from '../../ir/service.ts';
import { pointAt } from '../../source/point-at.ts';
import type { AccessException, AccessTo, AllowRule, DenyRule } from '../../spec/types.gen.ts';
import type { Analyzer } from '../analyzer.ts';
import { guardedServices } from '../guarded-services.ts';

const why =
  'The application speaks TLS on this port, and with mtls disabled its callers start it: the proxy of the service sees a connection, no request. Make the port strict or permissive, so that its own proxy starts TLS; ';

const messages = defineMessages({
  MESH2356: {
    severity: 'error',
    text: '`{field}` is about requests, and at the port {port} of {service} the proxy can not read them',
    explanation: `${why}or limit the entry to other ports by \`ports\`, and say by \`ports\` and \`from\` alone who may connect here.`,
  },
  MESH2357: {
    severity: 'error',
    text: '{what} is about requests, and at the port {port} of {service} the proxy can not read them',
    explanation: `${why}or move the port to a Service of its own.`,
  },
});

/** Reports checks of requests at ports where the server's proxy only forwards connections. */
export const unreadRequests: Analyzer = {
  name: 'unread-requests',
  description:
    "Reports Access, tokens and limits about requests at ports where callers start the application's TLS.",
  messages,
  analyze({ spec, ir }, report) {
    const guarded = guardedServices(ir);
    for (const access of spec.accesses) {
      const unread = guarded(access).filter((service) => unreadPort(service) !== undefined);
      if (unread.length === 0) continue;
      for (const { allow, deny } of access.value.spec.rules ?? []) checkRule(allow ?? deny, unread, report);
    }
    for (const service of Object.values(ir.services)) checkService(service, report);
  },
};

/**
 * Returns the first port of a service, among `ports` if given, at which its proxy forwards HTTP as plain connections.
 */
function unreadPort(service: Service, ports?: readonly string[]): string | undefined {
  return service.ports.find(
    (port) =>
      port.http && !readsRequests(service, port) && (ports === undefined || ports.includes(port.name)),
  )?.name;
}

function checkRule(
  rule: AllowRule | DenyRule | undefined,
  services: readonly Service[],
  report: Report,
): void {
  if (rule === undefined) return;
  for (const entry of [rule, ...itemsOf<AccessException>(rule.except).map(([one]) => one)])
    for (const [to, at] of itemsOf<AccessTo>(entry.to)) {
      const field = (['methods', 'paths', 'hosts', 'headers', 'cookies'] as const).find(
        (name) => to[name] !== undefined,
      );
      const found = field && firstUnread(services, to.ports);
      if (found) report(finding(messages, 'MESH2356', locationOf(at), { field, ...found }));
    }
  if (rule.when === undefined) return;
  const reach: readonly AccessTo[] = rule.to ?? [{}];
  const found = reach.flatMap(({ ports }) => firstUnread(services, ports) ?? [])[0];
  const at = keyLocationOf({ container: rule, key: 'when' });
  if (found !== undefined) report(finding(messages, 'MESH2356', at, { field: 'when', ...found }));
}

function firstUnread(
  services: readonly Service[],
  ports: readonly string[] | undefined,
): { readonly service: string; readonly port: string } | undefined {
  return services.flatMap((service) => {
    const port = unreadPort(service, ports);
    return port === undefined ? [] : [{ service: service.id, port }];
  })[0];
}

function checkService(service: Service, report: Report): void {
  const port = unreadPort(service);
  if (port === undefined) return;
  const { authentication, settings, id } = service;
  const values = { port, service: id };
  if (authentication !== undefined)
    report(
      finding(messages, 'MESH2357', pointAt(authentication.origin), { what: 'Authentication', ...values }),
    );
  if (settings.rateLimit !== undefined)
    report(
      finding(messages, 'MESH2357', pointAt(settings.rateLimit.origin), { what: '`rateLimit`', ...values }),
    );
}
