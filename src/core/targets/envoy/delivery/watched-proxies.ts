import type { Revision } from '../../../revision/revision.ts';
import { resourcesByPath } from '../../../revision/revision-files.ts';
import type { ReadRevision, WatchedProxy } from '../../acceptance.ts';
import type { Proxy } from '../../proxy.ts';
import { expectation, nodeOf, type ReadableFiles } from './expectation.ts';

/**
 * Returns the proxies that read a step after `old`, with the versions that they must show; endpoints count only in
 * files of `changed`. A running proxy was started with the previous bootstrap and reads the files that it names until
 * somebody restarts the proxy.
 */
export function watchedProxies(
  step: ReadRevision,
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
    const own = newBootstraps.get(proxy.bootstrap)?.[0] ?? bootstrap;
    const missing = expectedOf(own, proxy.workingDirectory).find(({ version }) => version === undefined);
    return [
      {
        id: proxy.id,
        admin: started.admin,
        node: nodeOf(bootstrap),
        seen,
        expected,
        ...(missing && { missing: missing.path }),
        drainTime: drainTime(started),
      },
    ];
  });
}

function readable({ revision, versions }: ReadRevision): ReadableFiles {
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
