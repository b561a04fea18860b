import { currentVersions, type Observed } from '../history/observed.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { contentOf, writtenByRef } from '../revision/object-ref.ts';
import type { Revision } from '../revision/revision.ts';
import { revisionVersions } from '../revision/revision-files.ts';
import type { Proxy } from '../targets/proxy.ts';
import type { Target } from '../targets/target.ts';
import { certificateActions, certificateRequests } from './certificate-actions.ts';
import { objectChanges } from './object-changes.ts';
import type { FileChange, Restart, TargetPlan, TargetReport } from './plan.ts';

/** Plans an apply of `next` to an observed output; `roots` is the digest of the mesh's roots. */
export function planTarget(observed: Observed, next: Revision, now: Date, roots?: string): TargetPlan {
  const old = observed.current?.snapshot;
  const altered = new Set(observed.altered);
  const [was, will] = [currentVersions(observed), revisionVersions(next.artifacts)];
  return {
    certificates: certificateActions(
      certificateRequests(next.artifacts),
      observed.state.certificates,
      observed.material,
      roots,
      now,
      observed.faults,
      observed.outdated,
    ),
    ...(observed.state.renewed !== undefined && { renewed: observed.state.renewed }),
    restarts: restarts(
      old,
      next,
      (bootstrap) => was.get(bootstrap) === will.get(bootstrap) && !altered.has(bootstrap),
    ),
    objects: objectChanges(old?.artifacts ?? [], next.artifacts),
    inventory: writtenByRef(old?.artifacts ?? []).size,
    files: [
      ...observed.foreign.map(({ path, why }): FileChange => ({ op: 'conflict', path, why })),
      ...fileChanges(was, will, altered),
    ],
  };
}

/** Returns true if an apply would write configuration or certificates. */
export function isWorkToDo({ objects, files, certificates = [] }: TargetReport): boolean {
  return objects.length > 0 || files.length > 0 || certificates.some(({ action }) => action !== 'keep');
}

/** Returns the files whose versions differ between two revisions, or that were `altered` by hand. */
export function fileChanges(
  was: ReadonlyMap<string, string>,
  will: ReadonlyMap<string, string>,
  altered: ReadonlySet<string>,
): readonly FileChange[] {
  const changes: FileChange[] = [];
  for (const [path, version] of will) {
    const old = was.get(path);
    if (old === undefined) changes.push({ op: 'create', path });
    else if (old !== version) changes.push({ op: 'update', path });
    else if (altered.has(path)) changes.push({ op: 'replace', path });
  }
  for (const path of was.keys()) if (!will.has(path)) changes.push({ op: 'delete', path });
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Returns the proxies to restart: a proxy reads its bootstrap and its command line only once. */
export function restarts(
  old: Revision | undefined,
  next: Revision | undefined,
  isSame: (bootstrap: string) => boolean,
): readonly Restart[] {
  const before = new Map(old?.proxies.map((proxy) => [proxy.id, proxy]));
  const proxies = next?.proxies ?? [];
  const after = new Set(proxies.map(({ id }) => id));
  const changed = proxies.flatMap((proxy): readonly Restart[] => {
    const known = before.get(proxy.id);
    if (known === undefined) return [{ proxy: proxy.id, why: 'new' }];
    const same =
      known.bootstrap === proxy.bootstrap &&
      isSame(proxy.bootstrap) &&
      canonicalJson(known.arguments) === canonicalJson(proxy.arguments);
    if (same) return [];
    const moved = !sameAddresses(known, proxy);
    return [{ proxy: proxy.id, why: moved ? 'another instance' : 'bootstrap changed' }];
  });
  const gone = [...before.keys()]
    .filter((id) => !after.has(id))
    .map((proxy): Restart => ({ proxy, why: 'gone' }));
  return [...changed, ...gone];
}

/**
 * Returns the workloads of a mesh to restart because its trusted roots change: they read roots only when they start.
 * Returns an empty list if the roots stay, or if the target writes none.
 */
export function trustRestarts(
  old: Pick<Revision, 'artifacts'> | undefined,
  next: Pick<Revision, 'artifacts' | 'ir'>,
  { isTrust, restartsForTrust }: Pick<Target, 'isTrust' | 'restartsForTrust'>,
): readonly Restart[] {
  if (isTrust === undefined || restartsForTrust === undefined) return [];
  const roots = ({ artifacts }: Pick<Revision, 'artifacts'>): string =>
    canonicalJson([...writtenByRef(artifacts.filter((one) => isTrust(one))).values()].map(contentOf));
  const after = roots(next);
  if (after === '[]' || (old !== undefined && roots(old) === after)) return [];
  return restartsForTrust(next.ir).map(({ name, command }) => ({
    proxy: name,
    why: 'trust changed',
    command,
  }));
}

/** Returns true if two proxies have the same addresses. With other addresses the same id means another instance. */
function sameAddresses(one: Proxy, other: Proxy): boolean {
  return one.admin === other.admin && canonicalJson(one.inbound) === canonicalJson(other.inbound);
}
