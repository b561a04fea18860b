import type { Ir } from '../../ir/ir.ts';
import type { ObjectArtifact } from '../artifact.ts';
import { directTarget, namespacesOf } from '../istio-objects/direct-target.ts';
import { object as kubernetesObject } from '../kubernetes-objects/object.ts';
import type { ObjectOrder, Target } from '../target.ts';
import type { GroupSpec, WorkspaceSpec } from './crds/tsb.gen.ts';
import { groupOf, groups, groupVersions, workspaceVersion } from './groups.ts';
import { notes } from './notes.ts';
import { type Hierarchy, hierarchyOf, optionsSchema, versions } from './options.ts';

const target = directTarget({
  name: 'tsb',
  title: 'Tetrate Service Bridge',
  versions,
  notes,
  optionsSchema,
  owns: [
    { apiVersion: workspaceVersion, kind: 'Workspace' },
    ...Object.values(groupVersions).map((apiVersion) => ({ apiVersion, kind: 'Group' })),
  ],
  ownObjects: (ir, options) => hierarchyObjects(ir, hierarchyOf(ir, options)),
  marksOf: (object, ir, options) => {
    const hierarchy = hierarchyOf(ir, options);
    const group = groupOf(object);
    return {
      // Without this label the Istio of the cluster itself reads the object.
      labels: { 'istio.io/rev': 'tsb' },
      annotations: { ...annotationsOf(hierarchy, 'group'), [groups[group]]: groupName(hierarchy, group) },
    };
  },
});

/** Groups exist before the objects in them, and after these. */
const order: ObjectOrder = (before, after) => {
  const inner = target.order?.(before, after);
  return (pair) => {
    const { kind } = pair.after ?? pair.before ?? {};
    if (kind === 'Workspace') return pair.after === undefined ? 101 : -2;
    if (kind === 'Group') return pair.after === undefined ? 100 : -1;
    return inner?.(pair) ?? 0;
  };
};

/** Tetrate Service Bridge, which takes Istio's own objects in groups of the mode DIRECT. */
const tsb: Target = { ...target, order, reader: () => import('./read/index.ts') };

export default tsb;

/** Returns the workspace of a mesh and its groups, each with all of the mesh's namespaces. */
function hierarchyObjects(ir: Ir, hierarchy: Hierarchy): readonly ObjectArtifact[] {
  const { workspace, rootNamespace, cluster } = hierarchy;
  const names = namespacesOf(ir, rootNamespace).map((namespace) => `${cluster}/${namespace}`);
  const common = { namespace: rootNamespace, from: `Mesh/${ir.name}`, origins: [ir.origin] };
  const workspaceSpec: WorkspaceSpec = { namespaceSelector: { names } };
  return [
    kubernetesObject({
      ...common,
      apiVersion: workspaceVersion,
      kind: 'Workspace',
      name: workspace,
      annotations: annotationsOf(hierarchy, 'workspace'),
      spec: workspaceSpec,
    }),
    ...(Object.keys(groups) as (keyof typeof groups)[]).map((group) => {
      const spec: GroupSpec = {
        namespaceSelector: { names },
        // Objects of Istio alone are in this group, which has no mode.
        ...(group !== 'istiointernal' && { configMode: 'DIRECT' }),
      };
      return kubernetesObject({
        ...common,
        apiVersion: groupVersions[group],
        kind: 'Group',
        name: groupName(hierarchy, group),
        annotations: annotationsOf(hierarchy, 'group'),
        spec,
      });
    }),
  ];
}

function groupName({ workspace }: Hierarchy, group: keyof typeof groups): string {
  return `${workspace}-${group}`;
}

function annotationsOf(
  { organization, tenant, workspace }: Hierarchy,
  of: 'workspace' | 'group',
): Readonly<Record<string, string>> {
  return {
    'tsb.tetrate.io/organization': organization,
    'tsb.tetrate.io/tenant': tenant,
    ...(of === 'group' && { 'tsb.tetrate.io/workspace': workspace }),
  };
}
