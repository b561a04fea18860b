import type { Ir } from '../../src/core/ir/ir.ts';
import type { SourceSet } from '../../src/core/source/source.ts';
import { linkedSources } from '../cases/linked-mesh.ts';

/** Links sources; returns undefined if they have errors. */
export function linkedOrNot(sources: SourceSet, environment: string | undefined): Ir | undefined {
  try {
    return linkedSources(sources, environment);
  } catch {
    return undefined;
  }
}
