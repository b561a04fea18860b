import type { Ir } from '../../src/core/ir/ir.ts';
import { meshCases } from '../cases/cases.ts';
import { linkedMesh } from '../cases/linked-mesh.ts';

/** A small mesh repository and its linked mesh. */
export interface LinkedCase {
  readonly name: string;
  readonly directory: string;
  readonly environment?: string;
  readonly ir: Ir;
}

/** Returns every case of fixtures/cases, linked. */
export function linkedCases(): readonly LinkedCase[] {
  return meshCases().map(({ name, directory, environment }) => ({
    name,
    directory,
    ir: linkedMesh(directory, environment),
    ...(environment === undefined ? {} : { environment }),
  }));
}
