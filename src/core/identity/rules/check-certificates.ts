import type { CertificateFacts, CertificateReader } from '../../../ports/certificate-reader.ts';
import { certificationPath } from '../certification-path.ts';
import { checkAuthority } from './authority-rules.ts';
import type { Breaks, BrokenRule, RuleName } from './broken-rule.ts';
import { checkCertificate } from './certificate-rules.ts';
import { duplicateSerials } from './duplicate-serials.ts';
import { checkLeaf, type ExpectedLeaf } from './leaf-rules.ts';

/** Certificates and the requirements on them. */
export interface Examined {
  /** Certificates in any order: a leaf with its chain, or authorities alone. */
  readonly certificates: readonly CertificateFacts[];
  /** PEM of the private key that has to be the leaf's; absent if there is none. */
  readonly key?: string;
  /** The roots that have to verify the chain; absent if they aren't known. */
  readonly roots?: readonly CertificateFacts[];
  /** ms since the epoch. */
  readonly now: number;
  /** If its profile is absent, a certificate with a URI name is a workload's, any other a server's. */
  readonly expected: Partial<ExpectedLeaf>;
  /** True if all must be authorities, whatever they look like. */
  readonly isAuthorities?: boolean;
}

/** Returns the rules that a leaf, its chain and its key break, or that authorities break; errors come first. */
export function checkCertificates(reader: CertificateReader, examined: Examined): readonly BrokenRule[] {
  const { certificates, roots, now, expected, key } = examined;
  const broken: BrokenRule[] = [];
  const breaksOf =
    (name: string): Breaks =>
    (rule: RuleName, detail, severity = 'error') =>
      void broken.push({ rule, severity, detail: `${name}: ${detail}` });
  const leaf = examined.isAuthorities ? undefined : leafOf(reader, certificates);
  if (leaf === undefined) {
    checkAuthorities(reader, examined, breaksOf);
  } else {
    const others = certificates.filter((one) => one !== leaf);
    const path = certificationPath(reader, leaf, { others, roots: roots ?? [], now });
    const profile = expected.profile ?? (leaf.uris.length > 0 ? 'workload' : 'server');
    const breaks = breaksOf(nameOf(leaf));
    checkLeaf(leaf, { ...expected, profile }, breaks);
    checkCertificate(leaf, { now, isRoot: false }, breaks);
    checkPath(reader, leaf, path, examined, breaks);
    // Authorities of public servers carry no SPIFFE ID.
    for (const [below, signer] of path.signers.entries()) {
      const breaksSigner = breaksOf(`its issuer ${nameOf(signer)}`);
      checkAuthority(signer, below, expected.trustDomain, (rule, detail, severity) => {
        if (profile === 'workload' || rule !== 'signing-id') breaksSigner(rule, detail, severity);
      });
      checkCertificate(signer, { now, isRoot: reader.isSignedBy(signer, signer) }, breaksSigner);
    }
    const chain = [leaf, ...path.signers];
    for (const [index, below] of chain.entries()) {
      const above = chain[index + 1];
      if (above !== undefined && below.notAfter > above.notAfter)
        breaksOf(nameOf(below))(
          'outlives-issuer',
          `it ends after its issuer, which ends ${new Date(above.notAfter).toISOString()}`,
          profile === 'workload' ? 'error' : 'warning',
        );
    }
    if (key !== undefined) checkKey(reader, leaf, key, breaks);
  }
  for (const serial of duplicateSerials([...certificates, ...(roots ?? [])]))
    breaksOf('the certificates')('duplicate-serial', `two of one issuer have the serial number ${serial}`);
  return broken.toSorted((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'));
}

function checkAuthorities(
  reader: CertificateReader,
  { certificates, expected, now }: Examined,
  breaksOf: (name: string) => Breaks,
): void {
  for (const one of certificates) {
    const breaks = breaksOf(nameOf(one));
    checkAuthority(one, 0, expected.trustDomain, breaks);
    checkCertificate(one, { now, isRoot: reader.isSignedBy(one, one) }, breaks);
  }
  if (certificates.length === 0) breaksOf('the file')('readable', 'it holds no certificate');
}

function checkPath(
  reader: CertificateReader,
  leaf: CertificateFacts,
  { signers, isTrusted }: ReturnType<typeof certificationPath>,
  { certificates, roots }: Examined,
  breaks: Breaks,
): void {
  const last = signers.at(-1) ?? leaf;
  if (roots !== undefined && !isTrusted)
    breaks(
      'chain',
      signers.length === 0 && certificates.length > 1
        ? 'the certificates that come with it did not sign it'
        : 'none of the roots that the mesh trusts signed it or its issuer',
    );
  else if (roots === undefined && !reader.isSignedBy(last, last) && signers.length === 0)
    breaks('chain', 'the certificate of its issuer does not come with it', 'warning');
  const used = new Set([leaf, ...signers].map(({ fingerprint }) => fingerprint));
  const given = certificates.map(({ fingerprint }) => fingerprint);
  const wanted = [leaf, ...signers]
    .map(({ fingerprint }) => fingerprint)
    .filter((one) => given.includes(one));
  const unused = certificates.filter(({ fingerprint }) => !used.has(fingerprint));
  for (const one of unused)
    breaks('chain', `${nameOf(one)} comes with it and is not of its chain`, 'warning');
  if (given.filter((one) => used.has(one)).join() !== wanted.join())
    breaks('chain-order', 'its chain is not in order: leaf first, then the signer of each', 'warning');
}

function checkKey(reader: CertificateReader, leaf: CertificateFacts, pem: string, breaks: Breaks): void {
  const key = reader.privateKey(pem);
  if ('problem' in key) breaks('key-match', `its key can't be used: ${key.problem}`);
  else if (key.publicKey !== leaf.publicKey)
    breaks('key-match', 'its key does not belong to its certificate');
}

/** Returns the leaf of certificates in any order; undefined if all are authorities. */
function leafOf(
  reader: CertificateReader,
  certificates: readonly CertificateFacts[],
): CertificateFacts | undefined {
  const leaves = certificates.filter((one) => !signsAny(reader, one, certificates));
  // An authority with the identity of a workload is a leaf, too: it breaks leaf-not-ca.
  return leaves.find((one) => !one.isAuthority) ?? leaves.find(isIdentity);
}

function signsAny(
  reader: CertificateReader,
  one: CertificateFacts,
  certificates: readonly CertificateFacts[],
): boolean {
  return certificates.some((other) => other !== one && reader.isSignedBy(other, one));
}

function isIdentity({ uris }: CertificateFacts): boolean {
  return uris.some((uri) => /^spiffe:\/\/[^/]+\/./i.test(uri));
}

/** Returns the name of a certificate for people. */
function nameOf({ uris, dnsNames, fingerprint }: CertificateFacts): string {
  return `${uris[0] ?? dnsNames[0] ?? 'certificate'} (${fingerprint.slice(0, 16)})`;
}
