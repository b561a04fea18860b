import { defineMessages, finding, type Report } from '../../diagnostics/message.ts';
import { itemsOf, keyLocationOf, locationOf } from '../../ir/link/spec-place.ts';
import type { Port } from '../../ir/service.ts';
import type { AccessTo, AllowRule, DenyRule } from '../../spec/types.gen.ts';
import type { Analyzer } from '../analyzer.ts';
import { guardedServices } from '../guarded-services.ts';

const messages = defineMessages({
  MESH2230: {
    severity: 'warning',
    text: 'this never matches: `{field}` is about requests, and {ports}',
    explanation:
      'On a port that is not HTTP an entry of `to` with more than `ports` never matches, allow or deny. Limit it to HTTP ports, and say by `ports` and `from` alone who may connect to others.',
  },
  MESH2231: {
    severity: 'warning',
    text: 'this never matches: `when` is about tokens, and {ports}',
    explanation:
      'On a port that is not HTTP a rule with `when` never matches, allow or deny. Say by `ports` and `from` who may connect.',
  },
});

/** Reports rules of an Access that match no call, because none of their ports speaks HTTP. */
export const inertAccess: Analyzer = {
  name: 'inert-access',
  description: 'Reports Access rules about requests that are limited to ports which are not HTTP.',
  messages,
  analyze({ spec, ir }, report) {
    const guarded = guardedServices(ir);
    for (const access of spec.accesses) {
      const rules = access.value.spec.rules ?? [];
      if (rules.length === 0) continue;
      const ports = guarded(access).flatMap((service) => service.ports);
      if (ports.length === 0) continue;
      for (const { allow, deny } of rules) checkRule(allow ?? deny, ports, report);
    }
  },
};

function checkRule(rule: AllowRule | DenyRule | undefined, ports: readonly Port[], report: Report): void {
  if (rule === undefined) return;
  for (const [to, at] of itemsOf(rule.to)) {
    const field = (['methods', 'paths', 'hosts', 'headers', 'cookies'] as const).find(
      (name) => to[name] !== undefined,
    );
    if (field === undefined || reachesHttp(to, ports)) continue;
    report(finding(messages, 'MESH2230', locationOf(at), { field, ports: named(to) }));
  }
  const reach: readonly AccessTo[] = rule.to ?? [{}];
  if (rule.when === undefined || reach.some((to) => reachesHttp(to, ports))) return;
  report(
    finding(messages, 'MESH2231', keyLocationOf({ container: rule, key: 'when' }), {
      ports: named(reach[0]),
    }),
  );
}

function reachesHttp(to: AccessTo, ports: readonly Port[]): boolean {
  return ports.some((port) => port.http && (to.ports === undefined || to.ports.includes(port.name)));
}

function named(to: AccessTo | undefined): string {
  return to?.ports === undefined
    ? 'no port of the service carries any'
    : `${to.ports.join(', ')} carries none`;
}
