import type { ImportPlatform } from '../command-table/import-platforms.ts';
import type { Reader } from '../core/import/reader.ts';
import type { Platform } from '../core/ir/target-config.ts';
import { targets } from '../core/targets/registry.ts';

/** A reader with the platform of its target; plain Kubernetes is no platform of a mesh. */
export interface NamedReader {
  readonly reader: Reader;
  readonly platform?: Platform;
}

/** Loads the reader of a platform. */
export async function namedReader(name: ImportPlatform): Promise<NamedReader> {
  if (name === 'kubernetes') return { reader: (await import('../core/import/kubernetes/index.ts')).default };
  const load = (await targets[name]()).default.reader;
  if (load === undefined) throw new Error(`the target ${name} has no reader`);
  return { reader: (await load()).default, platform: name };
}
