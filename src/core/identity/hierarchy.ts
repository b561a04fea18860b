import type { CertificateFacts, CertificateReader } from '../../ports/certificate-reader.ts';
import type { CertificateSigner } from '../../ports/certificate-signer.ts';
import type { KeyReference, KeyStore } from '../../ports/key-store.ts';
import { PortError } from '../../ports/port-error.ts';
import { exit } from '../exit-code.ts';
import type { CertificatesConfig } from '../ir/certificates.ts';
import { certificatePlan } from './certificate-profile.ts';
import { validityFault } from './check-chain.ts';
import { signingAuthority } from './signing-authority.ts';
import { issuerKey, rootKey } from './signing-keys.ts';
import type { Trust, TrustIssuer, TrustRoot } from './trust-file.ts';
import { verifiedAuthority } from './verified-authority.ts';

/** The request for a hierarchy: one root, and one issuer for each target. */
export interface HierarchyRequest {
  readonly trustDomain: string;
  /** Names of targets that get an issuer, sorted. */
  readonly targets: readonly string[];
  readonly certificates: CertificatesConfig;
  /** The trust that exists already; its root signs the missing issuers. */
  readonly before?: Trust;
}

/** The ports that signing needs. */
export interface SigningParts {
  readonly signer: CertificateSigner;
  readonly reader: CertificateReader;
  readonly keys: KeyStore;
}

/** A new key and the place where it is stored. */
export interface StoredKey {
  readonly what: string;
  readonly place: string;
  readonly storage: KeyReference['storage'];
}

/**
 * Makes the missing parts of the hierarchy. Stores each key before it returns the trust that names the key, so an
 * interruption leaves at most a key without trust. Verifies each certificate before it stores the key.
 */
export async function hierarchy(
  request: HierarchyRequest,
  parts: SigningParts,
  now: number,
): Promise<{ readonly trust: Trust; readonly stored: readonly StoredKey[] }> {
  const { signer, reader, keys } = parts;
  const stored: StoredKey[] = [];
  const put = async (reference: KeyReference, pem: string): Promise<void> => {
    const { what, storage } = reference;
    stored.push({ what, storage, place: await keys.write(reference, pem) });
  };
  const { root, key, facts } = await rootOf(request, parts, now, put);
  const issuers: TrustIssuer[] = [...(request.before?.issuers ?? [])];
  for (const target of request.targets.filter((name) => !issuers.some((issuer) => issuer.target === name))) {
    const authority = { certificate: root.certificate, key };
    const plan = certificatePlan(
      {
        profile: 'issuer',
        subject: request.trustDomain,
        trustDomain: request.trustDomain,
        lifetime: request.certificates.issuer.lifetime,
        issuerNotAfter: facts.notAfter,
      },
      now,
    );
    const pair = await signer.sign(plan, authority);
    const { fingerprint } = verifiedAuthority(reader, pair, facts, { trustDomain: request.trustDomain, now });
    const issuer = {
      id: fingerprint,
      target,
      root: root.id,
      certificate: pair.certificate,
    };
    await put(issuerKey(request.certificates, request.trustDomain, issuer), pair.key);
    issuers.push(issuer);
  }
  const roots = request.before?.roots ?? [root];
  return { trust: { trustDomain: request.trustDomain, phase: 'STEADY', roots, issuers }, stored };
}

async function rootOf(
  { trustDomain, certificates, before }: HierarchyRequest,
  { signer, reader, keys }: SigningParts,
  now: number,
  put: (reference: KeyReference, pem: string) => Promise<void>,
): Promise<{ readonly root: TrustRoot; readonly key: string; readonly facts: CertificateFacts }> {
  const existing = before?.roots.at(-1);
  if (existing) {
    const facts = usableRoot(reader, existing, trustDomain, now);
    const reference = rootKey(certificates, trustDomain, existing.id);
    const { key } = await signingAuthority(existing.certificate, reference, keys, reader);
    return { root: existing, key, facts };
  }
  const plan = certificatePlan(
    { profile: 'root', subject: trustDomain, trustDomain, lifetime: certificates.root.lifetime },
    now,
  );
  const pair = await signer.sign(plan, undefined);
  const facts = verifiedAuthority(reader, pair, undefined, { trustDomain, now });
  const root = { id: facts.fingerprint, certificate: pair.certificate };
  await put(rootKey(certificates, trustDomain, root.id), pair.key);
  return { root, key: pair.key, facts };
}

/** Returns the root; throws if it can't sign at this moment. */
function usableRoot(
  reader: CertificateReader,
  { certificate }: TrustRoot,
  trustDomain: string,
  now: number,
): CertificateFacts {
  const [facts] = reader.certificates(certificate) ?? [];
  const fault = facts && validityFault(facts, 'the root', now);
  if (facts === undefined || fault !== undefined)
    throw new PortError(
      `no issuer can be signed for ${trustDomain}: ${fault?.detail ?? 'its root is garbled'}`,
      exit.certificate,
    );
  return facts;
}
