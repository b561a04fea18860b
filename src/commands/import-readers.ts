import type { ImportPlatform } from '../command-table/import-platforms.ts';
import type { Reader } from '../core/import/reader.ts';
import type { Ir } from '../core/ir/ir.ts';
import type { Platform } from '../core/ir/target-config.ts';
import { lossOf } from '../core/targets/loss.ts';
import { targets } from '../core/targets/registry.ts';

/** A reader with the platform of its target; plain Kubernetes is no platform of a mesh. */
export interface NamedReader {
  readonly reader: Reader;
  readonly platform?: Platform;
  /** Returns the names of the features of an imported mesh that its platform doesn't keep. */
  readonly lost?: (ir: Ir) => readonly string[];
}

/** Loads the reader of a platform. */
export async function namedReader(name: ImportPlatform): Promise<NamedReader> {
  if (name === 'kubernetes') return { reader: (await import('../core/import/kubernetes/index.ts')).default };
  const target = (await targets[name]()).default;
  const load = target.reader;
  if (load === undefined) throw new Error(`the target ${name} has no reader`);
  return {
    reader: (await load()).default,
    platform: name,
    lost(ir) {
      const config = ir.targets[name];
      return config === undefined ? [] : lossOf(ir, config, target).map(({ feature }) => feature);
    },
  };
}
