import { defineMessages, finding, type Report } from '../../diagnostics/message.ts';
import type { Gateway } from '../../ir/gateway.ts';
import type { Ir } from '../../ir/ir.ts';
import { spiffeId } from '../../ir/principal.ts';
import { formatOrigin } from '../../location.ts';
import { pointAt } from '../../source/point-at.ts';
import type { Analyzer } from '../analyzer.ts';
import { letsIn } from '../lets-in.ts';

const messages = defineMessages({
  MESH2277: {
    severity: 'warning',
    text: '{caller} declares that it calls {callee}, and no Access there lets it in',
    explanation:
      'A service is closed if the posture is deny or an Access names it; a call passes when some `allow` takes the caller and no `deny` does. Let the caller in, or take the call out of `calls`.',
  },
  MESH2278: {
    severity: 'warning',
    text: 'this rule sends requests to {service}, where no Access lets Gateway {gateway} in',
    explanation:
      'A service sees the gateway as its caller: an `allow` has to take `{gateway: …}`. Without it every request that enters there gets 403.',
  },
  MESH2219: {
    severity: 'warning',
    text: '{asker} asks {service} about its requests (`{what}`), and no Access there lets it in',
    explanation:
      'The proxy of a service asks with the account of the service. If the asked service is closed to it, each question fails: external authorization then refuses or passes everything, as `onError` says, and a common rate limit counts nothing. Let the account in with an `allow`.',
  },
});

/** Reports calls that one document declares and the Access of the service refuses. */
export const closedCall: Analyzer = {
  name: 'closed-call',
  description: 'Reports declared calls and Routes of gateways that no Access of the service lets through.',
  messages,
  analyze({ ir }, report) {
    for (const { id, calls = [], workload } of Object.values(ir.services)) {
      const identity = spiffeId(workload.principal);
      for (const { service: callee, origin } of calls) {
        const access = ir.services[callee]?.access;
        if (access === undefined || callee === id || letsIn(access, identity)) continue;
        report(finding(messages, 'MESH2277', pointAt(origin), { caller: id, callee }));
      }
    }
    for (const gateway of Object.values(ir.gateways)) checkGateway(ir, gateway, report);
    checkAskers(ir, report);
  },
};

/** Reports services that proxies ask about requests and that don't let the proxies in. */
function checkAskers(ir: Ir, report: Report): void {
  const seen = new Set<string>();
  for (const owner of [...Object.values(ir.services), ...Object.values(ir.gateways)]) {
    const asked = owner.authentication?.externalAuthorization;
    const isLimited = 'settings' in owner && owner.settings.rateLimit?.scope === 'service';
    for (const [what, helper] of [
      ['externalAuthorization', asked],
      ['rateLimit', isLimited ? ir.rateLimiter : undefined],
    ] as const) {
      const access = helper === undefined ? undefined : ir.services[helper.service]?.access;
      if (helper === undefined || access === undefined || letsIn(access, spiffeId(owner.workload.principal)))
        continue;
      const key = `${formatOrigin(helper.origin)} ${owner.id}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const values = { asker: owner.id, service: helper.service, what };
      report(finding(messages, 'MESH2219', pointAt(helper.origin), values));
    }
  }
}

function checkGateway(ir: Ir, { id, workload, listeners }: Gateway, report: Report): void {
  const identity = spiffeId(workload.principal);
  const seen = new Set<string>();
  const rules = listeners.flatMap(({ virtualHosts }) => virtualHosts.flatMap(({ route }) => route.rules));
  for (const { origin, action } of rules) {
    if (action.type !== 'forward') continue;
    for (const { service } of action.backends.filter(({ weight }) => weight > 0)) {
      const access = ir.services[service]?.access;
      const key = `${formatOrigin(origin)} ${service}`;
      if (access === undefined || letsIn(access, identity) || seen.has(key)) continue;
      seen.add(key);
      report(finding(messages, 'MESH2278', pointAt(origin), { service, gateway: id }));
    }
  }
}
