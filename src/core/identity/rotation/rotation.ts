/**
 * The phase of a trust domain's hierarchy (certificates.md). `STEADY`: one hierarchy. `NEW_READY`: the new one exists,
 * and nothing trusts it. `DUAL_TRUST`: verifiers trust both roots, the old one signs. `DUAL_SIGN`: verifiers trust both,
 * the new one signs. The rotation of an issuer has no `DUAL_TRUST`, since its root stays.
 */
export type TrustPhase = (typeof trustPhases)[number];

const trustPhases = ['STEADY', 'NEW_READY', 'DUAL_TRUST', 'DUAL_SIGN'] as const;

/** The kind of authority that a rotation replaces. */
export type Rotated = 'root' | 'issuer';

/** A rotation under way, in the trust file. Times are ISO 8601. */
export interface Rotation {
  readonly of: Rotated;
  /** The `id` of each authority that goes: roots, or issuers. */
  readonly old: readonly string[];
  /** The `id` of each authority that comes. */
  readonly new: readonly string[];
  /** The time of the first step; it names the rotation in records. */
  readonly began: string;
  /** The longest life of a workload certificate since the rotation began, in milliseconds. */
  readonly leafLife: number;
  /** True once the new authorities may have signed certificates of workloads. */
  readonly hasSigned?: true;
  /** True if the key of the old authority is in wrong hands. */
  readonly isCompromised?: true;
  /** The gates that were passed, in order. */
  readonly passed: readonly GatePassage[];
}

/** A passed gate: the public record of the reason why a step was safe, or of the person who took it nevertheless. */
export interface GatePassage {
  /** The phase after the step. */
  readonly to: TrustPhase;
  readonly at: string;
  /** `user@host`. */
  readonly by: string;
  /** The number of verifiers and certificates that were seen to be ready. */
  readonly met: number;
  /** Names of what nobody saw, or what was not ready; absent if there was none. */
  readonly open?: readonly string[];
  /** The reason of `--attest`. */
  readonly attested?: string;
  /** True if `--force` passed a gate that was not met. */
  readonly isForced?: true;
}

/** Returns the phase that a text names; undefined if it names none of this version. */
export function trustPhase(text: unknown): TrustPhase | undefined {
  return trustPhases.find((phase) => phase === text);
}

/** Milliseconds of a century: the sum of any time and a longer life may be beyond the times that a Date can have. */
const longestLife = 100 * 366 * 24 * 60 * 60 * 1000;

/** Reads a rotation from the JSON of a trust file; undefined if a field is missing or of another type. */
export function readRotation(value: unknown): Rotation | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = value as Readonly<Record<string, unknown>>;
  const { of, old, new: coming, began, leafLife, hasSigned, isCompromised, passed } = fields;
  if (of !== 'root' && of !== 'issuer') return undefined;
  if (!isTexts(old) || !isTexts(coming) || !isTime(began) || !Array.isArray(passed)) return undefined;
  if (typeof leafLife !== 'number' || !(leafLife > 0) || leafLife > longestLife) return undefined;
  const passages = passed.map(readPassage).filter((one) => one !== undefined);
  if (passages.length !== passed.length) return undefined;
  return {
    ...{ of, old, new: coming, began, leafLife },
    ...(hasSigned === true && { hasSigned }),
    ...(isCompromised === true && { isCompromised }),
    passed: passages,
  };
}

function readPassage(value: unknown): GatePassage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { to, at, by, met, open, attested, isForced } = value as Readonly<Record<string, unknown>>;
  const phase = trustPhase(to);
  if (phase === undefined || !isTime(at) || typeof by !== 'string' || typeof met !== 'number')
    return undefined;
  return {
    ...{ to: phase, at, by, met },
    ...(isTexts(open) && { open }),
    ...(typeof attested === 'string' && { attested }),
    ...(isForced === true && { isForced }),
  };
}

function isTime(value: unknown): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
