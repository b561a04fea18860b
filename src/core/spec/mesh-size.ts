import type { Spec } from './spec.ts';

/** The name of a mesh, and the numbers of its documents. */
export interface MeshSize {
  readonly name: string;
  readonly services: number;
  readonly externals: number;
  readonly gateways: number;
  readonly routes: number;
  readonly accesses: number;
  readonly targets: number;
}

export function meshSize({ mesh, services, externals, gateways, routes, accesses }: Spec): MeshSize {
  return {
    name: mesh.name,
    services: services.length,
    externals: externals.length,
    gateways: gateways.length,
    routes: routes.length,
    accesses: accesses.length,
    targets: Object.keys(mesh.value.spec.targets ?? {}).length,
  };
}
