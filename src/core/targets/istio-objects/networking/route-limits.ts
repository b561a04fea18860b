import type { Feature } from '../../../ir/feature.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { RouteMatch } from '../../../ir/match.ts';
import { type PrincipalMatch, spiffeId } from '../../../ir/principal.ts';
import type { RetryCondition } from '../../../ir/retries.ts';
import type { Rule } from '../../../ir/route.ts';
import type { Port, Service } from '../../../ir/service.ts';
import type { Origin } from '../../../location.ts';
import { cookieLinePattern } from '../../envoy-filters/cookie-pattern.ts';
import { preflightRoutes } from '../../envoy-filters/preflight-routes.ts';
import type { Limit } from '../../target.ts';
import { type Mode, servicesOf } from './callers.ts';
import { isSayable } from './http/cors.ts';

/** Returns the limits of Istio in rules of Routes inside the mesh. */
export function routeLimits(ir: Ir, mode: Mode): readonly Limit[] {
  const ports: readonly Port[] = [...Object.values(ir.services), ...Object.values(ir.externals)].flatMap(
    (owner): readonly Port[] => owner.ports,
  );
  return ports.flatMap((port) =>
    port.route.rules.flatMap((rule) => [
      ...rule.matches.flatMap((match) => [
        ...matchLimits(match),
        ...(mode === 'ambient' ? connectionLimits(port, match) : fromLimits(ir, match)),
      ]),
      ...nameless(port, rule),
      ...ruleLimits(rule, port.route.rules),
    ]),
  );
}

/** Returns the limits of a rule inside the mesh and at gateways. */
export function ruleLimits(rule: Rule, rules: readonly Rule[]): readonly Limit[] {
  return [...lostHeaders(rule), ...lostTries(rule), ...lostPreflights(rule, rules)];
}

function lostPreflights(rule: Rule, rules: readonly Rule[]): readonly Limit[] {
  if (rule.cors === undefined || preflightRoutes(rules, rule).every(isSayable)) return [];
  return [
    {
      feature: 'route.cors',
      reason:
        'Istio refuses regular expressions of more than 1024 characters, and the paths of earlier rules make a longer one',
      callers: 'preflights for that rule are ordinary requests',
      origin: rule.cors.origin,
    },
  ];
}

const afterReset: ReadonlySet<RetryCondition> = new Set<RetryCondition>(['reset', 'gateway-error', '5xx']);
const after503: ReadonlySet<RetryCondition> = new Set<RetryCondition>([503, 'gateway-error', '5xx']);

/**
 * Returns the limits of retries: for an application that gives no answer, its own proxy answers 503, which the caller's
 * proxy sees.
 */
function lostTries({ action }: Rule): readonly Limit[] {
  const retries = action.type === 'forward' ? action.retries : undefined;
  const [reset, status] = [afterReset, after503].map(
    (set) => retries?.on.some((one) => set.has(one)) ?? false,
  );
  if (retries === undefined || reset === status) return [];
  return [
    {
      feature: 'settings.retries',
      reason: status
        ? 'Istio takes an application that gives no answer for one that answers 503; `on: [reset, 503]` says what it does'
        : 'Istio answers 503 for an application that gives no answer, and does not call that a reset; `on: [reset, 503]` says what it does',
      callers: status
        ? 'requests that got no answer are tried again, too'
        : 'requests that the application lets go without an answer end with 503 at the first try',
      origin: retries.origin,
    },
  ];
}

const longest = 1024;

/** Returns the limits of a match inside the mesh and at gateways. */
export function matchLimits({ path, headers, query, origin }: RouteMatch): readonly Limit[] {
  const values = headers.filter(({ cookie }) => cookie === undefined);
  const patterns = [path, ...[...values, ...query].map(({ match }) => match)].flatMap((match) =>
    match?.type === 'regex' ? [match.value] : [],
  );
  const cookies = headers.flatMap(({ cookie, match }) =>
    cookie === undefined ? [] : [cookieLinePattern(cookie, match)],
  );
  return [...tooLong('route.path-regex', patterns, origin), ...tooLong('route.cookies', cookies, origin)];
}

function tooLong(feature: Feature, patterns: readonly string[], origin: Origin): readonly Limit[] {
  if (!patterns.some((pattern) => pattern.length > longest)) return [];
  const reason = `Istio refuses regular expressions of more than ${String(longest)} characters`;
  const callers = 'requests of that rule get 404, or what the next rule that takes them says';
  return [{ feature, reason, callers, origin }];
}

/** Returns the limits of changes to answers: an injected answer has no server behind it. */
function lostHeaders({ action, responseHeaders: { set, add, remove }, origin }: Rule): readonly Limit[] {
  if (action.type !== 'forward' || action.fault?.abort === undefined) return [];
  if (set.length + add.length + remove.length === 0) return [];
  return [
    {
      feature: 'route.response-headers',
      reason: 'Istio changes the headers of answers that came from a server, not of aborts that it injects',
      callers: 'injected aborts lack these headers',
      origin,
    },
  ];
}

/** Returns the limits of connections: a waypoint records the caller in a header, which connections don't have. */
function connectionLimits({ http }: Port, { from, origin }: RouteMatch): readonly Limit[] {
  const everybody = from?.some(({ type }) => type === 'anyone' || type === 'authenticated') ?? true;
  if (http || everybody) return [];
  const reason = 'a waypoint knows the callers of requests, not of connections';
  const callers = 'their connections go by the next rule that takes them';
  return [{ feature: 'route.from', reason, callers, origin }];
}

function fromLimits(ir: Ir, { from, origin }: RouteMatch): readonly Limit[] {
  return (from ?? []).flatMap((match) => {
    const reason = unknown(ir, match);
    return reason === undefined
      ? []
      : [
          {
            feature: 'route.from' as const,
            reason,
            callers: 'their calls go by the next rule that takes them',
            origin,
          },
        ];
  });
}

/** Returns the reason why pods don't identify callers. */
function unknown(ir: Ir, match: PrincipalMatch): string | undefined {
  if (match.type !== 'spiffe' || isGateway(ir, match.id)) return undefined;
  const services = servicesOf(ir, match.id);
  if (services.length === 0)
    return `no Service runs under the account ${match.id}, and Istio knows callers by the labels of their pods`;
  const other = services.flatMap((service) =>
    Object.values(ir.services).filter((one) => hides(one, service)),
  )[0];
  return other && `Istio can not tell the pods of ${other.id} from those of ${match.id} by their labels`;
}

/** Returns true if pods of another account have all labels of a service. */
function hides(one: Service, service: Service): boolean {
  return (
    one.namespace === service.namespace &&
    spiffeId(one.workload.principal) !== spiffeId(service.workload.principal) &&
    Object.entries(service.workload.labels).every(([key, value]) => one.workload.labels[key] === value)
  );
}

/** Returns true if callers are a gateway; gateways route by separate rules, so none of these rules applies to them. */
function isGateway({ gateways }: Ir, id: string): boolean {
  return Object.values(gateways).some(({ workload }) => spiffeId(workload.principal) === id);
}

function nameless({ protocol, route }: Port, { matches, origin }: Rule): readonly Limit[] {
  const named = matches.length > 0 && matches.every(({ sni }) => sni !== undefined);
  if (protocol !== 'tls' || route.implicit || named) return [];
  return [
    {
      feature: 'route.sni',
      reason:
        'Istio wants a server name in every rule for TLS inside the mesh, so that of the service stands there',
      callers: 'connections with another server name are closed',
      origin,
    },
  ];
}
