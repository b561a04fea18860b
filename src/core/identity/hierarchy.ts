import type { CertificateSigner, KeyReference, KeyStore } from '../../ports.ts';
import type { CertificatesConfig } from '../ir/certificates.ts';
import { certificatePlan } from './certificate-profile.ts';
import type { Trust, TrustIssuer, TrustRoot } from './trust-file.ts';
import { issuerKey } from './workload-issuer.ts';

/** A hierarchy to be made: one root, one issuer a target. */
export interface HierarchyWish {
  readonly trustDomain: string;
  /** Names of targets that get an issuer, sorted. */
  readonly targets: readonly string[];
  readonly certificates: CertificatesConfig;
  /** What exists already: its root signs the issuers that are missing. */
  readonly before?: Trust;
}

/** A key that was made and where it was put. */
export interface StoredKey {
  readonly what: string;
  readonly place: string;
}

/**
 * Makes what is missing of the hierarchy. Keys are stored before the trust that names them is answered, so that
 * stopping anywhere leaves at most a key that nothing names.
 */
export async function hierarchy(
  wish: HierarchyWish,
  signer: CertificateSigner,
  keys: KeyStore,
  now: number,
): Promise<{ readonly trust: Trust; readonly stored: readonly StoredKey[] }> {
  const stored: StoredKey[] = [];
  const put = async (reference: KeyReference, pem: string): Promise<void> => {
    stored.push({ what: reference.what, place: await keys.write(reference, pem) });
  };
  const { root, key } = await rootOf(wish, signer, keys, now, put);
  const issuers: TrustIssuer[] = [...(wish.before?.issuers ?? [])];
  for (const target of wish.targets.filter((name) => !issuers.some((issuer) => issuer.target === name))) {
    const authority = { certificate: root.certificate, key };
    const plan = certificatePlan(
      {
        profile: 'issuer',
        subject: wish.trustDomain,
        trustDomain: wish.trustDomain,
        lifetime: wish.certificates.issuer.lifetime,
        issuerNotAfter: signer.validity(root.certificate).notAfter,
      },
      now,
    );
    const pair = await signer.sign(plan, authority);
    const issuer = {
      id: signer.fingerprint(pair.certificate),
      target,
      root: root.id,
      certificate: pair.certificate,
    };
    await put(issuerKey(wish.certificates, wish.trustDomain, issuer), pair.key);
    issuers.push(issuer);
  }
  const roots = wish.before?.roots ?? [root];
  return { trust: { trustDomain: wish.trustDomain, phase: 'STEADY', roots, issuers }, stored };
}

async function rootOf(
  { trustDomain, certificates, before }: HierarchyWish,
  signer: CertificateSigner,
  keys: KeyStore,
  now: number,
  put: (reference: KeyReference, pem: string) => Promise<void>,
): Promise<{ readonly root: TrustRoot; readonly key: string }> {
  const existing = before?.roots.at(-1);
  if (existing)
    return { root: existing, key: await keys.read(rootKey(certificates, trustDomain, existing.id)) };
  const plan = certificatePlan(
    { profile: 'root', subject: trustDomain, trustDomain, lifetime: certificates.root.lifetime },
    now,
  );
  const pair = await signer.sign(plan, undefined);
  const root = { id: signer.fingerprint(pair.certificate), certificate: pair.certificate };
  await put(rootKey(certificates, trustDomain, root.id), pair.key);
  return { root, key: pair.key };
}

function rootKey(certificates: CertificatesConfig, trustDomain: string, id: string): KeyReference {
  return {
    trustDomain,
    id,
    storage: certificates.root.keys,
    recipients: certificates.recipients.root,
    what: 'root',
  };
}
