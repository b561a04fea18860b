import type { CertificateFacts, CertificateReader } from '../../ports/certificate-reader.ts';
import { authorityProblem } from './check-chain.ts';
import { brokenAuthorityRule } from './rules/broken-authority-rule.ts';
import type { Trust, TrustIssuer, TrustRoot } from './trust-file.ts';

/**
 * Returns why the certificates of a trust file can't be used, or undefined if they can: each is an authority of the
 * trust domain under its own fingerprint, roots sign themselves, and each issuer is signed by its root. The validity
 * period is not checked.
 */
export function trustProblem(trust: Trust, reader: CertificateReader): string | undefined {
  const { trustDomain, roots, issuers, distrusted = [] } = trust;
  const known = new Map<string, CertificateFacts>();
  for (const root of roots) {
    const what = `its root ${root.id.slice(0, 16)}`;
    if (distrusted.includes(root.id)) return `${what} is distrusted: its key was in wrong hands`;
    const facts = authorityOf(root, trustDomain, reader);
    if ('problem' in facts) return `${what} ${facts.problem}`;
    if (known.has(root.id)) return `${what} is there twice`;
    if (!reader.isSignedBy(facts, facts)) return `${what} is not signed by its own key`;
    known.set(root.id, facts);
  }
  const names = new Set<string>();
  for (const issuer of issuers) {
    const problem = issuerProblem(issuer, trustDomain, known, reader);
    if (problem !== undefined) return `its issuer of ${issuer.target} ${problem}`;
    const name = `${issuer.id} ${issuer.target}`;
    if (names.has(name)) return `its issuer of ${issuer.target} ${issuer.id.slice(0, 16)} is there twice`;
    names.add(name);
  }
  return rotationProblem(trust);
}

/** Returns why the rotation of a trust file doesn't fit its roots and issuers, or undefined if it does. */
function rotationProblem({ roots, issuers, rotation }: Trust): string | undefined {
  if (rotation === undefined) return undefined;
  const { of, old, new: coming } = rotation;
  const all: readonly { readonly id: string }[] = of === 'root' ? roots : issuers;
  const strange = [...old, ...coming].find((id) => all.every((one) => one.id !== id));
  if (strange !== undefined)
    return `its rotation names the ${of} ${strange.slice(0, 16)}, which is not among its ${of}s`;
  if (old.length === 0 || coming.length === 0 || coming.some((id) => old.includes(id)))
    return `its rotation does not say which ${of} goes and which one comes`;
  const targetsOf = (ids: readonly string[]): ReadonlySet<string> =>
    new Set(
      issuers.flatMap(({ id, root, target }) => (ids.includes(of === 'root' ? root : id) ? [target] : [])),
    );
  const [before, after] = [targetsOf(old), targetsOf(coming)];
  const lone = [...new Set([...before, ...after])].find((name) => !before.has(name) || !after.has(name));
  return lone === undefined
    ? undefined
    : `its rotation has no ${before.has(lone) ? 'new' : 'old'} issuer for ${lone}`;
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
  return chainProblem(facts, issuer, root, trustDomain, reader);
}

/** Returns why the chain of an issuer doesn't lead to its root, or undefined if it does. */
function chainProblem(
  facts: CertificateFacts,
  { intermediates, root: id }: TrustIssuer,
  root: CertificateFacts,
  trustDomain: string,
  reader: CertificateReader,
): string | undefined {
  const between = intermediates === undefined ? [] : reader.certificates(intermediates);
  if (between === undefined) return 'has an intermediate that is garbled';
  const chain = [facts, ...between, root];
  for (const [below, signer] of chain.slice(1).entries()) {
    const isRoot = signer === root;
    const what = isRoot
      ? `its root ${id.slice(0, 16)}`
      : `its intermediate ${signer.fingerprint.slice(0, 16)}`;
    const signed = chain[below];
    if (signed !== undefined && !reader.isSignedBy(signed, signer))
      return below === 0 ? `is not signed by ${what}` : `has an intermediate that is not signed by ${what}`;
    const limit = authorityProblem(signer, below + 1);
    if (limit !== undefined) return `is signed by ${isRoot ? 'a root' : 'an intermediate'} that ${limit}`;
    const broken = isRoot ? undefined : brokenAuthorityRule(reader, signer, trustDomain);
    if (broken !== undefined) return `has an intermediate that ${broken}`;
  }
  return undefined;
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
  const problem = authorityProblem(facts, 0) ?? brokenAuthorityRule(reader, facts, trustDomain);
  return problem === undefined ? facts : { problem };
}
