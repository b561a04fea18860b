import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/core/analyze/analyze.ts';
import { link } from '../../src/core/ir/link/link.ts';
import { DocumentMemory } from '../../src/core/source/document-memory.ts';
import type { Source } from '../../src/core/source/source.ts';
import { loadSpec } from '../../src/core/spec/load.ts';
import { generatedMesh } from '../bench/generated-mesh.ts';
import { mesh, mutated, seed } from './mutated-documents.ts';

/** Returns all findings and documents of files, including places. */
function meaning(sources: readonly Source[], environment: string | undefined, memory?: DocumentMemory) {
  const { spec, diagnostics, texts } = loadSpec(
    { sources, unreadable: [] },
    { ...(environment && { environment }), ...(memory && { memory }) },
  );
  const linked = spec && link(spec);
  return JSON.stringify({
    diagnostics,
    texts,
    spec,
    linked,
    analyzed: spec && linked ? analyze(spec, linked.ir, '2026-06-15') : [],
  });
}

const encoder = new TextEncoder();
const named = (file: string, text: string): Source => ({ file, bytes: encoder.encode(text) });

/** A file of a run, which edits, removes or adds files of the previous run. */
const file = fc.constantFrom('a.yaml', 'b.yaml', 'deep/c.yaml', 'environments/e/a.yaml');
const run = fc.record({
  edits: fc.array(fc.tuple(file, fc.option(mutated, { nil: undefined })), { maxLength: 3 }),
  environment: fc.constantFrom(undefined, undefined, 'e'),
});

describe('results of earlier runs', () => {
  it('do not change a later result, whatever is edited in between', () => {
    fc.assert(
      fc.property(fc.array(run, { minLength: 2, maxLength: 5 }), (runs) => {
        const files = new Map<string, string>();
        let pack: Uint8Array | undefined;
        for (const { edits, environment } of runs) {
          for (const [name, text] of edits) {
            if (text === undefined) files.delete(name);
            else files.set(name, text);
          }
          const sources = [
            { file: 'mesh.yaml', bytes: mesh },
            ...[...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, text]) => named(name, text)),
          ];
          const memory = new DocumentMemory(pack);
          expect(meaning(sources, environment, memory)).toBe(meaning(sources, environment));
          pack = memory.pack() ?? pack;
        }
      }),
      { seed, numRuns: 150 },
    );
  });

  it('are read from the memory and not from the text again', () => {
    const sources = generatedMesh(30);
    const first = new DocumentMemory(undefined);
    const cold = meaning(sources, undefined, first);
    const second = new DocumentMemory(first.pack());
    for (const source of sources) expect(second.recall(source), source.file).toBeDefined();
    expect(meaning(sources, undefined, second)).toBe(cold);
    expect(second.pack()).toBeUndefined();
  });

  it('are dropped if the stored bytes are damaged', () => {
    const sources = generatedMesh(8);
    const first = new DocumentMemory(undefined);
    const cold = meaning(sources, undefined, first);
    const pack = first.pack() ?? new Uint8Array();
    const damage = fc.oneof(
      fc.nat(pack.length).map((length) => pack.slice(0, length)),
      fc.uint8Array({ maxLength: 200 }),
      fc.uint8Array({ minLength: 1, maxLength: 9 }).map((more) => new Uint8Array([...pack, ...more])),
      fc.constantFrom('[]', '{}', '[["x",1,1]]', '[null]').map((list) => {
        const head = encoder.encode(list);
        return new Uint8Array([head.length, 0, 0, 0, ...head]);
      }),
    );
    fc.assert(
      fc.property(damage, (damaged) => {
        expect(meaning(sources, undefined, new DocumentMemory(damaged))).toBe(cold);
      }),
      { seed, numRuns: 150 },
    );
  });
});
