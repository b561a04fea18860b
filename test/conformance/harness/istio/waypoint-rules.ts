import type { Feature } from '../../../../src/core/ir/feature.ts';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { Route } from '../../../../src/core/ir/route.ts';
import type { Service } from '../../../../src/core/ir/service.ts';
import { decide } from '../../../../src/core/semantics/decide.ts';
import type { Outcome } from '../../../../src/core/semantics/outcome.ts';
import type { Request } from '../../../../src/core/semantics/request.ts';
import { isGuarded } from '../../../../src/core/targets/istio-objects/ambient/entrances.ts';
import type { LiveCase } from '../compare-cases.ts';
import { send } from '../send.ts';
import { prepare } from '../sending.ts';
import { lostFeatures, touches } from './lost-features.ts';
import type { WaypointMesh } from './waypoint-mesh.ts';

/** Features that are lost only because access is checked before a route answers; this order is tested exactly. */
const checkedFirst: readonly Feature[] = [
  'route.respond',
  'route.redirect',
  'route.cors',
  'route.no-match',
  'route.fault-abort',
  'route.fault-delay',
];

/**
 * Features that are lost only with several callers or instances: here one caller calls at a time, and one instance
 * answers.
 */
const countedTogether: readonly Feature[] = ['route.rate-limit', 'settings.rate-limit'];

/** Returns functions that say which requests a waypoint can be asked, and which of them must end otherwise. */
export function waypointRules(
  mesh: WaypointMesh,
): Required<Pick<LiveCase, 'leftOut' | 'keepsOut' | 'otherwise'>> {
  const { ir } = mesh;
  const all = lostFeatures(ir, 'ambient');
  const alike = new Set<Feature>([...checkedFirst, ...countedTogether]);
  const lost = new Map([...all].filter(([feature]) => !alike.has(feature)));
  const withoutRoutes = forwarding(ir);
  const open = opened(ir);
  return {
    leftOut: (request) => {
      if (mesh.entrance(request) === undefined) return 'takes no waypoint';
      return touches(ir, lost, request)[0] ?? lostBehind(ir, decide(open, request), request);
    },
    keepsOut: (request) => mesh.entrance(request) !== undefined,
    otherwise: async (request) => {
      const outcome = decide(ir, request);
      const access = decide(withoutRoutes, request);
      if (outcome.outcome === 'refused') return undefined;
      if (access.outcome === 'refused') return refusal(mesh, request, access.status);
      // If a part of an allow is lost, the allow matches fewer calls.
      if (!all.has('access.http')) return undefined;
      return (await statusOf(mesh, request)) === 403 ? [] : undefined;
    },
  };
}

/** Returns the feature whose loss matters at the place to which a waypoint forwards a request. */
function lostBehind(ir: Ir, outcome: Outcome, { to }: Request): Feature | undefined {
  if (outcome.outcome !== 'forwarded') return undefined;
  const places = [...outcome.backends, ...outcome.mirrors].filter(({ service }) => service !== to.id);
  const services = places.flatMap(({ service }) => ir.services[service] ?? []);
  if (services.some(isGuarded)) return 'access.identity';
  const externals = places.flatMap(({ service }) => ir.externals[service] ?? []);
  return externals.some(({ gateway }) => gateway !== undefined) ? 'external.gateway' : undefined;
}

/** Returns the mesh with every service open to everybody. */
function opened(ir: Ir): Ir {
  return withServices(ir, ({ authentication: _checks, ...service }) => ({
    ...service,
    access: { closed: false, allow: [], deny: [] },
  }));
}

/** Returns the differences of a request that access refuses with a status before its route decides. */
async function refusal(mesh: WaypointMesh, request: Request, status: number): Promise<readonly string[]> {
  const { sending, testId } = await prepare(mesh, request);
  const answer = await send(sending);
  const refused = answer.grpcStatus === undefined ? answer.status === status : answer.grpcStatus === 7;
  const arrived = mesh.echoes.arrivals(testId).length;
  return [
    ...(refused ? [] : [`status ${String(answer.status)}, access refuses with ${String(status)}`]),
    ...(arrived === 0 ? [] : ['reaches the application, access refuses it']),
  ];
}

async function statusOf(mesh: WaypointMesh, request: Request): Promise<number> {
  const { sending } = await prepare(mesh, request);
  return (await send(sending)).status;
}

/** Returns the mesh whose services forward every request unchanged, so that only access decides. */
function forwarding(ir: Ir): Ir {
  const ofRoute = (service: string, port: string, route: Route): Route => {
    const { origin } = route;
    const backends = [{ service, port, weight: 1, origin }];
    const action = { type: 'forward', backends, mirrors: [], requestHeaders: nothing, timeout: 0 } as const;
    return { ...route, rules: [{ origin, matches: [], responseHeaders: nothing, action }] };
  };
  return withServices(ir, (service) => ({
    ...service,
    ports: service.ports.map((port) =>
      port.http ? { ...port, route: ofRoute(service.id, port.name, port.route) } : port,
    ),
  }));
}

const nothing = { set: [], add: [], remove: [] };

function withServices(ir: Ir, change: (service: Service) => Service): Ir {
  return {
    ...ir,
    services: Object.fromEntries(Object.entries(ir.services).map(([id, service]) => [id, change(service)])),
  };
}
