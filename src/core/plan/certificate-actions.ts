import type { KeptCertificate } from '../history/state.ts';
import { backdated } from '../identity/certificate-profile.ts';
import type { CertificateFault } from '../identity/check-chain.ts';
import type { Validity } from '../identity/life.ts';
import { overdueRenewal } from '../identity/renewal.ts';
import type { Artifact, CertificateRequest } from '../targets/artifact.ts';
import type { CertificateAction } from './plan.ts';

/** Returns the certificates that these artifacts need. */
export function certificateRequests(artifacts: readonly Artifact[]): readonly CertificateRequest[] {
  return artifacts.filter((artifact) => artifact.type === 'certificate');
}

/**
 * Returns the action of an apply for each certificate. A present certificate for the same subject is kept until two
 * thirds of its lifetime are over (certificates.md), unless its signers change or it has a fault. `roots` is the digest
 * of the roots that sign; `outdated` has the proxies whose issuer signs no more.
 */
export function certificateActions(
  requests: readonly CertificateRequest[],
  kept: Readonly<Record<string, KeptCertificate>>,
  material: ReadonlySet<string>,
  roots: string | undefined,
  now: Date,
  faults: ReadonlyMap<string, CertificateFault> = new Map(),
  outdated: ReadonlySet<string> = new Set(),
): readonly CertificateAction[] {
  return requests.map(({ subject, proxy }) => {
    const own = Object.hasOwn(kept, proxy) && material.has(proxy) ? kept[proxy] : undefined;
    if (own?.subject !== subject) return { subject, proxy, action: 'issue' };
    const fault = faults.get(proxy);
    const why = fault?.detail ?? overdueRenewal(validityOf(own), now.getTime());
    return {
      subject,
      proxy,
      action:
        fault !== undefined || isDue(own, now) || own.roots !== roots || outdated.has(proxy)
          ? 'renew'
          : 'keep',
      fingerprint: own.fingerprint,
      ...(why !== undefined && { why }),
    };
  });
}

function isDue({ issued, expires }: KeptCertificate, now: Date): boolean {
  const { notBefore: start, notAfter: end } = validityOf({ issued, expires });
  // A certificate that isn't valid yet was made by a machine whose clock was ahead.
  return end - now.getTime() <= (end - start) / 3 || now.getTime() < start - backdated;
}

function validityOf({ issued, expires }: Pick<KeptCertificate, 'issued' | 'expires'>): Validity {
  return { notBefore: Date.parse(issued), notAfter: Date.parse(expires) };
}
