import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Ir } from '../ir/ir.ts';
import type { Spec } from '../spec/spec.ts';
import type { Analyzer } from './analyzer.ts';
import { accessWithoutIdentity } from './analyzers/access-without-identity.ts';
import { accountOfSeveral } from './analyzers/account-of-several.ts';
import { affinitySplit } from './analyzers/affinity-split.ts';
import { backendExposure } from './analyzers/backend-exposure.ts';
import { backendList } from './analyzers/backend-list.ts';
import { beyondAscii } from './analyzers/beyond-ascii.ts';
import { closedCall } from './analyzers/closed-call.ts';
import { closedListener } from './analyzers/closed-listener.ts';
import { corsCredentials } from './analyzers/cors-credentials.ts';
import { deadAccess } from './analyzers/dead-access.ts';
import { delegatedCertificates } from './analyzers/delegated-certificates.ts';
import { egressWays } from './analyzers/egress-ways.ts';
import { expression } from './analyzers/expression.ts';
import { externalHosts } from './analyzers/external-hosts.ts';
import { externalTls } from './analyzers/external-tls.ts';
import { guardrail } from './analyzers/guardrail.ts';
import { healthPath } from './analyzers/health-path.ts';
import { inertAccess } from './analyzers/inert-access.ts';
import { instanceLabels } from './analyzers/instance-labels.ts';
import { keySet } from './analyzers/key-set.ts';
import { methodCase } from './analyzers/method-case.ts';
import { misspeltMethod } from './analyzers/misspelt-method.ts';
import { noInstances } from './analyzers/no-instances.ts';
import { ownedHeaders } from './analyzers/owned-headers.ts';
import { paddedValue } from './analyzers/padded-value.ts';
import { pathDeny } from './analyzers/path-deny.ts';
import { pathForm } from './analyzers/path-form.ts';
import { pathGlob } from './analyzers/path-glob.ts';
import { pattern } from './analyzers/pattern.ts';
import { perTryTimeout } from './analyzers/per-try-timeout.ts';
import { redirectLoop } from './analyzers/redirect-loop.ts';
import { retryLayers } from './analyzers/retry-layers.ts';
import { rewrittenPath } from './analyzers/rewritten-path.ts';
import { rolloutAffinity } from './analyzers/rollout-affinity.ts';
import { rolloutEngine } from './analyzers/rollout-engine.ts';
import { shadowedAccess } from './analyzers/shadowed-access.ts';
import { stuckInstances } from './analyzers/stuck-instances.ts';
import { telemetryContent } from './analyzers/telemetry-content.ts';
import { tokenUse } from './analyzers/token-use.ts';
import { undeclaredCall } from './analyzers/undeclared-call.ts';
import { unmatchedRequest } from './analyzers/unmatched-request.ts';
import { unreachableRule } from './analyzers/unreachable-rule.ts';
import { unreadRequests } from './analyzers/unread-requests.ts';
import { unusedParts } from './analyzers/unused-parts.ts';
import { weightSum } from './analyzers/weight-sum.ts';
import { zeroWeights } from './analyzers/zero-weights.ts';

/** Every check of a linked mesh. */
export const analyzers: readonly Analyzer[] = [
  accessWithoutIdentity,
  backendExposure,
  beyondAscii,
  egressWays,
  affinitySplit,
  closedCall,
  closedListener,
  stuckInstances,
  corsCredentials,
  deadAccess,
  delegatedCertificates,
  expression,
  externalHosts,
  externalTls,
  guardrail,
  healthPath,
  inertAccess,
  keySet,
  methodCase,
  misspeltMethod,
  noInstances,
  ownedHeaders,
  paddedValue,
  pathDeny,
  pathForm,
  pathGlob,
  pattern,
  perTryTimeout,
  rewrittenPath,
  rolloutAffinity,
  rolloutEngine,
  shadowedAccess,
  undeclaredCall,
  unmatchedRequest,
  unreachableRule,
  unreadRequests,
  weightSum,
  zeroWeights,
  backendList,
  instanceLabels,
  redirectLoop,
  retryLayers,
  accountOfSeveral,
  telemetryContent,
  tokenUse,
  unusedParts,
];

/**
 * Returns the findings of all checks in a mesh; none if there is no linked mesh. `today` is a day as `YYYY-MM-DD` (UTC).
 * Without `hasProofs` nothing is asked of Guardrails.
 */
export function analyze(
  spec: Spec,
  ir: Ir | undefined,
  today: string,
  hasProofs = true,
): readonly Diagnostic[] {
  if (ir === undefined) return [];
  const found: Diagnostic[] = [];
  for (const analyzer of analyzers.filter(({ isProof }) => hasProofs || isProof === undefined))
    analyzer.analyze({ spec, ir, today }, (diagnostic) => found.push(diagnostic));
  return found;
}
