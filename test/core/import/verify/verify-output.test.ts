import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { verifyOutput } from '../../../../src/core/import/verify/verify-output.ts';
import { loadSpec } from '../../../../src/core/spec/load.ts';
import { files } from '../../../../src/core/targets/files.ts';
import { targets } from '../../../../src/core/targets/registry.ts';
import { linkedSources, sourcesBelow } from '../../../cases/linked-mesh.ts';

const cases = fileURLToPath(new URL('../../../../fixtures/cases', import.meta.url));

/** Compiles a case, changes the output, and reads it back. */
async function verified(name: string, change: (text: string) => string = (text) => text) {
  const sources = sourcesBelow(path.join(cases, name));
  const { spec } = loadSpec(sources, {});
  const target = (await targets.istio()).default;
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
  return verifyOutput({ ir, spec }, output, reader, []);
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
