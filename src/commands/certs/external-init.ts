import { exit } from '../../core/exit-code.ts';
import { certificatePlan } from '../../core/identity/certificate-profile.ts';
import { importIssuer } from '../../core/identity/external/import-issuer.ts';
import { issuerRequestPath, pendingIssuerKey } from '../../core/identity/external/pending-keys.ts';
import type { StoredKey } from '../../core/identity/hierarchy.ts';
import { issuerKey } from '../../core/identity/signing-keys.ts';
import type { Trust, TrustIssuer } from '../../core/identity/trust-file.ts';
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
  /** The issuers that new ones replace: a request for one of their keys doesn't wait any more. */
  readonly replaced?: readonly TrustIssuer[];
  /** ms since the epoch. */
  readonly now: number;
}

/** A signed certificate that the user named; `target` is the target that the user named with it. */
export interface SignedFile {
  readonly file: string;
  readonly text: string;
  readonly target?: string;
}

/** Returns the requests of the targets that wait for a signature, and makes the missing ones with their keys. */
export async function writeIssuerRequests(
  { ir, targets, replaced = [], now }: ExternalWish,
  { reader, requester, keys, readFile, writeFile }: ExternalParts,
): Promise<readonly { readonly target: string; readonly file: string; readonly isNew: boolean }[]> {
  const { trustDomain, certificates } = ir;
  if (certificates.issuer.keys === 'external')
    throw new PortError(
      `spec.certificates keeps the issuers' keys external, so mesh makes no request: 'mesh certs init --certificate FILE' takes the certificate of an issuer with its root`,
      exit.certificate,
    );
  const done = new Set(
    replaced.flatMap(({ certificate }) => reader.certificates(certificate) ?? []).map((one) => one.publicKey),
  );
  const waiting = [];
  for (const target of targets) {
    const file = issuerRequestPath(trustDomain, target);
    const written = await readFile(file);
    const facts = written === undefined ? undefined : await requester.read(written);
    const isNew = facts === undefined || ('publicKey' in facts && done.has(facts.publicKey));
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
 * its certificate before it returns the trust and the places of the keys.
 */
export async function takeIssuers(
  { ir, targets, before, now }: ExternalWish,
  files: readonly SignedFile[],
  parts: ExternalParts,
): Promise<{ readonly trust: Trust; readonly stored: readonly StoredKey[] }> {
  const { trustDomain, certificates } = ir;
  const { reader, keys } = parts;
  const stored: StoredKey[] = [];
  const taken = new Set<string>();
  let trust = before;
  for (const given of files) {
    const { file, text } = given;
    const found = await issuersIn(given, targets, ir, parts);
    if (found.length === 0)
      throw new UsageError(
        `${file} has the certificate of no waiting request; these requests wait: ${targets.map((target) => issuerRequestPath(trustDomain, target)).join(', ')}`,
      );
    for (const { target, publicKey } of found) {
      if (taken.has(target))
        throw new UsageError(`${file} has a second certificate for ${target}: give one for each target`);
      taken.add(target);
      const signed = { trustDomain, target, text, file, now, ...(publicKey !== undefined && { publicKey }) };
      const { root, issuer } = importIssuer(reader, trust, signed);
      if (publicKey !== undefined) {
        const key = await requestedKey(ir, issuer, publicKey, parts);
        const reference = issuerKey(certificates, trustDomain, issuer);
        const { what, storage } = reference;
        stored.push({ what, storage, place: await keys.write(reference, key) });
      }
      trust = {
        ...{ trustDomain, phase: 'STEADY' as const },
        ...trust,
        roots: trust?.roots ?? [root],
        issuers: [...(trust?.issuers ?? []), issuer],
      };
    }
  }
  if (trust === undefined) throw new Error('no certificate was given');
  return { trust, stored };
}

/**
 * Returns the key of a request, in PEM: the one that waits, or the one that was stored when the same certificate was
 * taken before.
 */
async function requestedKey(
  { trustDomain, certificates }: ExternalWish['ir'],
  issuer: TrustIssuer,
  publicKey: string,
  { reader, keys }: ExternalParts,
): Promise<string> {
  const { target } = issuer;
  const problems: string[] = [];
  for (const reference of [
    pendingIssuerKey(certificates, trustDomain, target),
    issuerKey(certificates, trustDomain, issuer),
  ])
    try {
      const key = reader.privateKey((await keys.read(reference)).text);
      if (!('problem' in key) && key.publicKey === publicKey) return key.pem;
      problems.push('problem' in key ? key.problem : 'it belongs to another request');
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
      problems.push(error.message);
    }
  throw new PortError(
    `the key of the request of ${target} can't be used: ${problems[0]}; take the certificate where the request was written, or delete ${issuerRequestPath(trustDomain, target)} and run again for a new request`,
    exit.certificate,
  );
}

/** Returns the targets whose requests have the keys of a file's certificates. */
async function issuersIn(
  { text, target: named }: SignedFile,
  targets: readonly string[],
  { trustDomain, certificates }: ExternalWish['ir'],
  { reader, requester, readFile }: ExternalParts,
): Promise<readonly { readonly target: string; readonly publicKey?: string }[]> {
  if (certificates.issuer.keys === 'external') {
    if (named !== undefined) return [{ target: named }];
    const [target, ...more] = targets;
    if (target !== undefined && more.length === 0) return [{ target }];
    throw new UsageError(
      `--certificate TARGET=FILE has to name whose issuer it is: one of ${targets.join(', ')}`,
    );
  }
  const given = reader.certificates(text) ?? [];
  const found = [];
  for (const target of targets) {
    const request = await readFile(issuerRequestPath(trustDomain, target));
    const facts = request === undefined ? undefined : await requester.read(request);
    if (facts === undefined || 'problem' in facts) continue;
    if (given.some(({ publicKey }) => publicKey === facts.publicKey))
      found.push({ target, publicKey: facts.publicKey });
  }
  return found;
}
