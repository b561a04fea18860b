import type { External, ExternalPort } from '../../../ir/external.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import { type ArrangedPart, arrangedParts, httpMatch } from '../../gateway-api-objects/http-rules.ts';
import { nowhere } from '../../gateway-api-objects/nowhere.ts';
import type { BackendRef, HttpRule } from '../../gateway-api-objects/parts.ts';
import { httpRouteObjects } from '../../gateway-api-objects/route-objects.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import { type Lowering, mostMatches } from '../context.ts';
import { object, policyGroup } from '../object.ts';
import { runsOf } from '../outbound/runs.ts';
import { egressNetwork } from './egress-network.ts';
import { isOpenTo, obstacleAt, speaksTls } from './external-reach.ts';

/** A port of an External for the workloads of one namespace. */
interface Way {
  readonly external: External;
  readonly port: ExternalPort;
  readonly hosts: readonly string[];
  readonly isOpen: boolean;
  readonly namespace: string;
}

/**
 * Returns the routes to hosts outside of the mesh for the workloads of a namespace. If all other hosts may be called, a
 * host that the namespace may not call has a route that leads nowhere.
 */
export function externalRoutes(namespace: string, lowering: Lowering): readonly ObjectArtifact[] {
  const { ir } = lowering;
  const ways = Object.values(ir.externals).flatMap((external) =>
    external.ports.map((port) => {
      const isOpen =
        obstacleAt(external, port) === undefined && isOpenTo(external, namespace, ir.trustDomain);
      return { external, port, hosts: external.hosts, isOpen, namespace };
    }),
  );
  const open = ways.filter(({ isOpen }) => isOpen);
  const closed = ways
    .filter(({ isOpen, port }) => !isOpen && (port.http || speaksTls(port)) && ir.egress === 'allow')
    .map((way) => ({ ...way, hosts: way.hosts.filter((host) => !open.some(takes(way.port, host))) }))
    .filter(({ hosts }) => hosts.length > 0);
  return [...open, ...closed].flatMap((way) =>
    speaksTls(way.port) ? [tlsRoute(way)] : httpRoutes(way, lowering),
  );
}

function takes({ number }: ExternalPort, host: string): (way: Way) => boolean {
  return ({ port, hosts }) => port.number === number && hosts.includes(host);
}

function httpRoutes(way: Way, { dialect }: Lowering): readonly ObjectArtifact[] {
  const { port, namespace, isOpen } = way;
  const parts = isOpen ? arrangedParts(port.route.rules, port.number, dialect) : [];
  const runs = parts.length > 0 ? runsOf(parts, 'HTTPRoute') : [{ annotations: {}, parts: [] }];
  const objects: ObjectArtifact[] = [];
  for (const { annotations, parts: own } of runs) {
    const rules = isOpen ? own.flatMap(sendingOn) : [leadingNowhere(namespace)];
    objects.push(
      ...httpRouteObjects({ ...headOf(way), hostnames: way.hosts, annotations }, rules, objects.length),
    );
  }
  return objects;
}

/** A rule without a backend, which an EgressNetwork sends to the address that was dialled. */
function sendingOn({ alternatives }: ArrangedPart): readonly HttpRule[] {
  const count = Math.ceil(alternatives.length / mostMatches);
  return Array.from({ length: count }, (_, set) => ({
    matches: alternatives.slice(set * mostMatches, (set + 1) * mostMatches).map(httpMatch),
  }));
}

function leadingNowhere(namespace: string): HttpRule {
  return {
    matches: [{ path: { type: 'PathPrefix', value: '/' } }],
    backendRefs: [nowhere(namespace)],
  };
}

function tlsRoute(way: Way): ObjectArtifact {
  const { name, parentRefs, ...head } = headOf(way);
  const { port: _, ...closed }: BackendRef = nowhere(way.namespace);
  const refs = way.isOpen
    ? { group: policyGroup, kind: 'EgressNetwork', name: egressNetwork, namespace: way.namespace, weight: 1 }
    : { ...closed, port: way.port.number };
  return object({
    kind: 'TLSRoute',
    ...head,
    name: objectName(...name),
    spec: { parentRefs, hostnames: way.hosts, rules: [{ backendRefs: [refs] }] },
  });
}

function headOf({ external, port, namespace }: Way) {
  const { id, name, origin } = external;
  return {
    namespace,
    // One namespace may hold routes to Externals of several namespaces.
    name: [...(external.namespace === namespace ? [] : [external.namespace]), name, port.name, 'external'],
    from: `External/${id}`,
    origins: [origin],
    parentRefs: [
      { group: policyGroup, kind: 'EgressNetwork', name: egressNetwork, namespace, port: port.number },
    ],
  };
}
