import { type Column, matrixOf } from '../../src/core/targets/matrix.ts';
import { targets } from '../../src/core/targets/registry.ts';
import type { LowerContext } from '../../src/core/targets/target.ts';

/** Returns every target of the registry in each of its modes. */
export async function registeredColumns(): Promise<readonly Column[]> {
  const loaded = await Promise.all(Object.values(targets).map((load) => load()));
  return matrixOf(loaded.map((module) => module.default)).columns;
}

/** Returns the newest version of a column's target and the options that choose its mode. */
export function contextOf({ target, options }: Column): LowerContext {
  return { version: target.versions.at(-1) ?? '', options };
}
