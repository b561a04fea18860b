import type { CertificateReader } from '../../ports/certificate-reader.ts';
import type { Observed } from '../history/observed.ts';
import type { CertificateFault } from '../identity/check-chain.ts';
import { checkMaterial } from '../identity/check-material.ts';
import { type LeafSigners, leafSigners } from '../identity/leaf-signers.ts';
import type { OutputDriver } from '../outputs/output-driver.ts';
import { readMaterial } from '../targets/material-form.ts';

/** The roots and the time that verify the certificates of an output. */
export interface VerifiedBy {
  readonly reader: CertificateReader;
  /** PEM of the roots that verifiers trust; absent if the mesh has no trust file. */
  readonly bundle: string | undefined;
  /** The `id` of the issuer that signs now; absent if nobody can sign. */
  readonly issuer?: string;
  readonly now: Date;
}

/**
 * Adds the faults and the signers of the certificates and keys in the output. Each certificate is verified up to the
 * roots, for the recorded identity of its proxy.
 */
export async function observeMaterial(
  output: Pick<OutputDriver, 'material'>,
  observed: Observed,
  { reader, bundle, issuer, now }: VerifiedBy,
): Promise<Observed> {
  if (bundle === undefined || observed.material.size === 0) return observed;
  const proxies = [...observed.material].filter((proxy) => Object.hasOwn(observed.state.certificates, proxy));
  const texts = (await output.material?.read(proxies)) ?? new Map<string, string>();
  const roots = reader.certificates(bundle) ?? [];
  const inForce = Object.values(observed.current?.snapshot.trust?.bundles ?? {});
  const known = [...roots, ...inForce.flatMap((text) => reader.certificates(text) ?? [])];
  const faults = new Map<string, CertificateFault>();
  const signers = new Map<string, LeafSigners>();
  for (const [proxy, text] of texts) {
    const kept = observed.state.certificates[proxy];
    if (kept === undefined) continue;
    const { subject, fingerprint } = kept;
    const fault = checkMaterial(reader, text, { subject, fingerprint, roots, now: now.getTime() });
    if (fault !== undefined) faults.set(proxy, fault);
    const chain = reader.certificates(readMaterial(text)?.chain ?? '') ?? [];
    if (fault?.state !== 'expired') signers.set(proxy, leafSigners(reader, chain, known));
  }
  const outdated = [...signers].filter(([, one]) => issuer !== undefined && one.issuer !== issuer);
  return { ...observed, faults, signers, outdated: new Set(outdated.map(([proxy]) => proxy)) };
}
