import type { CertificateReader } from '../../ports/certificate-reader.ts';
import type { Directory } from '../../ports/directory.ts';
import type { CertificateFault } from '../identity/check-chain.ts';
import { checkMaterial } from '../identity/check-material.ts';
import type { Observed } from './observe.ts';

/** What certificates that lie in an output are verified by. */
export interface VerifiedBy {
  readonly reader: CertificateReader;
  /** PEM of the roots that verifiers trust; absent if the mesh has no trust file. */
  readonly bundle: string | undefined;
  readonly now: Date;
}

/**
 * Adds the faults of the certificates and keys that lie in the output: each is verified up to the roots, for the
 * identity that was written for its proxy.
 */
export async function observeMaterial(
  directory: Directory,
  observed: Observed,
  { reader, bundle, now }: VerifiedBy,
): Promise<Observed> {
  if (bundle === undefined || observed.material.size === 0) return observed;
  const roots = reader.certificates(bundle) ?? [];
  const faults = new Map<string, CertificateFault>();
  for (const proxy of observed.material) {
    if (!Object.hasOwn(observed.state.certificates, proxy)) continue;
    const kept = observed.state.certificates[proxy];
    const text = await directory.read(`secrets/current/${proxy}.json`);
    if (kept === undefined || text === undefined) continue;
    const { subject, fingerprint } = kept;
    const fault = checkMaterial(reader, text, { subject, fingerprint, roots, now: now.getTime() });
    if (fault !== undefined) faults.set(proxy, fault);
  }
  return { ...observed, faults };
}
