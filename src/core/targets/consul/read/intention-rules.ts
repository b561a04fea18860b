import type { AccessException, AccessRule, AccessTo, Principal } from '../../../spec/types.gen.ts';
import type { ReadConditions } from './conditions.ts';
import { isListed, type ReadPermission, type ReadSource } from './sources.ts';

/** The ports of a service at which permissions about requests hold; undefined for all of its ports. */
export type RequestPorts = readonly string[] | undefined;

/**
 * Returns the rules for all callers. The first permission that fits decides, and requests that none fits are refused: each
 * allow has the denies before it as exceptions, and an allow for all others has the callers with an entry.
 */
export function rulesOf(sources: readonly ReadSource[], ports: RequestPorts): readonly AccessRule[] {
  const named = sources.flatMap(({ callers }) =>
    isListed(callers) ? callers.map(({ principal }) => principal) : [],
  );
  const isNameless = sources.some(({ callers }) => callers === 'nameless');
  return sources.flatMap(({ callers, action }): readonly AccessRule[] => {
    if (action === 'deny' || callers === 'nameless') return [];
    // Of services with one name the nearest is let in.
    if (isListed(callers))
      return actionRules(
        action,
        callers.slice(0, 1).map(({ principal }) => principal),
        [],
        ports,
      );
    if (isNameless) return [];
    return actionRules(action, [{ authenticated: true }], named.length > 0 ? [{ from: named }] : [], ports);
  });
}

function actionRules(
  action: 'allow' | readonly ReadPermission[],
  from: readonly Principal[],
  others: readonly AccessException[],
  ports: RequestPorts,
): readonly AccessRule[] {
  if (action !== 'allow') return permissionRules(action, from, others, ports);
  return [{ allow: { from, ...(others.length > 0 && { except: others }) } }];
}

function permissionRules(
  permissions: readonly ReadPermission[],
  from: readonly Principal[],
  others: readonly AccessException[],
  ports: RequestPorts,
): readonly AccessRule[] {
  // At a port that takes no requests Consul refuses every call by permissions.
  if (ports?.length === 0) return [];
  const denied: AccessTo[] = [];
  const rules: AccessRule[] = [];
  for (const { allows, conditions } of permissions) {
    if (!allows) {
      // A deny whose conditions the language can't say refuses all that comes after.
      if (conditions === undefined || Object.keys(conditions).length === 0) break;
      denied.push(operation(conditions));
      continue;
    }
    if (conditions === undefined) continue;
    const except = [...others, ...(denied.length > 0 ? [{ to: [...denied] }] : [])];
    const to = { ...(ports && { ports }), ...operation(conditions) };
    rules.push({
      allow: { from, ...(Object.keys(to).length > 0 && { to: [to] }), ...(except.length > 0 && { except }) },
    });
  }
  return rules;
}

function operation({ path, headers, methods }: ReadConditions): AccessTo {
  return { ...(path && { paths: [path] }), ...(headers && { headers }), ...(methods && { methods }) };
}
