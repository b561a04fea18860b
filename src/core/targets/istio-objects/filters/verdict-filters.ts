import type { Ir } from '../../../ir/ir.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { askedVerdicts } from '../security/external-authorization.ts';
import type { Guarded } from '../security/guarded.ts';
import { guards } from '../security/guards.ts';
import { lowerRules } from '../security/rules.ts';
import { notePrefix, type Verdict } from '../security/verdicts.ts';
import { envoyFilter, insertAfter, insertFirst, ofPlace, typed } from './envoy-filter.ts';

/**
 * Returns filters that record if a condition holds which no policy can express. Each condition has its own object, so
 * that a new one exists before the policy that reads it, and an old one as long as its policy.
 */
export function verdictFilters(ir: Ir, options: LoweringOptions): readonly ObjectArtifact[] {
  return guards(ir, options).flatMap((guarded) =>
    distinct(verdictsOf(guarded)).map((verdict) => verdictFilter(guarded, verdict)),
  );
}

function verdictsOf(guarded: Guarded): readonly Verdict[] {
  const { allow, deny, closed } = guarded.access;
  return [
    ...askedVerdicts(guarded),
    ...(closed ? lowerRules(allow, 'allow', guarded).verdicts : []),
    ...lowerRules(deny, 'deny', guarded).verdicts,
  ];
}

function distinct(verdicts: readonly Verdict[]): readonly Verdict[] {
  return [...new Map(verdicts.map((verdict) => [verdict.name, verdict])).values()];
}

function verdictFilter({ from, namespace, name, judge }: Guarded, verdict: Verdict): ObjectArtifact {
  const { policies, ofTokens, origin } = verdict;
  const config = typed('envoy.extensions.filters.http.rbac.v3.RBAC', {
    shadow_rules: { action: 'ALLOW', policies },
    shadow_rules_stat_prefix: notePrefix(verdict),
  });
  return envoyFilter({
    namespace,
    name: objectName(verdict.name, ...name),
    from,
    origins: [origin],
    reason:
      'a policy of Istio can not say this condition, so a filter notes whether it holds, and the policy reads that',
    ...ofPlace(judge.place),
    patches: ofTokens
      ? insertAfter(tokenFilter, judge.place, verdict.name, config)
      : insertFirst(judge.place, verdict.name, config),
  });
}

/** Istio's filter that checks tokens. */
const tokenFilter = 'envoy.filters.http.jwt_authn';
