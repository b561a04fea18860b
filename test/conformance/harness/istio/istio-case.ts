import { rmSync } from 'node:fs';
import type { MeshCase } from '../../../cases/cases.ts';
import { caseCopy, movedTo } from '../case-copy.ts';
import { compiledObjects } from './compiled-objects.ts';
import { IstioMesh } from './istio-mesh.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { placed } from './placed-mesh.ts';

/** A case brought to life on Istio, in sidecar mode. */
export interface IstioCase {
  readonly mesh: IstioMesh;
  /** The same value with the addresses of this run. */
  readonly moved: <T>(value: T) => T;
}

/** Compiles a case and starts it. `changed`: what real Envoys can't have of its objects is left out there. */
export async function istioCase(
  meshCase: MeshCase,
  envoy: string,
  istioXds: string,
  changed: (object: KubernetesObject) => KubernetesObject = (object) => object,
): Promise<IstioCase> {
  const { root, network, ir: asWritten, authorities } = await caseCopy(meshCase);
  try {
    const ir = placed(asWritten, network);
    const moved = <T>(value: T): T => movedTo(network, value);
    const objects = compiledObjects(ir, 'sidecar').map(changed);
    const { silent } = meshCase;
    const parts = { ir, objects, authorities, hosts: moved(meshCase.hosts), silent, network, root };
    return { mesh: await IstioMesh.start(parts, envoy, istioXds), moved };
  } catch (error) {
    rmSync(root, { recursive: true, force: true });
    throw error;
  }
}
