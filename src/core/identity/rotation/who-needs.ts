import type { Trust } from '../trust-file.ts';
import { signingIssuer } from '../trust-file.ts';
import type { ProxyEvidence, TargetEvidence } from './evidence.ts';
import { type Gate, type GateItem, gateOf } from './gate.ts';
import { longestUse } from './step-gate.ts';

/** A question about the verifiers, certificates and issuers that depend on a root. */
export interface RootQuestion {
  /** The `id` of the root. */
  readonly root: string;
  /** One for each target of the trust domain. */
  readonly targets: readonly TargetEvidence[];
  /** The longest life of a workload certificate, in milliseconds. */
  readonly leafLife: number;
  /** ms since the epoch. */
  readonly now: number;
}

/**
 * Returns every verifier, certificate and issuer that may still depend on a root, each met (it doesn't), unmet (it does)
 * or unseen. The gate is met if nobody needs the root: then no handshake uses the root any more.
 */
export function whoNeeds(trust: Trust, question: RootQuestion): Gate {
  const { root, targets } = question;
  const known = new Set(targets.map(({ target }) => target));
  const strangers = [...new Set(trust.issuers.map(({ target }) => target))].filter((one) => !known.has(one));
  return gateOf([
    ...strangers.map((target) => ({
      ...{ target, who: '', kind: 'target' as const, state: 'unseen' as const },
      detail: 'it is no target of this mesh and environment',
    })),
    ...(trust.roots.every(({ id }) => id === root)
      ? [
          {
            ...{ target: '', who: 'the trust file', kind: 'target' as const, state: 'unmet' as const },
            detail: 'it has no other root: mesh certs rotate root',
          },
        ]
      : []),
    ...targets.flatMap((one) => targetItems(one, trust, question)),
  ]);
}

function targetItems(one: TargetEvidence, trust: Trust, question: RootQuestion): readonly GateItem[] {
  const { target, isApplied, proxies, unseen } = one;
  if (!isApplied)
    return [{ target, who: '', kind: 'target', state: 'met', detail: 'nothing is applied there' }];
  return [
    issuerItem(one, trust, question),
    ...proxies.flatMap((proxy) => proxyItems(target, proxy, question.root)),
    ...(unseen === undefined
      ? []
      : [{ target, who: 'its proxies', kind: 'leaf' as const, state: 'unseen' as const, detail: unseen }]),
  ];
}

/**
 * Returns the condition of a target's issuer: the last certificate that the root's issuer signed may be in use until
 * the longest life has passed.
 */
function issuerItem(
  { target, reached }: TargetEvidence,
  trust: Trust,
  { root, leafLife, now }: RootQuestion,
): GateItem {
  const about = { target, who: 'its issuer', kind: 'target' as const };
  if (signingIssuer(trust, target)?.root === root)
    return { ...about, state: 'unmet', detail: 'the root signed the issuer that signs now' };
  if (reached === undefined)
    return {
      ...about,
      state: 'unseen',
      detail: `no apply has recorded its trust: mesh apply --target ${target}`,
    };
  const before = trust.issuers.find(({ id }) => id === reached.issuer);
  if (before?.root === root)
    return {
      ...about,
      state: 'unmet',
      detail: `the last apply still signed with the issuer of the root: mesh apply --target ${target}`,
    };
  const life = Math.max(leafLife, trust.rotation?.leafLife ?? 0);
  const until = Date.parse(reached.since) + longestUse({ leafLife: life });
  const at = new Date(until).toISOString();
  return now >= until
    ? { ...about, kind: 'time', state: 'met', detail: `its older certificates have ended by ${at}` }
    : { ...about, kind: 'time', state: 'unmet', detail: `its older certificates may be used until ${at}` };
}

function proxyItems(
  target: string,
  { id, seen, why, lacks, restart }: ProxyEvidence,
  root: string,
): readonly GateItem[] {
  const about = { target, who: id };
  const way = restart === undefined ? {} : { way: restart };
  if (seen === undefined) {
    const unseen = { ...about, state: 'unseen' as const, detail: lacks ?? why ?? 'nobody saw it', ...way };
    return [
      { ...unseen, kind: 'verifier' },
      { ...unseen, kind: 'leaf' },
    ];
  }
  const lone = seen.bundles.some((bundle) => bundle.every((one) => one === root));
  const trusts = seen.bundles.some((bundle) => bundle.includes(root));
  return [
    {
      ...about,
      kind: 'verifier',
      ...(lone
        ? { state: 'unmet', detail: 'it trusts no other root', ...way }
        : seen.hidden?.bundles !== undefined
          ? { state: 'unseen', detail: seen.hidden.bundles, ...way }
          : {
              state: 'met',
              detail: trusts ? 'it trusts the root, and others, too' : 'it does not trust the root',
            }),
    },
    ...(seen.hidden?.leaves === undefined
      ? []
      : [{ ...about, kind: 'leaf' as const, state: 'unseen' as const, detail: seen.hidden.leaves, ...way }]),
    ...seen.leaves.map((leaf): GateItem => {
      const name = `its certificate ${leaf.fingerprint.slice(0, 16)}`;
      if (leaf.root === undefined)
        return {
          ...about,
          kind: 'leaf',
          state: 'unseen',
          detail: `${name} chains to no root of the trust file`,
        };
      return leaf.root === root
        ? { ...about, kind: 'leaf', state: 'unmet', detail: `${name} chains to the root` }
        : { ...about, kind: 'leaf', state: 'met', detail: `${name} chains to another root` };
    }),
  ];
}
