import { type Expected, expectation, type ReadableFiles } from '../health/expectation.ts';
import type { ProxyReport } from '../health/proxy-report.ts';
import type { Revision } from '../plan/revision.ts';
import { resourcesByPath } from '../plan/revision-files.ts';
import type { Proxy } from '../targets/target.ts';
import type { Step } from './step.ts';

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
 * The proxies that read a step of the way from `old`; of endpoints only what `changed` is asked for. One that runs was started with the bootstrap of
 * before, and reads what that names until someone starts it anew.
 */
export function watchedProxies(
  step: Step,
  changed: ReadonlySet<string>,
  old: Revision | undefined,
  isSeen: (proxy: string) => boolean,
): readonly WatchedProxy[] {
  const running = new Map(old?.proxies.map((proxy) => [proxy.id, proxy]));
  const { revision } = step;
  const expectedOf = expectation(readable(step), changed);
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
    const expected = expectedOf(bootstrap, started.workingDirectory);
    return [{ id: proxy.id, admin: started.admin, seen, expected, drainTime: drainTime(started) }];
  });
}

function readable({ revision, versions }: Step): ReadableFiles {
  const resources = resourcesByPath(revision.artifacts);
  return {
    resources: (path) => resources.get(path) ?? [],
    version: (path) => versions.get(path),
  };
}

function drainTime({ arguments: words }: Proxy): number {
  const at = words.indexOf('--drain-time-s');
  return (at < 0 ? 600 : Number(words[at + 1])) * 1000;
}
