import type { Trust } from '../trust-file.ts';
import type { GatePassage, Rotated, Rotation, TrustPhase } from './rotation.ts';

/** A step of a rotation under way. */
export interface RotationStep {
  readonly name: 'bundle' | 'reissue' | 'drop' | 'abort';
  readonly to: TrustPhase;
  /** The authorities that the trust file has after the step. */
  readonly keeps: 'old' | 'new' | 'both';
}

type UnderWay = Exclude<TrustPhase, 'STEADY'>;

const forward: Readonly<Record<Rotated, Readonly<Partial<Record<UnderWay, RotationStep>>>>> = {
  root: {
    NEW_READY: { name: 'bundle', to: 'DUAL_TRUST', keeps: 'both' },
    DUAL_TRUST: { name: 'reissue', to: 'DUAL_SIGN', keeps: 'both' },
    DUAL_SIGN: { name: 'drop', to: 'STEADY', keeps: 'new' },
  },
  issuer: {
    NEW_READY: { name: 'reissue', to: 'DUAL_SIGN', keeps: 'both' },
    DUAL_SIGN: { name: 'drop', to: 'STEADY', keeps: 'new' },
  },
};

const back: Readonly<Record<Rotated, Readonly<Partial<Record<UnderWay, RotationStep>>>>> = {
  root: {
    NEW_READY: { name: 'abort', to: 'STEADY', keeps: 'old' },
    DUAL_TRUST: { name: 'abort', to: 'STEADY', keeps: 'old' },
    DUAL_SIGN: { name: 'abort', to: 'DUAL_TRUST', keeps: 'both' },
  },
  issuer: {
    NEW_READY: { name: 'abort', to: 'STEADY', keeps: 'old' },
    DUAL_SIGN: { name: 'abort', to: 'NEW_READY', keeps: 'both' },
  },
};

/** Returns the next step of the rotation in a trust file, or with `abort` the step back; undefined in `STEADY`. */
export function nextStep({ phase, rotation }: Trust, abort = false): RotationStep | undefined {
  if (rotation === undefined || phase === 'STEADY') return undefined;
  return (abort ? back : forward)[rotation.of][phase];
}

/** The new authorities of a rotation, made and stored. */
export interface NewAuthorities {
  readonly of: Rotated;
  readonly roots: Trust['roots'];
  readonly issuers: Trust['issuers'];
  readonly leafLife: number;
  readonly isCompromised: boolean;
}

/** Returns the trust with which a rotation begins: nothing trusts the new authorities. The trust has to be `STEADY`. */
export function begunRotation(trust: Trust, made: NewAuthorities, passage: GatePassage): Trust {
  const { of, roots, issuers, leafLife, isCompromised } = made;
  const replaced = new Set(issuers.map(({ target }) => target));
  const ids = (list: readonly { readonly id: string }[]): readonly string[] => list.map(({ id }) => id);
  const rotation: Rotation = {
    of,
    old: of === 'root' ? ids(trust.roots) : ids(trust.issuers.filter(({ target }) => replaced.has(target))),
    new: of === 'root' ? ids(roots) : ids(issuers),
    began: passage.at,
    leafLife,
    ...(isCompromised && { isCompromised }),
    passed: [passage],
  };
  return {
    ...trust,
    phase: passage.to,
    roots: [...trust.roots, ...roots],
    issuers: [...trust.issuers, ...issuers],
    rotation,
  };
}

/** Returns the trust after a step of its rotation. */
export function steppedTrust(trust: Trust, { to, keeps }: RotationStep, passage: GatePassage): Trust {
  const { rotation, ...rest } = trust;
  if (rotation === undefined) return trust;
  const gone = new Set(keeps === 'both' ? [] : keeps === 'new' ? rotation.old : rotation.new);
  const roots = trust.roots.filter(({ id }) => !gone.has(id));
  const issuers = trust.issuers.filter(({ id, root }) => !gone.has(id) && !gone.has(root));
  if (to === 'STEADY') {
    const lost = rotation.isCompromised === true && rotation.of === 'root' && keeps === 'new';
    const distrusted = [...(trust.distrusted ?? []), ...(lost ? rotation.old : [])];
    return { ...rest, phase: to, roots, issuers, ...(distrusted.length > 0 && { distrusted }) };
  }
  const hasSigned = rotation.hasSigned === true || to === 'DUAL_SIGN';
  return {
    ...rest,
    phase: to,
    roots,
    issuers,
    rotation: { ...rotation, ...(hasSigned && { hasSigned }), passed: [...rotation.passed, passage] },
  };
}
