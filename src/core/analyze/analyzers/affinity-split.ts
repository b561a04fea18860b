import { defineMessages, finding } from '../../diagnostics/message.ts';
import { pointAt } from '../../source/point-at.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2282: {
    severity: 'warning',
    text: 'this splits requests over versions of {service}, whose affinity keeps a user on one instance: users change versions',
    explanation:
      'The version is chosen at random for each request, and affinity holds only within the chosen version. Take the affinity out, or choose the version by something that the user sends (a header or cookie in `match`).',
  },
});

/** Reports affinity of services whose Routes or Rollouts choose a version at random for each request. */
export const affinitySplit: Analyzer = {
  name: 'affinity-split',
  description: 'Reports rules and Rollouts that split requests over versions of a service with affinity.',
  messages,
  analyze({ ir }, report) {
    const routes = [
      ...[...Object.values(ir.services), ...Object.values(ir.externals)].flatMap(({ ports }) =>
        ports.map(({ route }) => route),
      ),
      ...Object.values(ir.gateways).flatMap(({ listeners }) =>
        listeners.flatMap(({ virtualHosts }) => virtualHosts.map(({ route }) => route)),
      ),
    ];
    for (const { origin, services, strategy, steps, affinity } of Object.values(ir.rollouts ?? {})) {
      const sticky = services.find((id) => ir.services[id]?.settings.loadBalancing.affinity !== undefined);
      const splits =
        affinity === undefined && strategy !== 'shadow' && steps.some(({ weight }) => weight < 100);
      if (sticky !== undefined && splits)
        report(finding(messages, 'MESH2282', pointAt(origin), { service: sticky }));
    }
    const seen = new Set<object>();
    for (const { action, origin } of routes.flatMap(({ rules }) => rules)) {
      if (action.type !== 'forward' || seen.has(origin)) continue;
      const getting = action.backends.filter(({ weight }) => weight > 0);
      const split = getting.find(
        ({ service, version }) =>
          ir.services[service]?.settings.loadBalancing.affinity !== undefined &&
          getting.some((other) => other.service === service && other.version !== version),
      );
      if (split === undefined) continue;
      seen.add(origin);
      report(finding(messages, 'MESH2282', pointAt(origin), { service: split.service }));
    }
  },
};
