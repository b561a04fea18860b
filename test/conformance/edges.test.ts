import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FileArtifact } from '../../src/core/targets/artifact.ts';
import { compiledFiles } from './edges/compiled-edge.ts';
import { edgeValues } from './edges/edge-values.ts';
import { caseFiles, type Field, withValue, writtenFields } from './edges/fields.ts';
import { Validation } from './edges/validated.ts';

const envoy = process.env['ENVOY'];
/** True for all edges of all fields (`npm run edges`); otherwise those of numbers, and every third edge of texts. */
const whole = process.env['EDGES'] === 'all';

const cases = caseFiles();
const fields = writtenFields(cases);

interface Edge {
  readonly field: Field;
  readonly value: unknown;
  readonly resources: readonly FileArtifact[];
}

describe.skipIf(envoy === undefined)(
  'a real Envoy accepts whatever validate accepts, at the edges of each field',
  () => {
    let folder: string;
    let validation: Validation;
    beforeAll(async () => {
      folder = mkdtempSync(path.join(tmpdir(), 'meshwright-edges-'));
      validation = await Validation.in(envoy ?? '', folder);
    });
    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    test.each([...cases.keys()].filter((name) => fields.some((field) => field.case === name)))(
      'the fields that occur first in %s',
      { timeout: 900_000 },
      (name) => {
        const { edges, tried } = edgesOf(name);
        expect(tried).toBeGreaterThan(0);
        expect(rejected(validation, edges)).toEqual([]);
        console.info(`${name}: ${String(tried)} edges, ${String(edges.length)} compiled`);
      },
    );
  },
);

/** Returns the edges of a case's fields that change the output, with the changed resources. */
function edgesOf(name: string): { readonly edges: readonly Edge[]; readonly tried: number } {
  const files = cases.get(name) ?? new Map<string, never>();
  const plain = compiledFiles(files);
  if ('refused' in plain) throw new Error(`${name}: ${plain.refused.join(', ')}`);
  const before = new Set(plain.resources.map(text));
  const edges: Edge[] = [{ field: { ...fields[0]!, name }, value: 'as it is', resources: plain.resources }];
  let tried = 0;
  for (const field of fields.filter((candidate) => candidate.case === name)) {
    const values = edgeValues(field.type, field.schema);
    const chosen = whole
      ? values
      : values.filter((value, i) => typeof value !== 'string' || i % 3 === 0 || isAmount(value));
    for (const value of chosen) {
      tried++;
      const compiled = compiledFiles(withValue(files, field, value));
      if ('refused' in compiled) continue;
      const resources = compiled.resources.filter((artifact) => !before.has(text(artifact)));
      if (resources.length > 0) edges.push({ field, value, resources: onePerKind(resources) });
    }
  }
  return { edges, tried };
}

function isAmount(value: string): boolean {
  return /^[0-9.]+(?:d|h|m|s|ms|%|[A-Za-z]*B)/.test(value);
}

/** Returns one resource of each kind: a setting that all services inherit changes many resources alike. */
function onePerKind(resources: readonly FileArtifact[]): readonly FileArtifact[] {
  const few = new Map<string, FileArtifact[]>();
  for (const artifact of resources) {
    const list = few.get(artifact.kind) ?? [];
    if (list.length < 4) list.push(artifact);
    few.set(artifact.kind, list);
  }
  return [...few.values()].flat();
}

function text({ kind, name, resource }: FileArtifact): string {
  return `${kind} ${name} ${JSON.stringify(resource)}`;
}

/** Returns the edges that Envoy refuses; finds them by halving groups that it refuses. */
function rejected(validation: Validation, edges: readonly Edge[]): readonly string[] {
  if (edges.length === 0) return [];
  const problem = validation.problem(edges.flatMap(({ resources }) => resources));
  if (problem === undefined) return [];
  const [only] = edges;
  if (edges.length === 1 && only !== undefined)
    return [`${only.field.name} = ${JSON.stringify(only.value).slice(0, 60)}: ${reason(problem)}`];
  const half = Math.ceil(edges.length / 2);
  return [...rejected(validation, edges.slice(0, half)), ...rejected(validation, edges.slice(half))];
}

function reason(problem: string): string {
  const [, said = problem] = /bootstrap\.json': ([\s\S]*)/.exec(problem) ?? [];
  return said.replaceAll(/\s+/g, ' ').slice(0, 240);
}
