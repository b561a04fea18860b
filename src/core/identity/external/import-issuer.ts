import type { CertificateFacts, CertificateReader } from '../../../ports/certificate-reader.ts';
import { PortError } from '../../../ports/port-error.ts';
import { exit } from '../../exit-code.ts';
import { certificationPath } from '../certification-path.ts';
import type { BrokenRule } from '../rules/broken-rule.ts';
import { checkCertificates } from '../rules/check-certificates.ts';
import type { Trust, TrustIssuer, TrustRoot } from '../trust-file.ts';

/** A signed issuer certificate that comes back from another authority. */
export interface SignedIssuer {
  readonly trustDomain: string;
  readonly target: string;
  /** PEM of the issuer's certificate and, unless the trust file has it, of the root, in any order. */
  readonly text: string;
  /** The file of `text`, for messages. */
  readonly file: string;
  /** SHA-256 of the public key that the request was made for; absent if another machine keeps the issuer's key. */
  readonly publicKey?: string;
  /** ms since the epoch. */
  readonly now: number;
}

/**
 * Returns the issuer and its root, which is one of the trust file if there is one. Other authorities may be between
 * them; the text has their certificates.
 * Throws PortError(13), which names the broken rule.
 */
export function importIssuer(
  reader: CertificateReader,
  before: Trust | undefined,
  { trustDomain, target, text, file, publicKey, now }: SignedIssuer,
): { readonly root: TrustRoot; readonly issuer: TrustIssuer } {
  const refuse = (why: string): PortError =>
    new PortError(`${file} can't be taken for ${target}: ${why}; nothing was written`, exit.certificate);
  const given = reader.certificates(text);
  if (given === undefined) throw refuse('it holds something else than certificates in PEM');
  const isRoot = (one: CertificateFacts): boolean => reader.isSignedBy(one, one);
  const issuers = given.filter((one) => !isRoot(one));
  const facts =
    publicKey === undefined
      ? issuers.find((one) => !issuers.some((other) => other !== one && reader.isSignedBy(other, one)))
      : issuers.find((one) => one.publicKey === publicKey);
  if (facts === undefined)
    throw refuse(
      publicKey === undefined
        ? 'it holds no certificate of an issuer'
        : 'it holds no certificate for the key of the request that was written',
    );
  const known = (before?.roots ?? []).flatMap(({ certificate }) => reader.certificates(certificate) ?? []);
  const roots = before ? known : given.filter(isRoot);
  const { signers, isTrusted } = certificationPath(reader, facts, { others: given, roots, now });
  if (!isTrusted)
    throw refuse(
      before
        ? 'no chain in it leads to a root of the trust file: add the authorities between them if there are any'
        : given.some(isRoot)
          ? 'no chain in it leads to the root: add the authorities between them'
          : 'the certificate of its root is not in the file: add it',
    );
  const root = signers.at(-1);
  if (root === undefined) throw refuse('it is a root itself, and a root signs no workloads');
  const between = signers.slice(0, -1);
  const broken = brokenRule(reader, [facts, ...signers], trustDomain, now);
  if (broken) throw refuse(`it breaks the rule ${broken.rule}: ${broken.detail}`);
  return {
    root: { id: root.fingerprint, certificate: `${root.pem.trim()}\n` },
    issuer: {
      id: facts.fingerprint,
      target,
      root: root.fingerprint,
      certificate: `${facts.pem.trim()}\n`,
      ...(between.length > 0 && { intermediates: between.map(({ pem }) => `${pem.trim()}\n`).join('') }),
    },
  };
}

function brokenRule(
  reader: CertificateReader,
  path: readonly CertificateFacts[],
  trustDomain: string,
  now: number,
): BrokenRule | undefined {
  const expected = { trustDomain };
  const all = path.flatMap((one) =>
    checkCertificates(reader, { certificates: [one], now, expected, isAuthorities: true }),
  );
  const found = all.find(({ severity }) => severity === 'error');
  if (found) return found;
  for (const [below, signer] of path.slice(1).entries()) {
    const name = below + 2 === path.length ? 'root' : `intermediate ${signer.fingerprint.slice(0, 16)}`;
    if (signer.pathLength !== undefined && signer.pathLength < below + 1)
      return {
        rule: 'path-length',
        severity: 'error',
        detail:
          signer.pathLength === 0
            ? `the ${name} allows no authority below it (pathLength 0)`
            : `the ${name} allows ${String(signer.pathLength)} authorities below it, and has ${String(below + 1)}`,
      };
    const signed = path[below];
    if (signed !== undefined && signed.notAfter > signer.notAfter)
      return {
        rule: 'outlives-issuer',
        severity: 'error',
        detail: below === 0 ? `it ends after its ${name}` : `its signer ends after the ${name}`,
      };
  }
  return undefined;
}
