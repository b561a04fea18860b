import type { Origin } from '../../location.ts';
import { parseDuration } from '../../spec/duration.ts';
import { parsePercentage } from '../../spec/percentage.ts';
import type { RouteRule } from '../../spec/types.gen.ts';
import type { Retries } from '../retries.ts';
import type { Fault, Forward, Rewrite, RuleRateLimit } from '../route.ts';
import { backendsOf, type LinkedBackend, mirrorsOf, ownBackend } from './backends.ts';
import { grpcStatus } from './grpc-status.ts';
import { headerChanges, noHeaderChanges } from './header-changes.ts';
import { mergedSettings } from './merged-settings.ts';
import { retriesOf } from './retries.ts';
import type { RuleScope } from './rule-scope.ts';
import { ruleSettings, ruleSource } from './rule-source.ts';
import { builtIn, checkRetries } from './settings.ts';
import { originOfWritten, type SpecPlace } from './spec-place.ts';

/**
 * Returns the action of a forwarding rule; undefined if none of its backends has a destination. Without backends a rule
 * forwards to the service of the Route.
 */
export function forwardOf(scope: RuleScope, rule: RouteRule, at: SpecPlace): Forward | undefined {
  const linked = rule.backends === undefined ? ownBackend(scope, at) : backendsOf(scope, rule.backends);
  const [first] = linked;
  if (first === undefined) return undefined;
  const http = scope.layer === 'http';
  const mirrors = http ? mirrorsOf(scope, rule.mirror) : [];
  const forward = {
    type: 'forward',
    backends: linked.map(({ backend }) => backend),
    mirrors,
    ...timing(scope, rule, first, at),
  } as const;
  if (!http) return { ...forward, requestHeaders: noHeaderChanges };
  return {
    ...forward,
    ...(rule.fault && { fault: faultOf(rule, rule.fault) }),
    requestHeaders: headerChanges(scope.linking, rule.headers?.request),
    ...(rule.rewrite && { rewrite: rewriteOf(rule, rule.rewrite) }),
    ...(rule.rateLimit && { rateLimit: rateLimitOf(rule, rule.rateLimit) }),
  };
}

interface Timing {
  readonly timeout: number;
  readonly timeoutOrigin?: Origin;
  readonly retries?: Retries;
}

/**
 * Returns timeout and retries: those of the rule, or else those of the Route's service (or, without one, of the first
 * backend's).
 */
function timing(scope: RuleScope, rule: RouteRule, first: LinkedBackend, at: SpecPlace): Timing {
  // A connection without HTTP has no requests that could time out or be repeated.
  if (scope.layer !== 'http') return { timeout: 0 };
  const { linking, route, own } = scope;
  const source = ruleSource(route, rule, Number(at.key));
  const sources = [source, ...(own ?? first.destination).sources];
  const merged = mergedSettings(sources, linking.report, ruleSettings);
  checkRetries(linking, merged, source.by);
  const timeout = merged.get('timeout');
  const retries = retriesOf(merged, scope.grpc ?? first.port.protocol === 'grpc');
  return {
    timeout: (timeout?.value as number | undefined) ?? builtIn.timeout,
    ...(timeout && { timeoutOrigin: originOfWritten(timeout) }),
    ...(retries && { retries }),
  };
}

function faultOf(rule: RouteRule, { delay, abort }: NonNullable<RouteRule['fault']>): Fault {
  return {
    origin: originOfWritten({ container: rule, key: 'fault' }),
    ...(delay && {
      delay: { duration: parseDuration(delay.duration), percent: parsePercentage(delay.percent ?? 100) },
    }),
    ...(abort && {
      abort: {
        percent: parsePercentage(abort.percent ?? 100),
        ...(abort.status !== undefined && { status: abort.status }),
        ...(abort.grpcStatus !== undefined && { grpcStatus: grpcStatus[abort.grpcStatus] }),
      },
    }),
  };
}

function rewriteOf(rule: RouteRule, { path, host }: NonNullable<RouteRule['rewrite']>): Rewrite {
  const { replacePrefix, replaceFull } = path ?? {};
  return {
    origin: originOfWritten({ container: rule, key: 'rewrite' }),
    ...(replacePrefix !== undefined && { path: { type: 'replacePrefix', value: replacePrefix } }),
    ...(replaceFull !== undefined && { path: { type: 'replaceFull', value: replaceFull } }),
    ...(host !== undefined && { host }),
  };
}

function rateLimitOf(rule: RouteRule, limit: NonNullable<RouteRule['rateLimit']>): RuleRateLimit {
  return {
    origin: originOfWritten({ container: rule, key: 'rateLimit' }),
    requests: limit.requests,
    per: parseDuration(limit.per),
    burst: limit.burst ?? 0,
    ...(limit.key && { keyHeader: limit.key.header.toLowerCase() }),
  };
}
