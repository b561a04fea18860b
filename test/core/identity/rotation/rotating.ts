import { hierarchy } from '../../../../src/core/identity/hierarchy.ts';
import type { GatePassage, Rotated, TrustPhase } from '../../../../src/core/identity/rotation/rotation.ts';
import { begunRotation, nextStep, steppedTrust } from '../../../../src/core/identity/rotation/steps.ts';
import type { Trust } from '../../../../src/core/identity/trust-file.ts';
import { certificatesConfig, type Keys, madeHierarchy } from '../made-hierarchy.ts';

/** A passage without conditions. */
export function passage(to: TrustPhase, at = '2026-01-01T00:00:00.000Z'): GatePassage {
  return { to, at, by: 'me@here', met: 0 };
}

/** Returns the trust of each phase of a rotation, the last one `STEADY` again, and the keys of all authorities. */
export async function rotatedTrust(
  of: Rotated,
  now: number,
): Promise<{ readonly phases: readonly Trust[]; readonly keys: Keys }> {
  const { trust, keys, parts } = await madeHierarchy({ targets: ['local', 'other'] }, now);
  const { trustDomain } = trust;
  const certificates = certificatesConfig();
  const before = of === 'issuer' ? { before: { ...trust, issuers: [] } } : {};
  const made = await hierarchy(
    { trustDomain, targets: ['local', 'other'], certificates, ...before },
    parts,
    now,
  );
  const { issuers } = made.trust;
  const roots = of === 'root' ? made.trust.roots : [];
  const begun = { of, roots, issuers, leafLife: 60_000, isCompromised: false };
  const phases = [trust, begunRotation(trust, begun, passage('NEW_READY'))];
  for (;;) {
    const last = phases.at(-1)!;
    const step = nextStep(last);
    if (step === undefined) return { phases, keys };
    phases.push(steppedTrust(last, step, passage(step.to)));
  }
}
