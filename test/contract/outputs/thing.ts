import type { Revision } from '../../../src/core/revision/revision.ts';
import type { Acceptance } from '../../../src/core/targets/acceptance.ts';
import type { Artifact, ObjectArtifact } from '../../../src/core/targets/artifact.ts';
import type { Between } from '../../../src/core/targets/target.ts';
import { mesh, origin } from '../../core/semantics/mesh.ts';

/** Returns a revision of things, each with a value, which one proxy reads. */
export function revisionOf(things: Readonly<Record<string, number>>): Revision {
  const proxy = {
    id: 'reader',
    service: 'shop/reader',
    version: 'default',
    instance: 0,
    bootstrap: 'config/current/bootstrap.json',
    workingDirectory: 'proxies/reader',
    arguments: [],
    admin: '127.0.0.1:1',
    inbound: {},
    outbound: '127.0.0.1:2',
  };
  const about = { target: 'edge', platform: 'istio', loss: [] } as const;
  return { ir: mesh({}), artifacts: Object.entries(things).map(thing), proxies: [proxy], about };
}

function thing([name, value]: readonly [string, number]): ObjectArtifact {
  const manifest = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'shop' },
    data: { value: String(value) },
  };
  return { type: 'object', kind: 'ConfigMap', name, namespace: 'shop', origins: [origin], manifest };
}

/** Puts new things beside the old ones if their names differ. */
export const between: Between = {
  serving: (sending) => sending,
  union: (first, ...others) => {
    const all = new Map<string, Artifact>();
    for (const artifact of [first, ...others].flat())
      if (!all.has(artifact.name)) all.set(artifact.name, artifact);
    return [...all.values()];
  },
};

/** Returns a proxy that accepts every revision except those with a value in `rejects`. */
export function accepting(rejects: ReadonlySet<string>): Acceptance {
  return {
    watched: ({ revision }, _, __, isSeen) => [
      {
        id: 'reader',
        admin: '127.0.0.1:1',
        node: undefined,
        seen: isSeen('reader'),
        drainTime: 0,
        expected: revision.artifacts.map((artifact) => ({
          resource: artifact.type === 'object' ? JSON.stringify(artifact.manifest) : '',
          kind: 'routes',
          path: '',
          isChanged: true,
        })),
      },
    ],
    ask: () =>
      Promise.resolve({
        state: 'report',
        report: { versions: new Map(), numbers: new Map(), started: { from: 0, to: 0 } },
      }),
    verdict: (expected) => {
      const refused = [...rejects].find((value) =>
        expected.some(({ resource }) => resource.includes(`"value":"${value}"}`)),
      );
      return refused === undefined
        ? { state: 'accepted' }
        : { state: 'rejected', detail: `takes no ${refused}` };
    },
    draining: () => 0,
    isComparable: () => true,
    baselinesJson: () => ({}),
    readBaselines: () => new Map(),
  };
}
