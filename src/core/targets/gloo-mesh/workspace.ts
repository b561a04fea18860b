import type { Ir } from '../../ir/ir.ts';
import type { ObjectArtifact } from '../artifact.ts';
import { namespacesOf } from '../istio-objects/direct-target.ts';
import { object } from './object.ts';
import type { GlooOptions } from './options.ts';

/** Returns the Workspace of a mesh with its settings: Gloo Mesh adds no policies of its own. */
export function workspaceObjects(ir: Ir, options: GlooOptions): readonly ObjectArtifact[] {
  const { managementNamespace, cluster, rootNamespace } = options;
  const common = { from: `Mesh/${ir.name}`, origins: [ir.origin] };
  const namespaces = namespacesOf(ir, rootNamespace);
  const [first = rootNamespace] = namespaces.filter((namespace) => namespace !== rootNamespace);
  return [
    object({
      kind: 'Workspace',
      ...common,
      namespace: managementNamespace,
      name: ir.name,
      spec: { workloadClusters: [{ name: cluster, namespaces: namespaces.map((name) => ({ name })) }] },
    }),
    object({
      kind: 'WorkspaceSettings',
      ...common,
      namespace: first,
      name: ir.name,
      spec: {
        options: {
          serviceIsolation: { enabled: false, trimProxyConfig: false },
          federation: { enabled: false },
        },
      },
    }),
  ];
}
