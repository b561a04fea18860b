import { exit } from '../../core/exit-code.ts';
import { pendingIssuerKey } from '../../core/identity/external/pending-keys.ts';
import type { StoredKey } from '../../core/identity/hierarchy.ts';
import type { GateItem } from '../../core/identity/rotation/gate.ts';
import { begunRotation } from '../../core/identity/rotation/steps.ts';
import type { Trust } from '../../core/identity/trust-file.ts';
import type { Ir } from '../../core/ir/ir.ts';
import { UsageError } from '../../core/usage-error.ts';
import type { CertificateReader } from '../../ports/certificate-reader.ts';
import type { KeyReference } from '../../ports/key-store.ts';
import { PortError } from '../../ports/port-error.ts';
import {
  type ExternalParts,
  type SignedFile,
  takeIssuers,
  writeIssuerRequests,
} from '../certs/external-init.ts';
import type { RotationRequest } from './begin-rotation.ts';

type Authorities = Pick<Trust, 'roots' | 'issuers'>;

/** `waiting` has a condition for each request that no authority has signed yet. */
export type ExternalBeginning =
  | { readonly waiting: readonly GateItem[] }
  | {
      readonly trust: Trust;
      readonly stored: readonly StoredKey[];
      /** The keys of the requests, which have to go once the trust file is written. */
      readonly pending: readonly KeyReference[];
    };

/**
 * Begins a rotation under a root that another authority keeps. Without `signed` it writes a request for each target;
 * with `signed` it takes the certificates of all targets, and returns the trust with which the rotation begins.
 */
export async function beginExternalRotation(
  trust: Trust,
  { certificates }: Pick<Ir, 'certificates'>,
  { of, targets, isCompromised, passage, leafLife }: RotationRequest,
  signed: readonly SignedFile[],
  parts: ExternalParts,
): Promise<ExternalBeginning> {
  if (certificates.root.keys !== 'external')
    throw new PortError(
      'spec.certificates keeps the issuers external and the root here: keep the root external, too',
      exit.findings,
    );
  const { trustDomain } = trust;
  const replaced = trust.issuers.filter(({ target }) => targets.includes(target));
  const kept = trust.issuers.filter((issuer) => !replaced.includes(issuer));
  const about = { ir: { trustDomain, certificates }, targets, replaced, now: Date.parse(passage.at) };
  if (signed.length === 0) {
    if (certificates.issuer.keys === 'external')
      throw new PortError(
        `spec.certificates keeps the issuers' keys external, so mesh makes no request: 'mesh certs rotate ${of} --certificate ${targets.length > 1 ? 'TARGET=' : ''}FILE' takes the certificate of ${targets.length > 1 ? 'each' : 'the'} new issuer with its root`,
        exit.certificate,
      );
    const requests = await writeIssuerRequests(about, parts);
    const signer = of === 'root' ? 'the new root' : 'the root';
    return {
      waiting: requests.map(({ target, file, isNew }) => ({
        ...{ target, who: 'its new issuer', kind: 'key', state: 'unmet' },
        detail: `${file} waits for a signature of ${signer}${isNew ? '' : ' (written before; delete the file for a new key)'}`,
      })),
    };
  }
  const before = of === 'root' ? {} : { before: { ...trust, issuers: kept } };
  const { trust: taken, stored } = await takeIssuers({ ...about, ...before }, signed, parts);
  const issuers = taken.issuers.filter((issuer) => !kept.includes(issuer));
  const lacking = targets.filter((target) => !issuers.some((one) => one.target === target));
  if (lacking.length > 0)
    throw new UsageError(
      `--certificate has to give the new issuer of each target in one run; ${lacking.join(', ')} ${lacking.length > 1 ? 'have' : 'has'} none`,
    );
  const roots = of === 'root' ? taken.roots : [];
  refuseDistrusted(trust, roots);
  refuseOldKeys({ roots: trust.roots, issuers: replaced }, { roots, issuers }, parts.reader);
  return {
    trust: begunRotation(trust, { of, roots, issuers, leafLife, isCompromised }, passage),
    stored,
    pending: targets.map((target) => pendingIssuerKey(certificates, trustDomain, target)),
  };
}

/** Throws PortError(13) if a new root is one whose key was in wrong hands. */
function refuseDistrusted({ distrusted = [] }: Trust, roots: Authorities['roots']): void {
  const found = roots.find(({ id }) => distrusted.includes(id));
  if (found === undefined) return;
  throw new PortError(
    `the root ${found.id.slice(0, 16)} of --certificate is distrusted, since its key was in wrong hands: sign with a new root`,
    exit.certificate,
  );
}

/** Throws PortError(13) if a new authority is an old one, or has the key of an old one. */
function refuseOldKeys(old: Authorities, made: Authorities, reader: CertificateReader): void {
  for (const what of ['roots', 'issuers'] as const) {
    const keysOf = (list: Authorities[typeof what]): readonly string[] =>
      list.flatMap(({ certificate }) => reader.certificates(certificate) ?? []).map((one) => one.publicKey);
    const known = new Set(keysOf(old[what]));
    if (!keysOf(made[what]).some((key) => known.has(key))) continue;
    throw new PortError(
      what === 'roots'
        ? "the root of --certificate has the key of the root that it replaces: sign with a new root, or replace the issuers alone with 'mesh certs rotate issuer'"
        : 'an issuer of --certificate has the key of the issuer that it replaces: sign a new key',
      exit.certificate,
    );
  }
}
