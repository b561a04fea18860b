/**
 * The identity of a workload, as its certificate says (SPIFFE ID `spiffe://<trust
 * domain>/ns/<namespace>/sa/<account>`).
 */
export interface Principal {
  readonly trustDomain: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/**
 * A set of callers in which names are resolved: `{service}`, `{serviceAccount}` and `{gateway}` have become accounts.
 * `principal` is compared as a whole; `namespace` is a namespace of a trust domain; `authenticated` is any verified
 * identity; `anyone` includes callers without one.
 */
export type PrincipalMatch =
  | { readonly type: 'spiffe'; readonly id: string }
  | { readonly type: 'namespace'; readonly trustDomain: string; readonly namespace: string }
  | { readonly type: 'authenticated' }
  | { readonly type: 'anyone' };

/** Clients of a gateway by their address: an address, or a range in CIDR notation. */
export interface AddressMatch {
  readonly type: 'address';
  readonly range: string;
}

/** Returns the SPIFFE ID of a principal (SPIFFE-ID specification; the path is `/ns/<namespace>/sa/<account>`). */
export function spiffeId(principal: Principal): string {
  return `spiffe://${principal.trustDomain}/ns/${principal.namespace}/sa/${principal.serviceAccount}`;
}
