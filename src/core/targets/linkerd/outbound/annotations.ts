import type { Retries } from '../../../ir/retries.ts';
import type { RulePart } from '../../gateway-api-objects/rule-parts.ts';
import { duration } from './duration.ts';

/** Annotations of an object by name. */
export type Annotations = Readonly<Record<string, string>>;

/** Returns the annotations of a route for a part of a rule; they hold for all rules of their object. */
export function annotationsOf({ rule, retries }: RulePart, kind: 'HTTPRoute' | 'GRPCRoute'): Annotations {
  const { action } = rule;
  if (action.type !== 'forward') return {};
  return {
    ...(action.timeout > 0 && { 'timeout.linkerd.io/request': duration(action.timeout) }),
    ...(retries && retryAnnotations(retries, kind)),
  };
}

/**
 * Returns the annotations of retries. Without a condition that Linkerd knows there are none, since the number alone
 * would turn on Linkerd's default conditions.
 */
function retryAnnotations(
  { on, attempts, perTryTimeout }: Retries,
  kind: 'HTTPRoute' | 'GRPCRoute',
): Annotations {
  const conditions = kind === 'HTTPRoute' ? statuses(on) : on.filter((one) => grpcConditions.has(one));
  if (conditions.length === 0) return {};
  return {
    [`retry.linkerd.io/${kind === 'HTTPRoute' ? 'http' : 'grpc'}`]: conditions.join(','),
    'retry.linkerd.io/limit': String(attempts),
    ...(perTryTimeout > 0 && { 'retry.linkerd.io/timeout': duration(perTryTimeout) }),
  };
}

function statuses(on: Retries['on']): readonly (string | number)[] {
  if (on.includes('5xx')) return ['5xx', ...on.filter((one) => typeof one === 'number' && one < 500)];
  return on.filter((one) => one === 'gateway-error' || typeof one === 'number');
}

const grpcConditions: ReadonlySet<string | number> = new Set([
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
]);
