import type { Observed } from '../history/observed.ts';
import { bundleDigest } from '../identity/bundle-digest.ts';
import type { CertificateRequest } from '../targets/artifact.ts';
import type { CertificateAction } from './plan.ts';

/** The issuer and the roots that the trust file wants at a target. */
export interface WantedAuthority {
  /** The `id` of the issuer; absent if the target has none. */
  readonly issuer: string | undefined;
  /** PEM of the trusted roots. */
  readonly bundle: string;
}

/**
 * Returns the action of an apply for each authority that a mesh runs itself. The authority is written again if the
 * trust file has another issuer or other roots, or if the written one can't be used; nothing renews an issuer by time.
 */
export function authorityActions(
  requests: readonly CertificateRequest[],
  { state: { certificates }, material, faults }: Pick<Observed, 'state' | 'material' | 'faults'>,
  wanted: WantedAuthority | undefined,
): readonly CertificateAction[] {
  return requests
    .filter(({ profile }) => profile === 'authority')
    .map(({ subject, proxy }): CertificateAction => {
      const own = material.has(proxy) ? certificates[proxy] : undefined;
      if (own?.subject !== subject) return { subject, proxy, action: 'issue' };
      const why = faults?.get(proxy)?.detail;
      const isWanted =
        wanted === undefined ||
        (own.fingerprint === wanted.issuer && own.roots === bundleDigest(wanted.bundle));
      return {
        subject,
        proxy,
        action: why === undefined && isWanted ? 'keep' : 'renew',
        fingerprint: own.fingerprint,
        ...(why !== undefined && { why }),
      };
    });
}
