import { exit } from '../../core/exit-code.ts';
import { certificatePlan } from '../../core/identity/certificate-profile.ts';
import { importIssuer } from '../../core/identity/external/import-issuer.ts';
import { issuerRequestPath, pendingIssuerKey } from '../../core/identity/external/pending-keys.ts';
import { issuerKey } from '../../core/identity/signing-keys.ts';
import type { Trust } from '../../core/identity/trust-file.ts';
import type { Ir } from '../../core/ir/ir.ts';
import { UsageError } from '../../core/usage-error.ts';
import type { CertificateReader } from '../../ports/certificate-reader.ts';
import type { CertificateRequester } from '../../ports/certificate-requester.ts';
import type { KeyStore } from '../../ports/key-store.ts';
import { PortError } from '../../ports/port-error.ts';

/** The parts of the world that an external hierarchy needs. */
export interface ExternalParts {
  readonly reader: CertificateReader;
  readonly requester: CertificateRequester;
  readonly keys: KeyStore;
  /** Reads a file of the repository; undefined if there is none. */
  readonly readFile: (file: string) => Promise<string | undefined>;
  /** Writes a file of the repository, whole. */
  readonly writeFile: (file: string, text: string) => Promise<void>;
}

/** A hierarchy whose root another authority keeps. */
export interface ExternalWish {
  readonly ir: Pick<Ir, 'trustDomain' | 'certificates'>;
  /** Targets without an issuer, sorted. */
  readonly targets: readonly string[];
  readonly before?: Trust;
  /** ms since the epoch. */
  readonly now: number;
}

/** Returns the requests of the targets that wait for a signature, and makes the missing ones with their keys. */
export async function writeIssuerRequests(
  { ir, targets, now }: ExternalWish,
  { requester, keys, readFile, writeFile }: ExternalParts,
): Promise<readonly { readonly target: string; readonly file: string; readonly isNew: boolean }[]> {
  const { trustDomain, certificates } = ir;
  if (certificates.issuer.keys === 'external')
    throw new PortError(
      `spec.certificates keeps the issuers' keys external, so mesh makes no request: 'mesh certs init --certificate FILE' takes the certificate of an issuer with its root`,
      exit.certificate,
    );
  const waiting = [];
  for (const target of targets) {
    const file = issuerRequestPath(trustDomain, target);
    const isNew = (await readFile(file)) === undefined;
    if (isNew) {
      const plan = certificatePlan(
        { profile: 'issuer', subject: trustDomain, trustDomain, lifetime: certificates.issuer.lifetime },
        now,
      );
      const made = await requester.request(plan);
      const pending = pendingIssuerKey(certificates, trustDomain, target);
      await keys.remove(pending);
      await keys.write(pending, made.key);
      await writeFile(file, made.request);
    }
    waiting.push({ target, file, isNew });
  }
  return waiting;
}

/**
 * Takes signed issuer certificates into the trust, each for the target whose request has its key. Stores each key under
 * its certificate before it returns the trust.
 */
export async function takeIssuers(
  { ir, targets, before, now }: ExternalWish,
  files: readonly { readonly file: string; readonly text: string }[],
  parts: ExternalParts,
): Promise<Trust> {
  const { trustDomain, certificates } = ir;
  const { reader, keys } = parts;
  let trust = before;
  for (const { file, text } of files) {
    const found = await targetOf(text, targets, ir, parts);
    if (found === undefined)
      throw new UsageError(
        `${file} has the certificate of no waiting request; these requests wait: ${targets.map((target) => issuerRequestPath(trustDomain, target)).join(', ')}`,
      );
    const { target, publicKey } = found;
    const signed = { trustDomain, target, text, file, now, ...(publicKey !== undefined && { publicKey }) };
    const { root, issuer } = importIssuer(reader, trust, signed);
    if (publicKey !== undefined) {
      const pending = pendingIssuerKey(certificates, trustDomain, target);
      const kept = reader.privateKey((await keys.read(pending)).text);
      if ('problem' in kept || kept.publicKey !== publicKey)
        throw new PortError(
          `the key of the request of ${target} can't be used: ${'problem' in kept ? kept.problem : 'it belongs to another request'}`,
          exit.certificate,
        );
      await keys.write(issuerKey(certificates, trustDomain, issuer), kept.pem);
    }
    trust = {
      ...{ trustDomain, phase: 'STEADY' as const },
      ...trust,
      roots: trust?.roots ?? [root],
      issuers: [...(trust?.issuers ?? []), issuer],
    };
  }
  if (trust === undefined) throw new Error('no certificate was given');
  return trust;
}

/** Returns the target whose request has the key of one of the certificates. */
async function targetOf(
  text: string,
  targets: readonly string[],
  { trustDomain, certificates }: ExternalWish['ir'],
  { reader, requester, readFile }: ExternalParts,
): Promise<{ readonly target: string; readonly publicKey?: string } | undefined> {
  if (certificates.issuer.keys === 'external') {
    const [target, ...more] = targets;
    if (target !== undefined && more.length === 0) return { target };
    throw new UsageError(`--target has to name whose issuer it is: one of ${targets.join(', ')}`);
  }
  for (const target of targets) {
    const request = await readFile(issuerRequestPath(trustDomain, target));
    const facts = request === undefined ? undefined : await requester.read(request);
    if (facts === undefined || 'problem' in facts) continue;
    if (reader.certificates(text)?.some(({ publicKey }) => publicKey === facts.publicKey))
      return { target, publicKey: facts.publicKey };
  }
  return undefined;
}
