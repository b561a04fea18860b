import type { Reader } from '../../src/core/import/reader.ts';
import { readBack } from '../../src/core/import/verify/read-back.ts';
import { link } from '../../src/core/ir/link/link.ts';
import type { SourceSet } from '../../src/core/source/source.ts';
import { loadSpec } from '../../src/core/spec/load.ts';
import { files } from '../../src/core/targets/files.ts';
import type { LowerContext, Target } from '../../src/core/targets/target.ts';

/**
 * Compiles a mesh, reads the output back, compiles what was read, and returns the kinds of the files that differ between the two
 * outputs, in order; `unlinked` if what was read is no mesh.
 */
export function roundTripDifferences(
  target: Target,
  reader: Reader,
  sources: SourceSet,
  options: LowerContext['options'] = {},
): readonly string[] {
  const { spec } = loadSpec(sources, {});
  const ir = spec === undefined ? undefined : link(spec).ir;
  if (spec === undefined || ir === undefined) throw new Error('the case does not link');
  const context = { version: target.versions.at(-1) ?? '', options };
  const first = files(target.lower(ir, context));
  const written = first.map(({ path, text }) => ({ file: path, bytes: new TextEncoder().encode(text) }));
  const back = readBack(ir, spec, written, reader);
  if (back.ir === undefined) return ['unlinked'];
  const second = new Map(files(target.lower(back.ir, context)).map(({ path, text }) => [path, text]));
  const differing = first.filter(({ path, text }) => second.get(path) !== text).map(({ path }) => path);
  const known = new Set(first.map(({ path }) => path));
  const added = [...second.keys()].filter((path) => !known.has(path));
  return [...new Set([...differing, ...added].map(kindOf))].sort();
}

/**
 * Returns the kind of the objects of a file: its name without its ending, the call of the AWS API that takes it, or the folder of
 * resources in which it lies. Routes of Envoy have a file for each listener.
 */
function kindOf(path: string): string {
  const call = /(?:^|\/)(?:create-|resources\/)([a-z-]+)\/[^/]+$/.exec(path)?.[1];
  if (call !== undefined) return call;
  return path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.\w+$/, '')
    .replace(/^.+-(rds|eds)$/, '$1');
}
