import type { PodTrust } from '../../../targets/pod-trust.ts';
import type { Hidden, TrustObject } from '../../trust-object.ts';
import type { SeenPod } from './proxy-pod.ts';

/** The roots in a ConfigMap and the time of their last change (ms since the epoch), or why they are unknown. */
export type SeenRoots = { readonly bundle: string; readonly changed: number } | { readonly why: string };

/** The Secret of the authority: its certificate (PEM), and the time of its last change (ms since the epoch). */
export interface HandedAuthority {
  readonly certificate: string;
  readonly changed: number;
}

/** The pods of a mesh in a cluster. */
export interface MeshPods {
  /** The Secret as it is now; absent if nobody knows. */
  readonly handed: HandedAuthority | undefined;
  /** The pods of the authority. */
  readonly authority: readonly SeenPod[];
  /** Pods with a proxy. */
  readonly proxies: readonly SeenPod[];
  /** The roots that proxies take, by namespace. */
  readonly roots: ReadonlyMap<string, SeenRoots>;
}

/** Milliseconds for which a replaced pod may go on answering once its successor is ready (its default grace period). */
const grace = 30_000;

/** Milliseconds within which a kubelet hands a changed Secret to a running pod: its sync period and that of its cache. */
const reload = 120_000;

/** A time since which something is certain, or the reason why there is none. */
type Since = { readonly at: number } | { readonly why: string };

/**
 * Returns the trust of the pods of a mesh: an item for the authority, and one for each workload with a proxy. A proxy
 * that has started since its authority serves the new trust uses it; nobody sees the trust of older ones, whose
 * certificates are renewed as they run.
 */
export function podEvidence(pods: MeshPods, { roots }: PodTrust): readonly TrustObject[] {
  const { handed, authority, proxies } = pods;
  const signs = signsSince(pods);
  const workloads = byWorkload(proxies);
  return [
    ...[...byWorkload(authority)].map(([workload, some]): TrustObject => {
      const id = `the authority ${workload}`;
      const own = { id, bundles: [], ...restartOf(some) };
      if ('why' in signs) return { ...own, certificates: [], hidden: { certificates: signs.why } };
      return { ...own, certificates: handed === undefined ? [] : [handed.certificate] };
    }),
    ...[...workloads].map(([id, some]) => workloadTrust(id, some, signs)),
  ];

  function workloadTrust(id: string, some: readonly SeenPod[], since: Since): TrustObject {
    const bundles = some.map((pod) => rootsOf(pod, since));
    const signers = some.map((pod) =>
      'why' in since ? since : startedAfter(pod, since, 'the authority took its issuer over'),
    );
    const hidden: Hidden = {
      ...reason('bundles', some, bundles),
      ...reason('certificates', some, signers),
    };
    return {
      id,
      bundles: [
        ...new Set(bundles.flatMap((one) => (one !== undefined && 'bundle' in one ? [one.bundle] : []))),
      ],
      certificates:
        handed !== undefined && signers.some((one) => one === undefined) ? [handed.certificate] : [],
      ...(Object.keys(hidden).length > 0 && { hidden }),
      ...restartOf(some),
    };
  }

  /** Returns the roots that a pod trusts; undefined for a pod that doesn't run yet, and will take the current ones. */
  function rootsOf(
    pod: SeenPod,
    since: Since,
  ): { readonly bundle: string } | { readonly why: string } | undefined {
    if (pod.roots !== undefined) return { bundle: pod.roots };
    const map = pods.roots.get(pod.namespace) ?? { why: `nobody looked at ${roots.configMap}` };
    if ('why' in map) return map;
    const at = servedSince(map.changed, since);
    if ('why' in at) return at;
    if (pod.started === undefined) return undefined;
    return startedAfter(pod, at, 'its roots were certain') ?? { bundle: map.bundle };
  }

  /** Returns the time since which every pod of the authority hands out the roots of a ConfigMap. */
  function servedSince(changed: number, since: Since): Since {
    if (roots.writtenBy === 'apply') return { at: changed };
    if (!('why' in since)) return { at: Math.max(changed, since.at) };
    // The ConfigMap shows the roots of one pod of the authority; others may not have loaded them yet.
    return authority.length === 1 ? { at: changed + reload } : since;
  }
}

/** Returns the time since which every pod of the authority signs by the Secret as it is now. */
function signsSince({ handed, authority }: MeshPods): Since {
  if (handed === undefined) return { why: 'nobody knows the Secret of its authority' };
  const running = authority.filter(({ started }) => started !== undefined);
  if (running.length === 0) return { why: 'no pod of its authority is seen to run' };
  const old = running.find(({ started }) => started === undefined || started <= handed.changed);
  if (old !== undefined)
    return {
      why: `the pod ${old.name} of the authority started before the Secret changed at ${iso(handed.changed)}`,
    };
  const starting = running.find(({ ready }) => ready === undefined);
  if (starting !== undefined) return { why: `the pod ${starting.name} of the authority is not ready` };
  return { at: Math.max(...running.map(({ ready = 0 }) => ready)) + grace };
}

/** Returns undefined if a pod started after a time, or doesn't run yet; else the reason why its trust is unknown. */
function startedAfter(
  { started }: SeenPod,
  { at }: { readonly at: number },
  event: string,
): { readonly why: string } | undefined {
  if (started === undefined || started > at) return undefined;
  return { why: `it started at ${iso(started)}, and ${event} at ${iso(at)}` };
}

/** Returns the reason why nobody sees a part of the trust of some pods, with their number. */
function reason(
  part: keyof Hidden,
  pods: readonly SeenPod[],
  each: readonly ({ readonly why: string } | object | undefined)[],
): Hidden {
  const found = each.flatMap((one, n) =>
    one !== undefined && 'why' in one ? [{ why: one.why, pod: pods[n]?.name ?? '' }] : [],
  );
  const [first] = found;
  if (first === undefined) return {};
  const count = `${String(found.length)} of ${String(pods.length)} pods`;
  return { [part]: `${count} (${first.pod}): ${first.why}` };
}

/** Returns pods by their workload, `<namespace>/<kind>/<name>`, sorted. */
function byWorkload(pods: readonly SeenPod[]): ReadonlyMap<string, readonly SeenPod[]> {
  const found = new Map<string, SeenPod[]>();
  for (const pod of pods) {
    const id = `${pod.namespace}/${pod.workload}`;
    const some = found.get(id);
    if (some === undefined) found.set(id, [pod]);
    else some.push(pod);
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Kinds of workloads that `kubectl rollout restart` knows. */
const restarted: ReadonlySet<string> = new Set(['deployment', 'statefulset', 'daemonset']);

function restartOf([pod]: readonly SeenPod[]): { readonly restart?: string } {
  if (pod === undefined || !restarted.has(pod.workload.split('/')[0] ?? '')) return {};
  return { restart: `kubectl -n ${pod.namespace} rollout restart ${pod.workload}` };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
