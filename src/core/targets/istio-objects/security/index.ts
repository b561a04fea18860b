import type { Ir } from '../../../ir/ir.ts';
import type { Artifact } from '../../artifact.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { authorizationPolicies } from './authorization-policies.ts';
import { externalAuthorizations } from './external-authorization.ts';
import { guards } from './guards.ts';
import { peerAuthentications } from './peer-authentications.ts';
import { requestAuthentications } from './request-authentications.ts';
import { tokenPolicies } from './token-policies.ts';

/**
 * Returns the objects about callers and identities (PeerAuthentication, RequestAuthentication, AuthorizationPolicy).
 */
export function security(ir: Ir, options: LoweringOptions): readonly Artifact[] {
  return [
    ...peerAuthentications(ir, options),
    ...guards(ir, options).flatMap((guarded) => [
      ...requestAuthentications(guarded),
      ...tokenPolicies(guarded),
      ...externalAuthorizations(ir, guarded),
      ...authorizationPolicies(guarded),
    ]),
  ];
}
