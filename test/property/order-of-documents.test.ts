import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { link } from '../../src/core/ir/link/link.ts';
import { canonicalJson } from '../../src/core/lib/canonical-json.ts';
import { loadSpec } from '../../src/core/spec/load.ts';

const cases = path.join(import.meta.dirname, '../../fixtures/cases');
const meshes = readdirSync(cases).map((name) => [name, documentsOf(path.join(cases, name))] as const);

describe('the order of files and of documents has no effect', () => {
  it.each(meshes)('%s: files read in any order', (_name, documents) => {
    const files = documents.map((text, index) => ({
      file: index === 0 ? 'mesh.yaml' : `${String(index)}.yaml`,
      text,
    }));
    const expected = JSON.stringify(linkedFiles(files));
    fc.assert(
      fc.property(fc.shuffledSubarray(files, { minLength: files.length }), (shuffled) => {
        expect(JSON.stringify(linkedFiles(shuffled))).toBe(expected);
      }),
      { numRuns: 10 },
    );
  });

  it.each(meshes)('%s: documents in any place', (_name, [mesh = '', ...others]) => {
    const whole = (documents: readonly string[]) =>
      meaning(linkedFiles([{ file: 'mesh.yaml', text: [mesh, ...documents].join('\n---\n') }]));
    const expected = whole(others);
    fc.assert(
      fc.property(fc.shuffledSubarray(others, { minLength: others.length }), (shuffled) => {
        expect(whole(shuffled)).toBe(expected);
      }),
      { numRuns: 10 },
    );
  });
});

/** Returns the documents of a case, starting with its Mesh. */
function documentsOf(folder: string): readonly string[] {
  const documents = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (file) => /\.ya?ml$/.test(file) && file !== 'case.yaml' && !/(^|\/)(golden|environments)\//.test(file),
    )
    .sort()
    .flatMap((file) => readFileSync(path.join(folder, file), 'utf8').split(/^---$/m));
  const isMesh = (text: string) => /^kind: Mesh$/m.test(text);
  return [...documents.filter(isMesh), ...documents.filter((text) => !isMesh(text))];
}

function linkedFiles(files: readonly { readonly file: string; readonly text: string }[]): unknown {
  const sources = files.map(({ file, text }) => ({ file, bytes: new TextEncoder().encode(text) }));
  const { spec } = loadSpec({ sources, unreadable: [] }, {});
  const ir = spec === undefined ? undefined : link(spec).ir;
  if (ir === undefined) throw new Error('the case does not link');
  return ir;
}

/** Returns the mesh without places, with the rules of Access sorted, since their order has no effect. */
function meaning(ir: unknown): string {
  const places = new Set(['origin', 'origins', 'timeoutOrigin']);
  const sorted = JSON.parse(canonicalJson(ir, places), (key, value: unknown) =>
    (key === 'allow' || key === 'deny') && Array.isArray(value)
      ? value.map((rule) => JSON.stringify(rule)).sort()
      : value,
  ) as unknown;
  return JSON.stringify(sorted);
}
