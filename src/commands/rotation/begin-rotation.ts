import { hierarchy, type SigningParts, type StoredKey } from '../../core/identity/hierarchy.ts';
import type { GatePassage, Rotated } from '../../core/identity/rotation/rotation.ts';
import { begunRotation } from '../../core/identity/rotation/steps.ts';
import type { Trust } from '../../core/identity/trust-file.ts';
import type { Ir } from '../../core/ir/ir.ts';

/** The request for a rotation. */
export interface RotationRequest {
  readonly of: Rotated;
  /** Names of the targets whose issuers are replaced; of a root, all targets of the trust domain. */
  readonly targets: readonly string[];
  readonly isCompromised: boolean;
  readonly passage: GatePassage;
  /** The longest life of a workload certificate, in milliseconds. */
  readonly leafLife: number;
}

/**
 * Makes the new authorities of a rotation, stores their keys, and returns the trust with which the rotation begins.
 * Throws PortError(13) if a signing key is missing. The keys of root and issuers are not external.
 */
export async function beginRotation(
  trust: Trust,
  { certificates }: Pick<Ir, 'certificates'>,
  { of, targets, isCompromised, passage, leafLife }: RotationRequest,
  parts: SigningParts,
): Promise<{ readonly trust: Trust; readonly stored: readonly StoredKey[] }> {
  const { trustDomain } = trust;
  const kept = trust.issuers.filter(({ target }) => !targets.includes(target));
  const before = of === 'issuer' ? { before: { ...trust, issuers: kept } } : {};
  const made = await hierarchy(
    { trustDomain, targets, certificates, ...before },
    parts,
    Date.parse(passage.at),
  );
  const issuers = made.trust.issuers.filter((issuer) => !kept.includes(issuer));
  const roots = of === 'root' ? made.trust.roots : [];
  const begun = begunRotation(trust, { of, roots, issuers, leafLife, isCompromised }, passage);
  return { trust: begun, stored: made.stored };
}
