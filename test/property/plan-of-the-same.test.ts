import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyState } from '../../src/core/history/state.ts';
import { stages } from '../../src/core/outputs/directory/stages.ts';
import { planTarget } from '../../src/core/plan/plan-target.ts';
import type { Revision } from '../../src/core/revision/revision.ts';
import { revisionDigest, revisionFiles, revisionVersions } from '../../src/core/revision/revision-files.ts';
import { targets } from '../../src/core/targets/registry.ts';
import { meshCases } from '../cases/cases.ts';
import { linkedMesh } from '../cases/linked-mesh.ts';

const meshes = meshCases().map(({ directory, environment }) => linkedMesh(directory, environment));
const now = new Date('2030-01-01T00:00:00Z');

describe.each(Object.entries(targets))('revisions of the target %s', async (platform, load) => {
  const target = (await load()).default;
  const lower = (ir: Revision['ir']): Revision['artifacts'] =>
    target.lower(ir, { version: target.versions.at(-1) ?? '', options: {} });
  const revisions = meshes.map(
    (ir): Revision => ({
      ir,
      artifacts: lower(ir),
      proxies: target.proxies?.(ir) ?? [],
      about: { target: 'one', platform, loss: [] },
    }),
  );
  const any = fc.constantFrom(...revisions);

  test('a plan from a revision to the same one, with its parts in any order, changes nothing', () => {
    fc.assert(
      fc.property(any, fc.nat(), (revision, by) => {
        const again = { ...revision, artifacts: turned(revision.artifacts, by) };
        const { files, objects, restarts } = planTarget(inForce(revision), again, now);
        expect({ files, objects, restarts }).toEqual({ files: [], objects: [], restarts: [] });
      }),
      { numRuns: 60 },
    );
  });

  test('a plan from one revision to another names exactly the files that differ', () => {
    fc.assert(
      fc.property(any, any, (one, other) => {
        const { files } = planTarget(inForce(one), other, now);
        const [was, will] = [texts(one), texts(other)];
        const paths = [...new Set([...was.keys(), ...will.keys()])].sort();
        expect(files.map(({ path }) => path)).toEqual(
          paths.filter((path) => was.get(path) !== will.get(path)),
        );
        for (const { op, path } of files)
          expect(op, path).toBe(!was.has(path) ? 'create' : will.has(path) ? 'update' : 'delete');
      }),
      { numRuns: 60 },
    );
  });

  test('the stages from any mesh to any other end in exactly the new files', () => {
    fc.assert(
      fc.property(any, any, (one, other) => {
        const last = stages(one, other, lower, target.between).at(-1);
        expect(last && texts(last.revision)).toEqual(texts(other));
      }),
      { numRuns: 40 },
    );
  });
});

function texts({ artifacts }: Revision): ReadonlyMap<string, string> {
  return new Map([...revisionFiles(artifacts).values()].map(({ path, text }) => [path, text]));
}

/** Returns a directory with the unchanged revision. */
function inForce(revision: Revision): Parameters<typeof planTarget>[0] {
  return {
    state: emptyState('mesh.default.one'),
    current: {
      name: '1',
      compiled: revisionDigest(revision.artifacts),
      versions: revisionVersions(revision.artifacts),
      snapshot: { formatVersion: '1.0', ...revision },
    },
    altered: [],
    foreign: [],
    material: new Set(),
  };
}

function turned<T>(list: readonly T[], by: number): readonly T[] {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)].reverse();
}
