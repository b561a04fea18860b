import type { AccessRule } from '../../../ir/access.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import type { PolicyRule } from '../crds/parts.ts';
import { object } from '../object.ts';
import type { Guarded } from './guarded.ts';
import { lowerRules } from './rules.ts';

/**
 * Returns a policy that allows, for a closed Access, and a policy that denies, for its denies. If a closed Access has
 * no allow, the first refuses everybody.
 */
export function authorizationPolicies(guarded: Guarded): readonly ObjectArtifact[] {
  const { access, passing } = guarded;
  const { rules: denied } = lowerRules(access.deny, 'deny', guarded);
  const allowed = access.closed ? lowerRules(access.allow, 'allow', guarded).rules : [];
  const open = passing.length > 0 ? [{ to: [{ operation: { ports: passing.map(String) } }] }] : [];
  return [
    ...(access.closed ? [policy(guarded, 'ALLOW', access.allow, [...allowed, ...open])] : []),
    ...(denied.length > 0 ? [policy(guarded, 'DENY', access.deny, denied)] : []),
  ];
}

function policy(
  guarded: Guarded,
  action: 'ALLOW' | 'DENY',
  written: readonly AccessRule[],
  rules: readonly PolicyRule[],
): ObjectArtifact {
  const { from, namespace, name, origin } = guarded;
  return object({
    kind: 'AuthorizationPolicy',
    namespace,
    name: objectName(action.toLowerCase(), ...name),
    from,
    origins: written.length > 0 ? written.map((rule) => rule.origin) : [origin],
    spec: { ...guarded.target, action, ...(rules.length > 0 && { rules }) },
  });
}
