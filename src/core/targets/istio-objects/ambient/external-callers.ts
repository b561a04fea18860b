import type { Ir } from '../../../ir/ir.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import { object } from '../object.ts';
import { principals } from '../security/sources.ts';

/**
 * Returns the policies about callers of hosts outside the mesh, for the waypoint of these calls: ztunnels make the
 * hosts known to every caller.
 */
export function externalCallers({ externals }: Ir): readonly ObjectArtifact[] {
  return Object.values(externals).flatMap(({ id, namespace, name, origin, from }) => {
    const allowed = principals(from);
    if (allowed === undefined) return [];
    return [
      object({
        kind: 'AuthorizationPolicy',
        namespace,
        name: objectName('allow', name, 'external'),
        from: `External/${id}`,
        origins: [origin],
        spec: {
          targetRefs: [{ group: 'networking.istio.io', kind: 'ServiceEntry', name }],
          action: 'ALLOW',
          ...(allowed.length > 0 && { rules: [{ from: [{ source: { principals: allowed } }] }] }),
        },
      }),
    ];
  });
}
