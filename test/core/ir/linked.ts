import { expect } from 'vitest';
import type { Diagnostic } from '../../../src/core/diagnostics/diagnostic.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { link } from '../../../src/core/ir/link/link.ts';
import { loadSpec } from '../../../src/core/spec/load.ts';
import type { Spec } from '../../../src/core/spec/spec.ts';

/** Returns a Mesh with these further lines under `spec`. */
export function mesh(...lines: readonly string[]): string {
  return document('Mesh', 'shop', ['trustDomain: shop.example', ...lines], undefined);
}

/** Returns a document of the namespace `shop` (without one for kinds that have none) with these lines under `spec`. */
export function document(
  kind: string,
  name: string,
  lines: readonly string[],
  namespace: string | undefined = kind === 'Mesh' || kind === 'Profile' ? undefined : 'shop',
  labels = '{}',
): string {
  const where = namespace === undefined ? '' : `, namespace: ${namespace}`;
  const spec = lines.length === 0 ? ' {}' : `\n${lines.map((line) => `  ${line}`).join('\n')}`;
  return `apiVersion: mesh/v1\nkind: ${kind}\nmetadata: {name: ${name}${where}, labels: ${labels}}\nspec:${spec}\n`;
}

/** Loads documents; adds a plain Mesh if there is none. */
export function spec(...documents: readonly string[]): Spec {
  const own = documents.some((text) => text.includes('kind: Mesh'));
  const text = [...(own ? [] : [mesh()]), ...documents].join('---\n');
  const loaded = loadSpec(
    { sources: [{ file: 'mesh.yaml', bytes: new TextEncoder().encode(text) }], unreadable: [] },
    {},
  );
  expect(loaded.diagnostics).toEqual([]);
  if (loaded.spec === undefined) throw new Error('the spec does not load');
  return loaded.spec;
}

/** Links documents that have no errors. */
export function linked(...documents: readonly string[]): Ir {
  const { ir, diagnostics } = link(spec(...documents));
  expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual(
    [],
  );
  if (ir === undefined) throw new Error('the mesh does not link');
  return ir;
}

/** Returns the findings of linking documents, as `code message`. */
export function findings(...documents: readonly string[]): readonly string[] {
  return link(spec(...documents)).diagnostics.map(({ code, message }: Diagnostic) => `${code} ${message}`);
}
