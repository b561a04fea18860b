import type { Rule } from '../../../ir/route.ts';
import type { Fields } from '../typed-config.ts';
import type { RouteContext } from './route-context.ts';

/**
 * Returns the contexts in which a rule's routes are written, because its backends may be Externals that only some
 * callers may call. Contexts of callers that may call more come first; for other callers an External is an unknown
 * host.
 */
export function restrictedContexts({ action }: Rule, context: RouteContext): readonly RouteContext[] {
  // A gateway is itself the caller, and its context already says which services are hidden from it.
  if (action.type !== 'forward' || context.hides !== undefined) return [context];
  const restricted = new Map<string, Fields | 'never'>();
  for (const { service } of action.backends) {
    const from = service === context.admits ? undefined : context.ir.externals[service]?.from;
    const condition = from === undefined ? 'always' : context.caller(from);
    if (condition !== 'always') restricted.set(service, condition);
  }
  let contexts: readonly RouteContext[] = [context];
  for (const [service, condition] of restricted) {
    contexts = contexts.flatMap((each) => [
      ...(condition === 'never' ? [] : [{ ...each, guard: both(each.guard, condition) }]),
      { ...each, hides: (other) => other === service || each.hides?.(other) === true },
    ]);
  }
  return contexts;
}

/** Returns the conditions of a RouteMatch that hold if both do. */
export function both(one: Fields = {}, other: Fields): Fields {
  const joined: Record<string, Fields[string]> = { ...one };
  for (const [key, list] of Object.entries(other)) {
    joined[key] = [...((joined[key] ?? []) as readonly Fields[]), ...(list as readonly Fields[])];
  }
  return joined;
}
