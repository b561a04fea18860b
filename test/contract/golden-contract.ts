import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Artifact, Json } from '../../src/core/targets/artifact.ts';
import type { Column } from '../../src/core/targets/matrix.ts';
import { runCount } from '../property/run-count.ts';
import { contextOf } from './columns.ts';
import { golden, type Lowered } from './golden.ts';
import { keeps } from './keeps.ts';
import { KnownParts } from './known-parts.ts';
import type { LinkedCase } from './linked-cases.ts';
import { remembered } from './remembered.ts';

/** Golden output to which other output refers instead of repeating it. */
export interface Reference {
  readonly column: Column;
  /** The path to the folder of that output, from the folder of the output that refers to it. */
  readonly folder: string;
}

/** The case whose output is printed completely; other cases refer to it. */
const wholeCase = 'limits';

/**
 * Compares the output of a column with its golden files, for each case whose features it fully supports. Output of
 * another mode refers to that of the reference.
 */
export function goldenContract(
  column: Column,
  cases: readonly LinkedCase[],
  folderOf: (one: LinkedCase) => string,
  reference?: Reference,
): void {
  const able = cases.filter(({ ir }) => keeps(column, ir));
  const output = remembered((one: LinkedCase) => lowered(column, one));
  const base = new KnownParts();
  for (const one of able) if (one.name === wholeCase) golden(output(one), base);
  const knownTo = (one: LinkedCase): KnownParts => {
    const known = new KnownParts(one.name === wholeCase ? undefined : base);
    if (reference !== undefined && keeps(reference.column, one.ir))
      golden(lowered(reference.column, one), known, reference.folder);
    return known;
  };

  describe(`golden output of ${column.id}`, () => {
    test('exists for at least one case: a target with few features has its own small case', () => {
      expect(able.map(({ name }) => name)).not.toEqual([]);
    });

    test.each(able)('$name', async (one) => {
      const folder = folderOf(one);
      const written = golden(output(one), knownTo(one));
      for (const file of written) await expect(file.text).toMatchFileSnapshot(path.join(folder, file.path));
      const made = new Set(written.map((file) => file.path));
      const stale = filesBelow(folder).filter((file) => !made.has(file));
      expect(stale, 'no longer made: delete it').toEqual([]);
    });

    test('a change of any value changes the golden output', () => {
      const text = (one: Lowered): string => JSON.stringify(golden(one, new KnownParts(base)));
      const before = remembered(text);
      const shown = able.map((one) => output(one)).filter(({ artifacts }) => artifacts.length > 0);
      expect(shown.length).toBe(able.length);
      if (shown.length === 0) return;
      fc.assert(
        fc.property(fc.constantFrom(...shown), fc.nat(), fc.nat(), (one, which, where) => {
          const at = which % one.artifacts.length;
          const artifacts = one.artifacts.map((artifact, i) =>
            i === at ? withOther(artifact, where) : artifact,
          );
          expect(text({ ...one, artifacts })).not.toBe(before(one));
        }),
        { numRuns: runCount({ short: 30, long: 100 }) },
      );
    }, 60_000);
  });
}

/** Returns the artifact with another value at one place of its content. */
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

/** Lowers a case in the mode of the column, with the options of its target of this platform, if it has one. */
function lowered(column: Column, { name, ir }: LinkedCase): Lowered {
  const { target } = column;
  const { version, options } = contextOf(column);
  const config = Object.values(ir.targets).find(({ platform }) => platform === target.name);
  const context = { version: config?.version ?? version, options: { ...config?.options, ...options } };
  return { name, artifacts: target.lower(ir, context), proxies: target.proxies?.(ir) ?? [] };
}

function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}
