import type { Ir } from '../ir/ir.ts';
import type { Origin } from '../location.ts';
import type { GraphNode } from './call-graph.ts';
import { callerIds } from './caller-nodes.ts';

/** The id of the part that stands for hosts that nothing names. */
export const unnamedHosts = 'hosts';

/** Returns the services, gateways and Externals of a mesh, or of two revisions of one. */
export function meshNodes(now: Ir, before: Ir = now): readonly GraphNode[] {
  const [present, past] = [ownNodes(now), ownNodes(before)];
  return [
    ...[...present].map(([id, node]) => (past.has(id) ? node : { ...node, change: 'appears' as const })),
    ...[...past].flatMap(([id, node]) => (present.has(id) ? [] : [{ ...node, change: 'goes' as const }])),
  ];
}

function ownNodes({ services, gateways, externals }: Ir): ReadonlyMap<string, GraphNode> {
  return new Map(
    [
      // A service or External with the name of an egress gateway comes later and stays.
      ...Object.values(gateways).map((one) => common('gateway', one)),
      ...Object.values(services).map((one) => ({
        ...common('service', one),
        versions: one.versions.map(({ name }) => name),
      })),
      ...Object.values(externals).map((one) => common('external', one)),
    ].map((node) => [node.id, node]),
  );
}

function common(
  kind: GraphNode['kind'],
  { id, name, namespace, origin }: Pick<GraphNode, 'id' | 'name'> & { namespace: string; origin: Origin },
): GraphNode {
  return { id, kind, name, namespace, origin: `${origin.file}:${String(origin.line)}` };
}

/** Returns the part that stands for callers, or for hosts outside the mesh, by its id. */
export function otherNode(id: string): GraphNode {
  if (id.endsWith('/*')) {
    const namespace = id.slice(0, -2);
    return { id, kind: 'callers', name: `every service of ${namespace}`, namespace };
  }
  switch (id) {
    case callerIds.everyone:
      return { id, kind: 'callers', name: 'every service' };
    case callerIds.outside:
      return { id, kind: 'callers', name: 'callers outside the mesh' };
    case callerIds.clients:
      return { id, kind: 'callers', name: 'clients' };
    case unnamedHosts:
      return { id, kind: 'hosts', name: 'hosts that nothing names' };
    default:
      return { id, kind: 'callers', name: id };
  }
}
