import type { CertificateReader } from '../../ports/certificate-reader.ts';
import type { Observed } from '../history/observed.ts';
import type { CertificateFault } from '../identity/check-chain.ts';
import { checkMaterial } from '../identity/check-material.ts';
import type { OutputDriver } from '../outputs/output-driver.ts';

/** The roots and the time that verify the certificates of an output. */
export interface VerifiedBy {
  readonly reader: CertificateReader;
  /** PEM of the roots that verifiers trust; absent if the mesh has no trust file. */
  readonly bundle: string | undefined;
  readonly now: Date;
}

/**
 * Adds the faults of the certificates and keys in the output. Each certificate is verified up to the roots, for the
 * recorded identity of its proxy.
 */
export async function observeMaterial(
  output: Pick<OutputDriver, 'material'>,
  observed: Observed,
  { reader, bundle, now }: VerifiedBy,
): Promise<Observed> {
  if (bundle === undefined || observed.material.size === 0) return observed;
  const known = [...observed.material].filter((proxy) => Object.hasOwn(observed.state.certificates, proxy));
  const texts = (await output.material?.read(known)) ?? new Map<string, string>();
  const roots = reader.certificates(bundle) ?? [];
  const faults = new Map<string, CertificateFault>();
  for (const [proxy, text] of texts) {
    const kept = observed.state.certificates[proxy];
    if (kept === undefined) continue;
    const { subject, fingerprint } = kept;
    const fault = checkMaterial(reader, text, { subject, fingerprint, roots, now: now.getTime() });
    if (fault !== undefined) faults.set(proxy, fault);
  }
  return { ...observed, faults };
}
