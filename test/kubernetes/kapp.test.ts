import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../src/core/lib/json.ts';
import { jsonRecord } from '../../src/core/lib/json-record.ts';
import { renderedObjects } from '../../src/core/outputs/git/rendered-objects.ts';
import type { ObjectArtifact } from '../../src/core/targets/artifact.ts';
import { files } from '../../src/core/targets/files.ts';
import { targets } from '../../src/core/targets/registry.ts';
import type { Target } from '../../src/core/targets/target.ts';
import { meshCases } from '../cases/cases.ts';
import { linkedMesh } from '../cases/linked-mesh.ts';
import { connected, ensureNamespace, installCrds, testKubeconfig } from './harness/connected.ts';

type Options = Readonly<Record<string, Json>>;

const modes: readonly (readonly [name: string, target: keyof typeof targets, options: Options])[] = [
  ['sidecar', 'istio', { mode: 'sidecar' }],
  ['ambient', 'istio', { mode: 'ambient' }],
  ['standard', 'gateway-api', {}],
  ['on-istio', 'gateway-api', { implementation: 'istio' }],
  ['linkerd', 'linkerd', {}],
];

/** The number of cases of which each mode takes one, in turns; `npm run test:kubernetes` takes all. */
const share = process.env['CASES'] === 'all' ? 1 : 4;

/** The line by which kapp says that it changes nothing. */
const nothing = /^Op: +0 create, 0 delete, 0 update, 0 noop/m;

/** The program; undefined if there is none, since a test builds nothing. */
const kapp = found();

describe.skipIf(testKubeconfig === undefined || kapp === undefined)('kapp, on the rendered folder', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  const folder = mkdtempSync(path.join(tmpdir(), 'mesh-kapp-'));

  beforeAll(() => installCrds(cluster));
  afterAll(() => {
    cluster.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(modes)('of %s has nothing to change the second time', async (mode, name, options) => {
    const { default: target } = await targets[name]();
    const objects = objectsOf(mode, target, options);
    const home = `kapp-${mode}`;
    for (const namespace of new Set([home, ...objects.map((one) => one.namespace)]))
      if (namespace !== '') await ensureNamespace(cluster, namespace);
    const defaults = target.defaults?.(options);
    // The files of `mesh compile`, and those that an output `git` commits.
    const renderings = [
      objects,
      renderedObjects(objects, { layout: 'objects', syncWaves: false, ...(defaults && { defaults }) }),
    ];
    for (const [i, rendering] of renderings.entries()) {
      const at = path.join(folder, `${mode}-${i}`);
      write(at, rendering);
      const first = deploy(home, at);
      if (i === 0) expect(first).not.toMatch(nothing);
      expect(deploy(home, at)).toMatch(nothing);
    }
  });

  function deploy(namespace: string, at: string): string {
    const words = ['deploy', '-y', '-a', 'mesh', '-n', namespace, '-f', at, '--kubeconfig-context=admin'];
    const { status, stdout, stderr } = spawnSync(kapp ?? '', words, {
      encoding: 'utf8',
      env: { ...process.env, KUBECONFIG: testKubeconfig },
      maxBuffer: 64 * 1024 * 1024,
    });
    expect(status, stderr).toBe(0);
    return stdout;
  }
});

/** Returns the objects of the mode's cases, those of each case in namespaces of its own. */
function objectsOf(mode: string, target: Target, options: Options): readonly ObjectArtifact[] {
  const place = modes.findIndex(([name]) => name === mode);
  const cases = meshCases().filter((_, i) => i % share === place % share);
  const objects = cases.flatMap(({ name, directory, environment }) =>
    target
      .lower(linkedMesh(directory, environment), { version: target.versions.at(-1) ?? '', options })
      .filter((one): one is ObjectArtifact => one.type === 'object')
      .map((one) => movedTo(`kapp-${mode}-${name}`.toLowerCase(), one)),
  );
  expect(objects.length).toBeGreaterThan(cases.length);
  return objects;
}

/** Returns an object in a namespace of its case; one of the whole cluster with a name of the case. */
function movedTo(place: string, one: ObjectArtifact): ObjectArtifact {
  const { metadata, ...rest } = jsonRecord(one.manifest);
  const own =
    one.namespace === '' ? { name: `${place}-${one.name}` } : { namespace: `${place}-${one.namespace}` };
  return { ...one, ...own, manifest: { ...rest, metadata: { ...jsonRecord(metadata), ...own } } };
}

function write(at: string, objects: readonly ObjectArtifact[]): void {
  for (const file of files(objects)) {
    const whole = path.join(at, file.path);
    mkdirSync(path.dirname(whole), { recursive: true });
    writeFileSync(whole, file.text);
  }
}

function found(): string | undefined {
  const script = fileURLToPath(new URL('../components/kapp.sh', import.meta.url));
  try {
    const env = { ...process.env, KAPP_BUILD: 'no' };
    return execFileSync(script, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env }).trim();
  } catch {
    return undefined;
  }
}
