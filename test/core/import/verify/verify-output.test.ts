import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { verifyOutput } from '../../../../src/core/import/verify/verify-output.ts';
import type { TargetConfig } from '../../../../src/core/ir/target-config.ts';
import { loadSpec } from '../../../../src/core/spec/load.ts';
import { files } from '../../../../src/core/targets/files.ts';
import { lossOf } from '../../../../src/core/targets/loss.ts';
import { targets } from '../../../../src/core/targets/registry.ts';
import { linkedSources, sourcesBelow } from '../../../cases/linked-mesh.ts';

const cases = fileURLToPath(new URL('../../../../fixtures/cases', import.meta.url));

/** Compiles a case, changes the output, and reads it back. */
async function verified(
  name: string,
  change: (text: string) => string = (text) => text,
  platform: 'istio' | 'osm' = 'istio',
  isDeclared = false,
) {
  const sources = sourcesBelow(path.join(cases, name));
  const { spec } = loadSpec(sources, {});
  const target = (await targets[platform]()).default;
  const reader = (await target.reader?.())?.default;
  if (spec === undefined || reader === undefined)
    throw new Error('the case has no spec, or the target no reader');
  const ir = linkedSources(sources);
  const output = files(target.lower(ir, { version: target.versions.at(-1) ?? '', options: {} })).map(
    (file) => ({
      file: file.path,
      bytes: new TextEncoder().encode(change(file.text)),
    }),
  );
  const config: TargetConfig = {
    name: platform,
    platform,
    options: {},
    degrade: [],
    delivery: { requirePlan: false, branches: [] },
    origin: { file: 'mesh.yaml', line: 1, column: 1 },
  };
  return verifyOutput({ ir, spec }, output, reader, isDeclared ? lossOf(ir, config, target) : []);
}

describe('output of Istio that is read back', () => {
  test.each([
    'accounts',
    'calls',
    'canaries',
    'certificates',
    'colours',
    'doors',
    'resilience',
    'splits',
    'votes',
    'watched',
  ])(
    'the case %s means the same (proved)',
    async (name) => {
      const { isEqual, report, errors } = await verified(name);
      expect(errors).toEqual([]);
      expect(report).toMatchObject({ access: { gained: [], lost: [] }, routing: [], settings: [] });
      expect(report?.unproved).toBeUndefined();
      expect(isEqual).toBe(true);
    },
    60_000,
  );

  test.each([
    ['a weight', 'splits', (text: string) => text.replace('weight: 90', 'weight: 80'), 'routing'],
    ['a subset', 'splits', (text: string) => text.replace('subset: v1', 'subset: v2'), 'routing'],
    ['a retry', 'splits', (text: string) => text.replaceAll('attempts: 0', 'attempts: 1'), 'routing'],
    ['a timeout', 'votes', (text: string) => text.replace(/timeout: "\d+m?s"/, 'timeout: "59s"'), 'routing'],
    ['a mode of mTLS', 'doors', (text: string) => text.replaceAll('STRICT', 'PERMISSIVE'), 'gained'],
    [
      'the rules of a policy',
      'accounts',
      (text: string) => text.replaceAll(/notPrincipals:\n(?: +- .*\n)+/g, ''),
      'gained',
    ],
  ] as const)('%s that differs is found, with a request', async (_what, name, change, kind) => {
    const { isEqual, report } = await verified(name, change);
    const boxes = kind === 'gained' ? report?.access.gained : report?.routing;
    expect(boxes?.length).toBeGreaterThan(0);
    expect(boxes?.[0]?.request.method).toEqual(expect.any(String));
    expect(isEqual).toBe(false);
  });

  test('a field that the reader does not know is no proof', async () => {
    const { isEqual, unread } = await verified('splits', (text) =>
      text.replace('\nspec:\n', '\nspec:\n  unknown: 1\n'),
    );
    expect(unread.length).toBeGreaterThan(0);
    expect(isEqual).toBe(false);
  });
});

describe('output of Open Service Mesh that is read back', () => {
  // A share of a version is that of a Service of its own there.
  test('Services that stand for versions are the versions', async () => {
    const { report } = await verified('accounts', undefined, 'osm', true);
    expect(report?.routing).toEqual([]);
    const changed = await verified(
      'accounts',
      (text) => text.replace('weight: 9\n', 'weight: 7\n'),
      'osm',
      true,
    );
    expect(changed.report?.routing.length).toBeGreaterThan(0);
  });

  test('differences that a loss of every mesh explains are explained only if it is declared', async () => {
    const declared = await verified('colours', undefined, 'osm', true);
    expect(declared.isEqual).toBe(true);
    expect(declared.shown.map(({ box }) => box.paths)).toContainEqual(['unsafe']);
    const silent = await verified('colours', undefined, 'osm');
    expect(silent.isEqual).toBe(false);
    expect(silent.report?.routing.map(({ paths }) => paths)).toContainEqual(['unsafe']);
  });

  test('settings are explained by the loss of their own feature', async () => {
    expect((await verified('picked', undefined, 'osm', true)).isEqual).toBe(true);
    const { report } = await verified('picked', undefined, 'osm');
    expect(report?.settings).toContain('load balancing of shop/keyed');
  });
});
