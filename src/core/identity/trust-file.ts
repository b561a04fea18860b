import { type Rotation, readRotation, type TrustPhase, trustPhase } from './rotation/rotation.ts';

/** A root of a trust domain; `id` is the SHA-256 fingerprint of its certificate in hexadecimal. */
export interface TrustRoot {
  readonly id: string;
  readonly certificate: string;
}

/** The issuer of one target: a root signs it, or an authority below the root, and it signs workloads. */
export interface TrustIssuer {
  readonly id: string;
  readonly target: string;
  /** The `id` of the root that the issuer's chain leads to. */
  readonly root: string;
  readonly certificate: string;
  /** PEM of the authorities between the issuer and its root, the signer of the issuer first; absent if there are none. */
  readonly intermediates?: string;
}

/** The content of `certificates/<trust domain>.json`, all of it public. */
export interface Trust {
  readonly trustDomain: string;
  readonly phase: TrustPhase;
  /** All roots, the old ones of a rotation before the new ones. */
  readonly roots: readonly TrustRoot[];
  /** All issuers: during a rotation a target may have two. */
  readonly issuers: readonly TrustIssuer[];
  /** Present in every phase except `STEADY`. */
  readonly rotation?: Rotation;
  /**
   * The `id` of each root that was dropped because its key was in wrong hands, the last one last; absent if there is
   * none. No trust file takes one of them again, and proxies end the connections that it opened.
   */
  readonly distrusted?: readonly string[];
}

const trustFormatVersion = '1.0';

/** Returns the path of the trust file, relative to the root of the mesh repository. */
export function trustFilePath(trustDomain: string): string {
  return `certificates/${trustDomain}.json`;
}

/** Returns the text of a trust file; the same trust has the same bytes. */
export function formatTrust(trust: Trust): string {
  return `${JSON.stringify({ formatVersion: trustFormatVersion, ...trust }, undefined, 2)}\n`;
}

/** Reads a trust file, or returns the reason why the file can't be read. */
export function parseTrust(
  text: string,
  trustDomain: string,
): { readonly trust: Trust } | { readonly problem: string; readonly isNewer?: true } {
  const data = parsed(text);
  if (data === undefined) return { problem: 'it is not JSON' };
  const version = data['formatVersion'];
  if (typeof version !== 'string') return { problem: 'it has no formatVersion' };
  if (version.split('.')[0] !== trustFormatVersion.split('.')[0]) {
    return { problem: `it has formatVersion ${version}, which needs a newer mesh`, isNewer: true };
  }
  if (data['trustDomain'] !== trustDomain)
    return { problem: `it is of the trust domain ${String(data['trustDomain'])}` };
  const phase = trustPhase(data['phase']);
  if (phase === undefined)
    return {
      problem: `it is in the phase ${String(data['phase'])}, which needs a newer mesh`,
      isNewer: true,
    };
  const roots = list(data['roots'], isRoot);
  const issuers = list(data['issuers'], isIssuer);
  if (!roots || roots.length === 0) return { problem: 'it has no roots' };
  if (!issuers) return { problem: 'its issuers are not a list of certificates' };
  const { distrusted } = data;
  if (distrusted !== undefined && !isIds(distrusted))
    return { problem: 'its distrusted roots are not a list of SHA-256 fingerprints' };
  return inPhase({ trustDomain, phase, roots, issuers, ...(distrusted && { distrusted }) }, data['rotation']);
}

/** Adds its rotation to a trust; a phase that the rotation doesn't lead to was written by hand. */
function inPhase(trust: Trust, written: unknown): { readonly trust: Trust } | { readonly problem: string } {
  const { phase } = trust;
  if (phase === 'STEADY')
    return written === undefined ? { trust } : { problem: 'it is in the phase STEADY and has a rotation' };
  const rotation = readRotation(written);
  if (rotation === undefined)
    return { problem: `it is in the phase ${phase} and has no rotation that can be read` };
  const reached = rotation.passed.at(-1)?.to ?? 'none';
  if (reached === phase) return { trust: { ...trust, rotation } };
  return { problem: `it is in the phase ${phase}, and the last gate that it records led to ${reached}` };
}

/** Returns the roots that verifiers trust in the phase of a trust file. */
export function trustedRoots({ phase, roots, rotation }: Trust): readonly TrustRoot[] {
  if (phase !== 'NEW_READY' || rotation?.of !== 'root') return roots;
  return roots.filter(({ id }) => !rotation.new.includes(id));
}

/** Returns the roots under which issuers sign in the phase of a trust file. */
export function signingRoots({ phase, roots, rotation }: Trust): readonly TrustRoot[] {
  if (rotation?.of !== 'root') return roots;
  return roots.filter(({ id }) => rotation.new.includes(id) === (phase === 'DUAL_SIGN'));
}

/** Returns the issuer that signs for a target in the phase of a trust file; undefined if the target has none. */
export function signingIssuer({ phase, issuers, rotation }: Trust, target: string): TrustIssuer | undefined {
  const own = issuers.filter((issuer) => issuer.target === target);
  const isNew = ({ id, root }: TrustIssuer): boolean =>
    rotation?.new.includes(rotation.of === 'root' ? root : id) === true;
  return own.find((issuer) => isNew(issuer) === (phase === 'DUAL_SIGN')) ?? own[0];
}

/** Returns an issuer with the authorities between it and its root, as one PEM text. */
export function issuerChain({ certificate, intermediates = '' }: TrustIssuer): string {
  return `${certificate}${intermediates}`;
}

/** Returns the roots that verifiers trust, as one PEM text. */
export function trustBundle(trust: Trust): string {
  return trustedRoots(trust)
    .map(({ certificate }) => `${certificate.trim()}\n`)
    .join('');
}

type Data = Readonly<Record<string, unknown>>;

function parsed(text: string): Data | undefined {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Data) : undefined;
  } catch {
    return undefined;
  }
}

function list<T>(value: unknown, isOne: (entry: unknown) => entry is T): readonly T[] | undefined {
  return Array.isArray(value) && value.every(isOne) ? value : undefined;
}

function isRoot(value: unknown): value is TrustRoot {
  return hasTexts(value, ['id', 'certificate']) && isCertificate(value['certificate']);
}

function isIssuer(value: unknown): value is TrustIssuer {
  if (!hasTexts(value, ['id', 'target', 'root', 'certificate'])) return false;
  const { certificate, intermediates } = value as Partial<TrustIssuer>;
  return (
    isCertificate(certificate) &&
    (intermediates === undefined ||
      (typeof intermediates === 'string' &&
        /^(-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n)+$/.test(intermediates)))
  );
}

function isIds(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((id) => typeof id === 'string' && /^[0-9a-f]{64}$/.test(id));
}

function hasTexts(value: unknown, names: readonly string[]): value is Readonly<Record<string, string>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    names.every((name) => typeof (value as Data)[name] === 'string')
  );
}

function isCertificate(text: string | undefined): boolean {
  return /^-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\s*$/.test(text ?? '');
}
