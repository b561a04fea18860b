import { backdated } from '../certificate-profile.ts';
import type { Trust } from '../trust-file.ts';
import type { LeafEvidence, ProxyEvidence, TargetEvidence } from './evidence.ts';
import { type Gate, type GateItem, gateOf } from './gate.ts';
import type { Rotation } from './rotation.ts';
import type { RotationStep } from './steps.ts';

/** The evidence that a step needs. */
export interface StepEvidence {
  /** One for each target of the trust domain. */
  readonly targets: readonly TargetEvidence[];
  /** The keys of the new authorities. */
  readonly keys: readonly GateItem[];
  /** ms since the epoch. */
  readonly now: number;
}

/**
 * Returns the gate of a step: the conditions that have to hold before it, at all targets of the trust domain
 * (certificates.md). `bundle` needs the new keys; `reissue` verifiers that trust old and new roots; `drop`, and `abort`
 * after the new authorities have signed, certificates that all chain to what stays, for as long as others could live.
 */
export function stepGate(trust: Trust, step: RotationStep, { targets: all, keys, now }: StepEvidence): Gate {
  const { rotation, phase } = trust;
  if (rotation === undefined) return gateOf([]);
  const known = new Set(all.map(({ target }) => target));
  const rotated = rotatedTargets(trust);
  const targets = all.filter(({ target }) => rotation.of === 'root' || rotated.includes(target));
  const strangers = rotated
    .filter((target) => !known.has(target))
    .map((target) => item(target, '', 'target', 'unseen', 'it is no target of this mesh and environment'));
  // The phase of an unreadable target is unknown: its proxies are unseen.
  const reached = targets
    .filter(({ reached: phaseOf, unseen }) => phaseOf !== undefined || unseen === undefined)
    .map((one) => reachedItem(one, trust));
  if (phase === 'NEW_READY')
    return gateOf(
      step.name === 'abort' && rotation.hasSigned !== true
        ? []
        : [
            ...(step.name === 'abort' ? leftItems(rotation, 'old', targets, now) : keys),
            ...(step.name === 'abort' ? [...strangers, ...reached] : []),
          ],
    );
  if (step.name === 'reissue')
    return gateOf([...strangers, ...reached, ...verifierItems([...rotation.old, ...rotation.new], targets)]);
  if (step.name === 'drop')
    return gateOf([...strangers, ...reached, ...leftItems(rotation, 'new', targets, now)]);
  // Going back from DUAL_SIGN breaks nobody: every verifier trusts the old root until the rotation ends.
  if (phase === 'DUAL_SIGN') return gateOf([]);
  return gateOf(
    rotation.hasSigned === true
      ? [...strangers, ...reached, ...leftItems(rotation, 'old', targets, now)]
      : leafItems(rotation, 'old', targets).filter(({ state }) => state === 'unmet'),
  );
}

/** Returns the targets that a rotation concerns: of an issuer only its own one. */
function rotatedTargets({ issuers, rotation }: Trust): readonly string[] {
  const ids = [...(rotation?.old ?? []), ...(rotation?.new ?? [])];
  return [
    ...new Set(
      issuers.flatMap(({ id, root, target }) => (ids.includes(id) || ids.includes(root) ? [target] : [])),
    ),
  ];
}

/** Returns the milliseconds for which a certificate may be used after its issuer has stopped signing. */
export function longestUse({ leafLife }: Pick<Rotation, 'leafLife'>): number {
  // Clocks that differ by more than the life of a certificate make every certificate useless.
  return leafLife + Math.min(backdated, leafLife);
}

function reachedItem({ target, isApplied, reached }: TargetEvidence, trust: Trust): GateItem {
  if (!isApplied) return item(target, '', 'target', 'met', 'nothing is applied there');
  const isReached = reached?.phase === trust.phase && reached.rotation === trust.rotation?.began;
  return isReached
    ? item(target, '', 'target', 'met', `it is in the phase ${trust.phase} since ${reached.since}`)
    : item(
        target,
        '',
        'target',
        'unmet',
        `it is in the phase ${reached?.phase ?? 'STEADY'}, not yet in ${trust.phase}: mesh apply --target ${target}`,
      );
}

function verifierItems(roots: readonly string[], targets: readonly TargetEvidence[]): readonly GateItem[] {
  return each(targets, 'verifier', (target, { id, seen }) => {
    const lacking = roots.find((root) => seen.bundles.some((bundle) => !bundle.includes(root)));
    if (lacking !== undefined)
      return [item(target, id, 'verifier', 'unmet', `it does not trust the root ${lacking.slice(0, 16)}`)];
    if (seen.hidden?.bundles !== undefined)
      return [item(target, id, 'verifier', 'unseen', seen.hidden.bundles)];
    if (seen.bundles.length === 0) return [item(target, id, 'verifier', 'met', 'it verifies nobody')];
    return [item(target, id, 'verifier', 'met', 'it trusts the old and the new root')];
  });
}

/** Returns the conditions under which nothing uses the authorities that go any more. */
function leftItems(
  rotation: Rotation,
  stays: 'old' | 'new',
  targets: readonly TargetEvidence[],
  now: number,
): readonly GateItem[] {
  return [...leafItems(rotation, stays, targets), ...timeItems(rotation, targets, now)];
}

function leafItems(
  { of, old, new: coming }: Rotation,
  stays: 'old' | 'new',
  targets: readonly TargetEvidence[],
): readonly GateItem[] {
  const gone = stays === 'new' ? old : coming;
  return each(targets, 'leaf', (target, { id, seen }) => {
    const known = seen.leaves.map((leaf) => leafItem(target, id, leaf, of, gone));
    if (seen.hidden?.leaves !== undefined)
      return [...known, item(target, id, 'leaf', 'unseen', seen.hidden.leaves)];
    return known.length === 0 ? [item(target, id, 'leaf', 'met', 'it has no certificate')] : known;
  });
}

function leafItem(
  target: string,
  id: string,
  { fingerprint, root, issuer }: LeafEvidence,
  of: Rotation['of'],
  gone: readonly string[],
): GateItem {
  const name = `its certificate ${fingerprint.slice(0, 16)}`;
  const signer = of === 'root' ? root : issuer;
  if (signer === undefined)
    return item(target, id, 'leaf', 'unseen', `${name} chains to no ${of} of the trust file`);
  return gone.includes(signer)
    ? item(target, id, 'leaf', 'unmet', `${name} chains to the ${of} ${signer.slice(0, 16)}`)
    : item(target, id, 'leaf', 'met', `${name} chains to the ${of} that stays`);
}

/**
 * Returns the conditions of time: certificates of the old authority may be in use until the longest life has passed
 * since each target moved.
 */
function timeItems(rotation: Rotation, targets: readonly TargetEvidence[], now: number): readonly GateItem[] {
  return targets.flatMap(({ target, reached }) => {
    const since = Date.parse(reached?.since ?? '');
    if (Number.isNaN(since)) return [];
    const until = since + longestUse(rotation);
    const at = new Date(until).toISOString();
    return [
      now >= until
        ? item(target, 'older certificates', 'time', 'met', `all of them ended by ${at}`)
        : item(target, 'older certificates', 'time', 'unmet', `the last of them may be used until ${at}`),
    ];
  });
}

/** Returns the conditions of every proxy and object; one without `seen` has a single condition. */
function each(
  targets: readonly TargetEvidence[],
  kind: GateItem['kind'],
  items: (
    target: string,
    proxy: ProxyEvidence & Required<Pick<ProxyEvidence, 'seen'>>,
  ) => readonly GateItem[],
): readonly GateItem[] {
  return targets.flatMap(({ target, isApplied, proxies, unseen }) => {
    if (!isApplied) return [];
    const all = proxies.flatMap((proxy): readonly GateItem[] => {
      const { id, seen, why, lacks, restart } = proxy;
      const found =
        seen !== undefined
          ? items(target, { ...proxy, seen })
          : lacks !== undefined
            ? [item(target, id, kind, 'unmet', lacks)]
            : [item(target, id, kind, 'unseen', why ?? 'nobody saw it')];
      if (restart === undefined) return found;
      return found.map((one) => (one.state === 'met' ? one : { ...one, way: restart }));
    });
    return unseen === undefined ? all : [...all, item(target, 'its proxies', kind, 'unseen', unseen)];
  });
}

function item(
  target: string,
  who: string,
  kind: GateItem['kind'],
  state: GateItem['state'],
  detail: string,
): GateItem {
  return { target, who, kind, state, detail };
}
