import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Artifact, Json } from '../../src/core/targets/artifact.ts';
import { targets } from '../../src/core/targets/registry.ts';
import type { Target } from '../../src/core/targets/target.ts';
import { meshCases } from '../cases/cases.ts';
import { linkedMesh } from '../cases/linked-mesh.ts';
import { golden, type Lowered } from './golden.ts';
import { keeps } from './keeps.ts';
import { KnownParts } from './known-parts.ts';

/** The case whose output is printed whole; others refer to it. */
const wholeCase = 'limits';

const cases = meshCases().map((meshCase) => ({
  ...meshCase,
  ir: linkedMesh(meshCase.directory, meshCase.environment),
}));
type LinkedCase = (typeof cases)[number];

describe.each(Object.entries(targets))('golden output of %s', async (platform, load) => {
  const target = (await load()).default;
  const base = new KnownParts();
  for (const one of cases.filter(({ name, ir }) => name === wholeCase && keeps(target, ir)))
    golden(lowered(target, one), base);

  test.each(cases.filter(({ ir }) => keeps(target, ir)))('$name', async (one) => {
    const folder = path.join(one.directory, 'golden', platform);
    const written = golden(lowered(target, one), new KnownParts(one.name === wholeCase ? undefined : base));
    for (const file of written) await expect(file.text).toMatchFileSnapshot(path.join(folder, file.path));
    const made = new Set(written.map((file) => file.path));
    const stale = filesBelow(folder).filter((file) => !made.has(file));
    expect(stale, 'no longer made: delete it').toEqual([]);
  });

  test('a change of any value shows', () => {
    const able = cases.filter(({ ir }) => keeps(target, ir)).map((one) => lowered(target, one));
    const text = (one: Lowered): string => JSON.stringify(golden(one, new KnownParts(base)));
    fc.assert(
      fc.property(fc.constantFrom(...able), fc.nat(), fc.nat(), (one, which, where) => {
        const at = which % one.artifacts.length;
        const artifacts = one.artifacts.map((artifact, i) =>
          i === at ? withOther(artifact, where) : artifact,
        );
        expect(text({ ...one, artifacts })).not.toBe(text(one));
      }),
      { numRuns: 100 },
    );
  });
});

/** The artifact with another value at one place of what it holds. */
function withOther(artifact: Artifact, where: number): Artifact {
  if (artifact.type === 'certificate') return { ...artifact, subject: `${artifact.subject}x` };
  const text = JSON.stringify(artifact.type === 'file' ? artifact.resource : artifact.manifest);
  const leaves: unknown[] = [];
  JSON.parse(text, (_, value: unknown) => {
    if (typeof value !== 'object') leaves.push(value);
    return value;
  });
  let left = where % leaves.length;
  const other = JSON.parse(text, (_, value: unknown) => {
    if (typeof value === 'object' || left-- !== 0) return value;
    return typeof value === 'string' ? `${value}x` : typeof value === 'number' ? value + 1 : value !== true;
  }) as Json;
  return artifact.type === 'file' ? { ...artifact, resource: other } : { ...artifact, manifest: other };
}

function lowered(target: Target, { name, ir }: LinkedCase): Lowered {
  const config = Object.values(ir.targets).find(({ platform }) => platform === target.name);
  const options = config?.options ?? {};
  const version = config?.version ?? target.versions.at(-1) ?? '';
  return { name, artifacts: target.lower(ir, { version, options }), proxies: target.proxies?.(ir) ?? [] };
}

function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}
