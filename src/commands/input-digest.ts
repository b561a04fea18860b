import { sha256 } from '../core/lib/sha256.ts';
import type { SourceSet } from '../core/source/source.ts';
import type { MeshOptions } from './options.ts';

/** Returns a digest of all input of a result of the spec, except the tool itself. */
export function inputDigest({ sources, unreadable }: SourceSet, options: MeshOptions): string {
  const { env = null, strictFiles = false, today } = options;
  const files = sources.map(({ file, bytes }) => [file, sha256(bytes)]);
  return sha256(JSON.stringify({ env, strictFiles, today, files, unreadable }));
}
