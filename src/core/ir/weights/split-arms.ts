import type { Rollout } from '../rollout.ts';
import type { Backend, Forward, Mirror } from '../route.ts';
import { wholeWeights } from '../whole-weights.ts';
import type { Share } from './share.ts';

/** Returns the share of a service whose weights move; undefined for any other service. */
export type ShareOf = (service: string) => Share | undefined;

/** The number of units in a share of 1: weights of steps have four decimals of a per cent. */
const units = 1_000_000;

/**
 * Returns a rule's action with the backends of `from` divided between both versions. `matched` says that the rule is
 * for requests that fit the `match` of the Rollout.
 */
export function splitArms(
  rollout: Rollout,
  shareOf: ShareOf,
  action: Forward,
  { http, matched = false }: { readonly http: boolean; readonly matched?: boolean },
): Forward {
  const portionOf = ({ service, version }: Backend | Mirror): number => {
    const share = version === rollout.from ? shareOf(service) : undefined;
    return share === undefined ? 0 : portion(rollout, share, matched);
  };
  const copies = http && rollout.strategy === 'shadow' ? shadows(rollout, shareOf, action.backends) : [];
  const mirrors = action.mirrors.flatMap((mirror) => {
    const moved = portionOf(mirror) / units;
    const part = (version: string | undefined, percent: number): readonly Mirror[] =>
      percent === 0
        ? []
        : [{ ...mirror, ...(version !== undefined && { version }), percent: rounded(percent) }];
    if (moved === 0) return [mirror];
    return [
      ...part(mirror.version, mirror.percent * (1 - moved)),
      ...part(rollout.to, mirror.percent * moved),
    ];
  });
  return {
    ...action,
    backends: divided(rollout, action.backends, portionOf),
    mirrors: [...mirrors, ...copies],
  };
}

/** Returns the candidate's part of the requests of a rule, in millionths. */
function portion({ strategy }: Rollout, share: Share, matched: boolean): number {
  if (share.state === 'promoted') return units;
  const weight = share.state === 'running' ? Math.round((share.weight * units) / 100) : 0;
  switch (strategy) {
    case 'canary':
      return matched ? units : weight;
    case 'blue-green':
      return weight;
    case 'ab':
      return matched ? weight : 0;
    case 'shadow':
      return 0;
  }
}

function divided(
  { origin, to }: Rollout,
  backends: readonly Backend[],
  portionOf: (backend: Backend) => number,
): readonly Backend[] {
  const portions = backends.map(portionOf);
  if (portions.every((one) => one === 0)) return backends;
  if (portions.every((one) => one === 0 || one === units))
    return backends.map((backend, i) => (portions[i] === 0 ? backend : { ...backend, version: to }));
  const parts = backends.flatMap((backend, i): readonly Backend[] => {
    const moved = portions[i] ?? 0;
    const { weight } = backend;
    return [
      ...(moved < units ? [{ ...backend, weight: weight * (units - moved) }] : []),
      ...(moved > 0 ? [{ ...backend, origin, version: to, weight: weight * moved }] : []),
    ];
  });
  const weights = wholeWeights(parts.map(({ weight }) => weight));
  return parts.map((backend, i) => ({ ...backend, weight: weights[i] ?? 0 }));
}

/** Returns mirrors that copy the baseline's requests to the candidate. */
function shadows(
  { origin, from, to }: Rollout,
  shareOf: ShareOf,
  backends: readonly Backend[],
): readonly Mirror[] {
  const all = backends.reduce((sum, { weight }) => sum + weight, 0);
  return backends.flatMap(({ service, version, port, weight }) => {
    const share = version === from ? shareOf(service) : undefined;
    if (share?.state !== 'running' || weight === 0) return [];
    return [{ origin, service, version: to, port, percent: rounded((share.weight * weight) / all) }];
  });
}

/** Rounds a percentage to four decimals; a percentage above zero stays above zero. */
function rounded(percent: number): number {
  return percent === 0 ? 0 : Math.max(0.0001, Math.round(percent * 10_000) / 10_000);
}
