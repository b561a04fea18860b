import { defineMessages, finding, type Report } from '../../diagnostics/message.ts';
import type { External, ExternalPort } from '../../ir/external.ts';
import type { Gateway } from '../../ir/gateway.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Forward } from '../../ir/route.ts';
import { egressListener } from '../../semantics/external.ts';
import { carriesRequests } from '../../semantics/port.ts';
import { pointAt } from '../../source/point-at.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2270: {
    severity: 'warning',
    text: 'no listener of Gateway {gateway} takes calls to {external} on the port {port}, so they get 503',
    explanation:
      'A call leaves through a listener with the protocol of the port (http for HTTP, tls for TLS of the application, tcp for the rest) and that serves one of the hosts. Add such a listener, or take `gateway` out.',
  },
  MESH2271: {
    severity: 'error',
    text: 'the ports {port} and {other} of {external} leave through the listener {listener}, which can not tell them apart',
    explanation:
      'A connection without HTTP does not name the port that was called. Give the gateway a listener on the number of each port.',
  },
  MESH2272: {
    severity: 'warning',
    text: 'this rule sends calls to {external} under the host {host}, which is none of its hosts',
    explanation:
      'Servers outside the mesh choose a site by the `Host` header. Add `rewrite: {host: …}` with a host of the External, unless the server takes any.',
  },
});

/**
 * Reports routes out of the mesh that no call can take, and calls to an External under a host that isn't one of its
 * own.
 */
export const egressWays: Analyzer = {
  name: 'egress-ways',
  description:
    'Reports Externals whose gateway no call can take, and rules that call one under a foreign host.',
  messages,
  analyze({ ir }, report) {
    for (const external of Object.values(ir.externals)) {
      const gateway = external.gateway === undefined ? undefined : ir.gateways[external.gateway];
      if (gateway !== undefined) checkWays(external, gateway, report);
    }
    checkHosts(ir, report);
  },
};

function checkWays(external: External, gateway: Gateway, report: Report): void {
  const taken = new Map<string, ExternalPort>();
  for (const port of external.ports) {
    const listener = egressListener(gateway, external, port);
    if (listener === undefined) {
      const values = { gateway: gateway.id, external: external.id, port: port.name };
      const related = [{ location: pointAt(gateway.origin), message: 'the Gateway' }];
      report(finding(messages, 'MESH2270', pointAt(port.origin), values, { related }));
      continue;
    }
    if (carriesRequests(port)) continue;
    const other = taken.get(listener.name);
    taken.set(listener.name, port);
    if (other === undefined) continue;
    const values = { port: port.name, other: other.name, external: external.id, listener: listener.name };
    report(finding(messages, 'MESH2271', pointAt(port.origin), values));
  }
}

function checkHosts(ir: Ir, report: Report): void {
  for (const { id, name, namespace, ports } of Object.values(ir.services))
    for (const { action, origin } of ports.flatMap(({ route }) => route.rules)) {
      if (action.type !== 'forward') continue;
      const host = action.rewrite?.host ?? `${name}.${namespace}`;
      for (const external of foreignHosts(ir, id, action))
        report(finding(messages, 'MESH2272', pointAt(origin), { external: external.id, host }));
    }
}

/** Returns the Externals that a rule calls under a host that fits none of their own hosts. */
function foreignHosts(ir: Ir, owner: string, { backends, rewrite }: Forward): readonly External[] {
  const called = new Set(backends.map(({ service }) => service));
  return [...called].flatMap((id) => {
    const external = id === owner ? undefined : ir.externals[id];
    if (external === undefined || !external.ports.some(carriesRequests)) return [];
    const { host } = rewrite ?? {};
    const fits =
      host !== undefined &&
      external.hosts.some((own) => own === host || (own.startsWith('*.') && host.endsWith(own.slice(1))));
    return fits ? [] : [external];
  });
}
