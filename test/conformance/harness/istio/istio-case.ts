import { rmSync } from 'node:fs';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { MeshCase } from '../../../cases/cases.ts';
import { caseCopy, movedTo } from '../case-copy.ts';
import { compiledObjects } from './compiled-objects.ts';
import { IstioMesh } from './istio-mesh.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { placed } from './placed-mesh.ts';

/** A case that runs on Istio, in sidecar mode. */
export interface IstioCase {
  readonly mesh: IstioMesh;
  /** Returns the value with the addresses of this run. */
  readonly moved: <T>(value: T) => T;
}

/** Returns the objects of a mesh that istiod translates. */
export type Compile = (ir: Ir) => readonly KubernetesObject[];

const compiledByIstio: Compile = (ir) => compiledObjects(ir, 'sidecar');

/** Compiles a case and starts it. `installation` has further fields of the MeshConfig. */
export async function istioCase(
  meshCase: MeshCase,
  envoy: string,
  istioXds: string,
  compile: Compile = compiledByIstio,
  installation: Readonly<Record<string, unknown>> = {},
): Promise<IstioCase> {
  const { root, network, ir: asWritten, authorities } = await caseCopy(meshCase);
  try {
    const ir = placed(asWritten, network);
    const moved = <T>(value: T): T => movedTo(network, value);
    const objects = compile(ir);
    const { silent } = meshCase;
    const hosts = moved(meshCase.hosts);
    const parts = { ir, objects, authorities, hosts, installation, silent, network, root };
    return { mesh: await IstioMesh.start(parts, envoy, istioXds), moved };
  } catch (error) {
    rmSync(root, { recursive: true, force: true });
    throw error;
  }
}
