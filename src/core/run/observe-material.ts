import type { CertificateFacts, CertificateReader } from '../../ports/certificate-reader.ts';
import type { Observed } from '../history/observed.ts';
import { checkAuthority } from '../identity/check-authority.ts';
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
  const faults = new Map<string, CertificateFault>();
  let handedRoots: string | undefined;
  const authorities = new Map<string, LeafSigners>();
  for (const [proxy, text] of texts) {
    const kept = observed.state.certificates[proxy];
    if (kept === undefined) continue;
    const { subject, fingerprint } = kept;
    const authority = checkAuthority(reader, text, fingerprint, [
      ...roots,
      ...rootsInForce(observed, reader),
    ]);
    if (authority !== undefined) {
      if (authority.fault !== undefined) faults.set(proxy, authority.fault);
      if (authority.bundle !== undefined) handedRoots = authority.bundle;
      if (authority.signers !== undefined) authorities.set(proxy, authority.signers);
      continue;
    }
    const fault = checkMaterial(reader, text, { subject, fingerprint, roots, now: now.getTime() });
    if (fault !== undefined) faults.set(proxy, fault);
  }
  const living = [...texts].filter(
    ([proxy]) => faults.get(proxy)?.state !== 'expired' && !authorities.has(proxy),
  );
  const signers = signersOf(living, [...roots, ...rootsInForce(observed, reader)], reader);
  return {
    ...observed,
    faults,
    signers: new Map([...signers, ...authorities]),
    outdated: outdatedBy(issuer, signers),
    ...(handedRoots !== undefined && { handedRoots }),
  };
}

function rootsInForce({ current }: Observed, reader: CertificateReader): readonly CertificateFacts[] {
  const bundles = Object.values(current?.snapshot.trust?.bundles ?? {});
  return bundles.flatMap((text) => reader.certificates(text) ?? []);
}

function signersOf(
  texts: readonly (readonly [string, string])[],
  roots: readonly CertificateFacts[],
  reader: CertificateReader,
): ReadonlyMap<string, LeafSigners> {
  return new Map(
    texts.map(([proxy, text]) => {
      const chain = reader.certificates(readMaterial(text)?.chain ?? '') ?? [];
      return [proxy, leafSigners(reader, chain, roots)] as const;
    }),
  );
}

/** Returns the proxies whose certificate another issuer signed; none if nobody can sign now. */
function outdatedBy(
  issuer: string | undefined,
  signers: ReadonlyMap<string, LeafSigners>,
): ReadonlySet<string> {
  if (issuer === undefined) return new Set();
  return new Set([...signers].flatMap(([proxy, one]) => (one.issuer === issuer ? [] : [proxy])));
}
