import { defineMessages, finding } from '../../diagnostics/message.ts';
import type { Ir } from '../../ir/ir.ts';
import { mapRoutes } from '../../ir/map-routes.ts';
import type { Forward } from '../../ir/route.ts';
import { locatePath } from '../../source/locate.ts';
import { pointAt } from '../../source/point-at.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2404: {
    severity: 'error',
    text: '`affinity: session` keeps no user on a version in a {other}',
    explanation:
      'Only the strategy canary without `match` draws a version for each user, who can then stay on it. An engine of Kubernetes keeps no users of `from`. Leave `affinity` out, or use `canary` without `match` and without an engine.',
  },
  MESH2405: {
    severity: 'warning',
    text: '{service} has the port {port}, on which no cookie is seen: a version is drawn for each connection there',
    explanation:
      'A cookie keeps a user on a version, so it takes HTTP and clients that keep cookies. On other ports `affinity: session` has no effect.',
  },
  MESH2406: {
    severity: 'warning',
    text: 'the rate limit of this rule counts users of each version of Rollout {rollout} apart, so three times as many can pass',
    explanation:
      'While the rollout runs, users who have its cookie have rules of their own, one for each version. Limit the service itself (`rateLimit` of the Service) to count all requests together.',
  },
});

/** Reports Rollouts that can't keep users on their version, and rules in which doing so has other effects. */
export const rolloutAffinity: Analyzer = {
  name: 'rollout-affinity',
  description:
    'Reports Rollouts with `affinity: session` that keep no user, or limits that count users apart.',
  messages,
  analyze({ spec, ir }, report) {
    const documents = new Map(
      spec.rollouts.map((document) => [`${document.namespace}/${document.name}`, document]),
    );
    for (const { id, affinity, strategy, match, engine, services } of Object.values(ir.rollouts ?? {})) {
      const document = documents.get(id);
      if (affinity === undefined || document === undefined) continue;
      const at = locatePath(document.value, ['spec', 'affinity']);
      const other =
        strategy === 'canary'
          ? match === undefined
            ? engine
            : 'canary with `match`'
          : `rollout of the strategy ${strategy}`;
      if (other !== undefined) report(finding(messages, 'MESH2404', at, { other }));
      for (const port of services.flatMap((service) => blindPorts(ir, service)))
        report(finding(messages, 'MESH2405', at, port));
      for (const { rateLimit } of forwardsTo(ir, services))
        if (rateLimit) report(finding(messages, 'MESH2406', pointAt(rateLimit.origin), { rollout: id }));
    }
  },
};

/** Returns the ports of a service on which no cookie is seen. */
function blindPorts({ services }: Ir, service: string): readonly { service: string; port: string }[] {
  const ports = services[service]?.ports ?? [];
  return ports.filter(({ http }) => !http).map(({ name }) => ({ service, port: name }));
}

/** Returns the actions that lead to one of these services. */
function forwardsTo(ir: Ir, services: readonly string[]): readonly Forward[] {
  const found: Forward[] = [];
  mapRoutes(ir, (route) => {
    for (const { action } of route.rules)
      if (action.type === 'forward' && action.backends.some(({ service }) => services.includes(service)))
        found.push(action);
    return route;
  });
  return found;
}
