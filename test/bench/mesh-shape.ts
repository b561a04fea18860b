import type { Source } from '../../src/core/source/source.ts';
import { generatedMesh, placeOf } from './generated-mesh.ts';
import { routedMesh, routedPlaceOf } from './routed-mesh.ts';

/** A kind of generated mesh that is measured. */
export interface MeshShape {
  /** The heading of its tables. */
  readonly title: string;
  /** Returns the files of a mesh of that many services, with a target for each platform. */
  readonly sources: (size: number, platforms: readonly string[]) => readonly Source[];
  readonly placeOf: (number: number) => { readonly name: string; readonly namespace: string };
  /** The port of every service. */
  readonly port: number;
}

/** Every shape that `npm run bench` measures. */
export const meshShapes: readonly MeshShape[] = [
  { title: 'A file for each service', sources: generatedMesh, placeOf, port: 80 },
  {
    title: 'A Route and an Access for each service',
    sources: routedMesh,
    placeOf: routedPlaceOf,
    port: 8080,
  },
];
