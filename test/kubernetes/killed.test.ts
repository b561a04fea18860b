import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LiveObject } from '../../src/ports/cluster.ts';
import { connected, installCrds, testKubeconfig } from './harness/connected.ts';
import { startFaultProxy } from './harness/fault-proxy.ts';
import { SmallMesh } from './harness/small-mesh.ts';

const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));

/** The test kills at every write whose number is a multiple of this; with `CRASH=all` at each (`npm run test:crash`). */
const step = process.env['CRASH'] === 'all' ? 1 : 12;

interface Journey {
  readonly name: string;
  /** Brings the cluster and the spec to the beginning. */
  readonly from: (mesh: SmallMesh) => Promise<void>;
  readonly words: readonly string[];
}

const first = { services: ['web', 'old'], timeout: 5 };
const second = { services: ['web', 'new'], timeout: 7 };

const journeys: readonly Journey[] = [
  {
    name: 'a first apply',
    from: (mesh) => {
      mesh.write(first);
      return Promise.resolve();
    },
    words: ['apply', '--yes'],
  },
  {
    name: 'an apply that creates, changes and prunes',
    from: async (mesh) => {
      mesh.write(first);
      await applied(mesh);
      mesh.write(second);
    },
    words: ['apply', '--yes'],
  },
  {
    name: 'a rollback',
    from: async (mesh) => {
      mesh.write(first);
      await applied(mesh);
      mesh.write(second);
      await applied(mesh);
    },
    words: ['rollback', '--yes'],
  },
];

describe.skipIf(testKubeconfig === undefined)('a process that kill -9 ends', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  let count = 0;

  beforeAll(() => installCrds(cluster));
  afterAll(() => cluster.close());

  test.each(journeys)(
    'in $name leaves what a resume ends as without the kill',
    { timeout: 3_600_000 },
    async (journey) => {
      const whole = await begun(journey);
      const all = await killedAt(whole, journey.words, undefined);
      expect(all.code).toBe(0);
      // The begin of the journal, the inventory, objects, and the end.
      expect(all.writes).toBeGreaterThan(15);
      const wanted = await contents(whole);
      whole.remove();

      let killed = 0;
      for (let at = step === 1 ? 1 : 3; at <= all.writes; at += step)
        for (const isDone of step === 1 ? [false, true] : [at % 2 === 0]) {
          const mesh = await begun(journey);
          const before = await contents(mesh);
          const where = `write ${at}, ${isDone ? 'after' : 'before'} it`;
          const ran = await killedAt(mesh, journey.words, { at, isDone });
          // Heartbeats of the lock are writes by time.
          if (ran.signal !== 'SIGKILL') continue;
          killed += 1;
          const resumed = await mesh.mesh('apply', '--resume', '--yes');
          expect(resumed.code, `${where}: ${resumed.error}`).toBe(0);
          const now = await contents(mesh);
          // A rollback that was not recorded never began.
          const hasBegun = journey.words[0] !== 'rollback' || JSON.stringify(now) !== JSON.stringify(before);
          if (hasBegun) expect(now, where).toEqual(wanted);
          for (const command of ['drift', 'status'])
            expect(await mesh.mesh(command, '--detailed-exitcode'), where).toMatchObject({ code: 0 });
          mesh.remove();
        }
      expect(killed).toBeGreaterThan(0);
      console.log(`${journey.name}: killed at ${killed} moments of ${all.writes} writes`);
    },
  );

  async function begun({ from }: Journey): Promise<SmallMesh> {
    const mesh = await SmallMesh.make(cluster, `killed-${(count += 1)}`);
    await from(mesh);
    return mesh;
  }
});

async function applied(mesh: SmallMesh): Promise<void> {
  const { code, error } = await mesh.mesh('apply', '--yes');
  expect(code, error).toBe(0);
}

interface Killing {
  /** Number of the write, from 1. */
  readonly at: number;
  /** True if the server does what was asked; its answer is lost in any case. */
  readonly isDone: boolean;
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Writes that the server was asked for. */
  readonly writes: number;
}

/** Runs a process, and kills it at one of its writes. */
async function killedAt(
  mesh: SmallMesh,
  words: readonly string[],
  killing: Killing | undefined,
): Promise<Ended> {
  const proxy = await startFaultProxy();
  const dirty = words[0] === 'apply' ? ['--allow-dirty'] : [];
  const child = spawn(process.execPath, [bin, ...words, ...dirty, '--root', mesh.root], {
    env: { ...process.env, KUBECONFIG: proxy.kubeconfig(mesh.root) },
    stdio: 'ignore',
  });
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  let writes = 0;
  proxy.faultOf = ({ method, path }) => {
    // A review of rights writes nothing.
    if (method === 'GET' || path.includes('dryRun') || path.includes('authorization.k8s.io'))
      return undefined;
    writes += 1;
    if (writes !== killing?.at) return undefined;
    child.kill('SIGKILL');
    return { drop: true, after: killing.isDone };
  };
  const [code, signal] = await closed;
  await proxy.stop();
  return { code, signal, writes };
}

const kinds = ['VirtualService', 'DestinationRule', 'Sidecar'];

/** Returns the names and specs of the objects of a mesh, without its own namespace. */
async function contents(mesh: SmallMesh): Promise<readonly unknown[]> {
  const found: LiveObject[] = [];
  for (const kind of kinds) found.push(...(await mesh.objects(kind)));
  return found
    .map(({ kind, metadata, spec }) => [
      kind,
      metadata.name,
      JSON.stringify(spec).replaceAll(mesh.namespace, 'shop'),
    ])
    .sort();
}
