import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Ir } from '../../src/core/ir/ir.ts';
import { link } from '../../src/core/ir/link/link.ts';
import type { SourceSet } from '../../src/core/source/source.ts';
import { loadSpec } from '../../src/core/spec/load.ts';

/** Returns the YAML files below a folder, as a store would read them. */
export function sourcesBelow(directory: string): SourceSet {
  const sources = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => ({
      file: path.relative(directory, file).split(path.sep).join('/'),
      bytes: readFileSync(file),
    }))
    .filter(({ file }) => file !== 'case.yaml' && !/(^|\/)(\.|golden\/)/.test(file))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
  return { sources, unreadable: [] };
}

/** Links the mesh of a folder, which must have no errors. */
export function linkedMesh(directory: string, environment?: string): Ir {
  return linkedSources(sourcesBelow(directory), environment);
}

/** Links sources, which must have no errors. */
export function linkedSources(sources: SourceSet, environment?: string): Ir {
  const loaded = loadSpec(sources, environment === undefined ? {} : { environment });
  const linked = loaded.spec ? link(loaded.spec) : { diagnostics: [] };
  const errors = [...loaded.diagnostics, ...linked.diagnostics].filter(
    ({ severity }) => severity === 'error',
  );
  if (!('ir' in linked) || errors.length > 0) {
    throw new Error(
      errors
        .map(({ location, message }) => `${location.file}:${String(location.range.start.line)}: ${message}`)
        .join('\n'),
    );
  }
  return linked.ir;
}
