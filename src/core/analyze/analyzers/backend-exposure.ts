import { defineMessages, finding } from '../../diagnostics/message.ts';
import type { Gateway } from '../../ir/gateway.ts';
import { formatOrigin, type Origin } from '../../location.ts';
import { pointAt } from '../../source/point-at.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2273: {
    severity: 'warning',
    text: 'Service {service} is not exposed to {namespace}, the namespace of Gateway {gateway}: calls get 404',
    explanation:
      'A gateway sees only services that are exposed to its namespace. Name the namespace in `exposeTo` of the Service, or send the calls elsewhere.',
  },
});

/** Reports Routes of gateways to services that are not exposed to the gateway. */
export const backendExposure: Analyzer = {
  name: 'backend-exposure',
  description: 'Reports Routes of a gateway that lead to services that are not exposed to it.',
  messages,
  analyze({ ir }, report) {
    for (const gateway of Object.values(ir.gateways)) {
      const seen = new Set<string>();
      for (const { origin, service } of backendsOf(gateway)) {
        const { exposeTo = 'all' } = ir.services[service] ?? {};
        const key = `${formatOrigin(origin)} ${service}`;
        if (exposeTo === 'all' || exposeTo.includes(gateway.namespace) || seen.has(key)) continue;
        seen.add(key);
        const values = { service, namespace: gateway.namespace, gateway: gateway.id };
        report(finding(messages, 'MESH2273', pointAt(origin), values));
      }
    }
  },
};

/** Returns the services that rules of a gateway send requests to, with the place of each rule. */
function backendsOf({
  listeners,
}: Gateway): readonly { readonly origin: Origin; readonly service: string }[] {
  const rules = listeners.flatMap(({ virtualHosts }) => virtualHosts.flatMap(({ route }) => route.rules));
  return rules.flatMap(({ origin, action }) =>
    action.type === 'forward' ? action.backends.map(({ service }) => ({ origin, service })) : [],
  );
}
