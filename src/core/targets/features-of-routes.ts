import type { Ir } from '../ir/ir.ts';
import type { RouteMatch } from '../ir/match.ts';
import type { Forward, HeaderChanges, Rewrite, Route, Rule } from '../ir/route.ts';
import type { UseFeature } from './use-feature.ts';

/** Notes the features that rules of Routes use. */
export function routeFeatures(ir: Ir, use: UseFeature): void {
  for (const { ports } of [...Object.values(ir.services), ...Object.values(ir.externals)]) {
    for (const { route } of ports) if (!route.implicit) ofRoute(route, use);
  }
  for (const { listeners } of Object.values(ir.gateways)) {
    for (const { route } of listeners.flatMap(({ virtualHosts }) => virtualHosts)) ofRoute(route, use);
  }
}

function ofRoute({ rules }: Route, use: UseFeature): void {
  for (const [position, rule] of rules.entries()) {
    if (position > 0) use('route.order', rule.origin);
    for (const match of rule.matches) matchFeatures(match, use);
    ofRule(rule, use);
  }
}

/** Notes the features that the conditions of a match use. */
export function matchFeatures(
  { origin, path, headers, query, methods, from, sni }: RouteMatch,
  use: UseFeature,
): void {
  if (path?.type === 'regex') use('route.path-regex', origin);
  if (path?.type === 'startsWith') use('route.starts-with', origin);
  if (headers.some(({ cookie }) => cookie === undefined)) use('route.headers', origin);
  if (headers.some(({ cookie }) => cookie !== undefined)) use('route.cookies', origin);
  if (query.length > 0) use('route.query', origin);
  if (methods !== undefined) use('route.methods', origin);
  if (from !== undefined) use('route.from', origin);
  if (sni !== undefined) use('route.sni', origin);
}

function ofRule({ origin, action, responseHeaders, cors }: Rule, use: UseFeature): void {
  if (changes(responseHeaders)) use('route.response-headers', origin);
  if (cors !== undefined) use('route.cors', cors.origin);
  switch (action.type) {
    case 'redirect':
      use('route.redirect', action.origin);
      break;
    case 'respond':
      use('route.respond', action.origin);
      break;
    case 'forward':
      ofForward(action, { origin }, use);
  }
}

function ofForward(action: Forward, { origin }: Pick<Rule, 'origin'>, use: UseFeature): void {
  const { backends, mirrors, fault, requestHeaders, rewrite, rateLimit, retries, timeout, timeoutOrigin } =
    action;
  if (backends.length > 1) use('route.split', origin);
  if (timeout > 0) use('settings.timeout', timeoutOrigin ?? origin);
  if (retries !== undefined) use('settings.retries', retries.origin);
  for (const mirror of mirrors) use('route.mirror', mirror.origin);
  if (fault?.delay !== undefined) use('route.fault-delay', fault.origin);
  if (fault?.abort !== undefined) use('route.fault-abort', fault.origin);
  if (changes(requestHeaders)) use('route.request-headers', origin);
  if (rewrite !== undefined) ofRewrite(rewrite, use);
  if (rateLimit !== undefined) use('route.rate-limit', rateLimit.origin);
}

function ofRewrite({ origin, path, host }: Rewrite, use: UseFeature): void {
  if (path !== undefined) use('route.rewrite-path', origin);
  if (host !== undefined) use('route.rewrite-host', origin);
}

function changes({ set, add, remove }: HeaderChanges): boolean {
  return set.length + add.length + remove.length > 0;
}
