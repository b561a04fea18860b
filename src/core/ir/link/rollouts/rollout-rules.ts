import { defineMessages, finding } from '../../../diagnostics/message.ts';
import { formatOrigin, type Location, type Origin } from '../../../location.ts';
import { pointAt } from '../../../source/point-at.ts';
import type { Ir } from '../../ir.ts';
import { mapRoutes } from '../../map-routes.ts';
import type { RouteMatch } from '../../match.ts';
import type { Rollout } from '../../rollout.ts';
import type { Backend, Forward, Mirror, Rule } from '../../route.ts';
import type { Linking } from '../linking.ts';

export const messages = defineMessages({
  MESH2391: {
    severity: 'warning',
    text: 'this names the version {version} of {service}, whose weights Rollout {rollout} moves: until it has ended, {from} and {version} get one common share by the Rollout',
    explanation:
      'Before a Rollout begins `from` has what both versions have in a rule, and `to` nothing; then its steps divide the share. Leave the version to the Rollout and name `from` alone, or choose requests for the new version with `match` of the Rollout.',
  },
  MESH2392: {
    severity: 'error',
    text: 'this leads to all versions of {service}, also {others}, and no endpoints say how many instances each has',
    explanation:
      'A Rollout gives `from` what both of its versions have. Among all versions their part is that of their instances, which only `endpoints` tell. Name the versions of the backends in a Route.',
  },
  MESH2393: {
    severity: 'error',
    text: 'the `match` of Rollout {rollout} has a condition on {what}, and so has this rule',
    explanation:
      'A Rollout adds its conditions to those of every rule that leads to its service, and a request has one value of a name there. Match on another header, cookie or parameter.',
  },
  MESH2394: {
    severity: 'warning',
    text: 'the rate limit of this rule counts the requests that fit the `match` of Rollout {rollout} apart, so both together can pass twice as many',
    explanation:
      'While the rollout runs, the requests that fit its `match` have a rule of their own. Limit the service itself (`rateLimit` of the Service) to count them together.',
  },
});

/** Reports rules that a Rollout can't divide, or that divide its versions by hand; each place once. */
export function reportRules(linking: Linking, ir: Ir, rollout: Rollout, matchAt: Location): void {
  const seen = new Set<string>();
  const once = (code: string, { origin }: { readonly origin: Origin }, report: () => void): void => {
    const key = `${code} ${formatOrigin(origin)}`;
    if (!seen.has(key)) report();
    seen.add(key);
  };
  mapRoutes(ir, (route, http) => {
    for (const rule of route.rules) {
      const { action } = rule;
      if (action.type !== 'forward') continue;
      const parts = [...action.backends, ...action.mirrors];
      const own = parts.filter(({ service }) => rollout.services.includes(service));
      for (const part of own) reportPart(linking, ir, rollout, part, once);
      if (own.length > 0 && http) reportMatch(linking, rollout, rule, action, matchAt, once);
    }
    return route;
  });
}

type Once = (code: string, at: { readonly origin: Origin }, report: () => void) => void;

function reportPart(
  linking: Linking,
  ir: Ir,
  { id, from, to }: Rollout,
  part: Backend | Mirror,
  once: Once,
): void {
  const { service, version, origin } = part;
  if (version === to)
    once('MESH2391', part, () => {
      const values = { version, service, from, rollout: id };
      linking.report(finding(messages, 'MESH2391', pointAt(origin), values));
    });
  const { versions = [] } = ir.services[service] ?? {};
  const others = versions.filter(({ name }) => name !== from && name !== to);
  const isCounted = versions.some(({ instances = [] }) => instances.length > 0);
  if (version !== undefined || others.length === 0 || isCounted) return;
  once('MESH2392', part, () => {
    const values = { service, others: others.map(({ name }) => name).join(', ') };
    linking.report(finding(messages, 'MESH2392', pointAt(origin), values));
  });
}

function reportMatch(
  linking: Linking,
  { id, match }: Rollout,
  rule: Rule,
  { rateLimit }: Forward,
  location: Location,
  once: Once,
): void {
  if (match === undefined) return;
  const related = [{ location, message: 'the `match` of the Rollout' }];
  const names = namesIn(match);
  for (const condition of rule.matches) {
    const what = namesIn(condition).find((name) => names.includes(name));
    if (what === undefined) continue;
    once('MESH2393', condition, () => {
      const at = pointAt(condition.origin);
      linking.report(finding(messages, 'MESH2393', at, { rollout: id, what }, { related }));
    });
  }
  if (rateLimit === undefined) return;
  once('MESH2394', rateLimit, () => {
    const at = pointAt(rateLimit.origin);
    linking.report(finding(messages, 'MESH2394', at, { rollout: id }, { related }));
  });
}

function namesIn({ headers, query }: RouteMatch): readonly string[] {
  return [
    ...headers.map(({ name, cookie }) =>
      cookie === undefined ? `the header ${name}` : `the cookie ${cookie}`,
    ),
    ...query.map(({ name }) => `the query parameter ${name}`),
  ];
}
