import type { CertificateFacts, CertificateReader } from '../../ports/certificate-reader.ts';
import { authorityProblem } from './check-chain.ts';
import type { Trust, TrustIssuer, TrustRoot } from './trust-file.ts';

/**
 * Returns why the certificates of a trust file can't be used, or undefined if they can: each is an authority of the
 * trust domain under its own fingerprint, roots sign themselves, and each issuer is signed by its root. The validity
 * period is not checked.
 */
export function trustProblem(
  { trustDomain, roots, issuers }: Trust,
  reader: CertificateReader,
): string | undefined {
  const known = new Map<string, CertificateFacts>();
  for (const root of roots) {
    const what = `its root ${root.id.slice(0, 16)}`;
    const facts = authorityOf(root, trustDomain, reader);
    if ('problem' in facts) return `${what} ${facts.problem}`;
    if (!reader.isSignedBy(facts, facts)) return `${what} is not signed by its own key`;
    known.set(root.id, facts);
  }
  for (const issuer of issuers) {
    const problem = issuerProblem(issuer, trustDomain, known, reader);
    if (problem !== undefined) return `its issuer of ${issuer.target} ${problem}`;
  }
  return undefined;
}

function issuerProblem(
  issuer: TrustIssuer,
  trustDomain: string,
  roots: ReadonlyMap<string, CertificateFacts>,
  reader: CertificateReader,
): string | undefined {
  const facts = authorityOf(issuer, trustDomain, reader);
  if ('problem' in facts) return facts.problem;
  const root = roots.get(issuer.root);
  if (root === undefined) return `names the root ${issuer.root.slice(0, 16)}, which is not among its roots`;
  if (!reader.isSignedBy(facts, root)) return `is not signed by its root ${issuer.root.slice(0, 16)}`;
  const limit = authorityProblem(root, 1);
  return limit === undefined ? undefined : `is signed by a root that ${limit}`;
}

function authorityOf(
  { id, certificate }: Pick<TrustRoot, 'id' | 'certificate'>,
  trustDomain: string,
  reader: CertificateReader,
): CertificateFacts | { readonly problem: string } {
  const all = reader.certificates(certificate);
  if (all === undefined) return { problem: 'is garbled: it is no X.509 certificate' };
  const [facts] = all;
  if (facts === undefined || all.length > 1)
    return { problem: `holds ${String(all.length)} certificates, where one is expected` };
  if (facts.fingerprint !== id)
    return { problem: `is another certificate: its SHA-256 is ${facts.fingerprint.slice(0, 16)}…` };
  const others = facts.uris.filter((uri) => uri !== `spiffe://${trustDomain}`);
  if (others.length > 0) return { problem: `is of ${others.join(', ')}, not of spiffe://${trustDomain}` };
  const problem = authorityProblem(facts, 0);
  return problem === undefined ? facts : { problem };
}
