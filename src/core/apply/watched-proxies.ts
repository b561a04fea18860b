import { type Expected, expectation, type ReadableFiles } from '../health/expectation.ts';
import type { ProxyReport } from '../health/proxy-report.ts';
import type { Revision } from '../plan/revision.ts';
import { resourcesByPath, revisionFiles } from '../plan/revision-files.ts';
import type { Proxy } from '../targets/target.ts';

/** A proxy, and what it must show once it has read a revision. */
export interface WatchedProxy {
  readonly id: string;
  /** Address of its admin. */
  readonly admin: string;
  /** Whether it ever answered. */
  readonly seen: boolean;
  readonly expected: readonly Expected[];
  readonly before?: ProxyReport;
  /** How long its old listeners may go on, in milliseconds. */
  readonly drainTime: number;
}

/**
 * The proxies that read `revision`, a stage of the way from `old`. One that runs was started with the bootstrap of
 * before, and reads what that names until someone starts it anew.
 */
export function watchedProxies(
  revision: Revision,
  old: Revision | undefined,
  changed: ReadonlySet<string>,
  isSeen: (proxy: string) => boolean,
): readonly WatchedProxy[] {
  const running = new Map(old?.proxies.map((proxy) => [proxy.id, proxy]));
  const files = readable(revision);
  const [oldBootstraps, newBootstraps] = [
    resourcesByPath(old?.artifacts ?? []),
    resourcesByPath(revision.artifacts),
  ];
  return revision.proxies.flatMap((proxy) => {
    const seen = isSeen(proxy.id);
    const known = seen ? running.get(proxy.id) : undefined;
    const started = known ?? proxy;
    const bootstrap = (known ? oldBootstraps : newBootstraps).get(started.bootstrap)?.[0];
    if (bootstrap === undefined) return [];
    const expected = expectation(files, bootstrap, started.workingDirectory, changed);
    return [{ id: proxy.id, admin: started.admin, seen, expected, drainTime: drainTime(started) }];
  });
}

function readable({ artifacts }: Revision): ReadableFiles {
  const [files, resources] = [revisionFiles(artifacts), resourcesByPath(artifacts)];
  return {
    resources: (path) => resources.get(path) ?? [],
    version: (path) => files.get(path)?.version,
  };
}

function drainTime({ arguments: words }: Proxy): number {
  const at = words.indexOf('--drain-time-s');
  return (at < 0 ? 600 : Number(words[at + 1])) * 1000;
}
