import type { Ir } from '../../../../../src/core/ir/ir.ts';
import { spiffeId } from '../../../../../src/core/ir/principal.ts';
import type { Service } from '../../../../../src/core/ir/service.ts';
import { defaultPort, findPort } from '../../../../../src/core/semantics/port.ts';
import type { Request } from '../../../../../src/core/semantics/request.ts';
import type { Specs } from '../../../../../src/core/targets/app-mesh/object.ts';
import type { ObjectArtifact } from '../../../../../src/core/targets/artifact.ts';
import { type HttpRequest, routeFor } from './routes.ts';

/** The end of a request in App Mesh. */
export type Answer =
  | { readonly type: 'refused'; readonly why: string }
  | {
      readonly type: 'forwarded';
      /** Shares by `SERVICE VERSION`. */
      readonly shares: Readonly<Record<string, number>>;
      readonly refusedShare: number;
      readonly timeout: number;
      readonly tries: number;
    };

/** Returns the `spec` of an object of a kind. */
function specOf<K extends keyof Specs>(
  objects: readonly ObjectArtifact[],
  kind: K,
  namespace: string,
  name: string,
): Specs[K] | undefined {
  const found = objects.find((one) => one.kind === kind && one.namespace === namespace && one.name === name);
  return (found?.manifest as unknown as { readonly spec: Specs[K] } | undefined)?.spec;
}

function refused(why: string): Answer {
  return { type: 'refused', why };
}

/** Returns the answer of a mesh whose pods are those of the services. */
export function answer(ir: Ir, objects: readonly ObjectArtifact[], request: Request): Answer {
  if (request.to.type === 'gateway') return entering(ir, objects, request);
  const service = ir.services[request.to.id];
  if (service === undefined || request.from.type === 'spiffe') return refused('not in the model');
  const port =
    request.port === undefined ? defaultPort(service.ports) : findPort(service.ports, request.port);
  if (port === undefined) return refused('no such port');
  if (request.from.type === 'anonymous')
    return arriving(ir, objects, service, port.targetPort, undefined)
      ? { type: 'forwarded', shares: {}, refusedShare: 0, timeout: 0, tries: 1 }
      : refused('the server wants a certificate');
  const caller = ir.services[request.from.id];
  if (caller === undefined) return refused('no such caller');
  const node = nodesOf(objects, caller.id).find(({ podSelector }) => podSelector !== undefined);
  const backend = node?.backends?.find(
    ({ virtualService: { virtualServiceRef: ref } }) =>
      `${ref?.namespace ?? ''}/${ref?.name ?? ''}` === service.id,
  );
  if (backend === undefined) return refused('no backend of the caller');
  const tls = backend.virtualService.clientPolicy?.tls;
  return routed(ir, objects, service, port.number, request, tls && spiffeId(caller.workload.principal));
}

function entering(ir: Ir, objects: readonly ObjectArtifact[], { to, host = '', ...rest }: Request): Answer {
  const gateway = ir.gateways[to.id];
  const port = gateway?.listeners.find(({ name, port: number }) =>
    [name, number].includes(rest.port ?? ''),
  )?.port;
  if (gateway === undefined || port === undefined) return refused('no such listener');
  const [namespace = '', name = ''] = to.id.split('/');
  const spec = specOf(objects, 'VirtualGateway', namespace, name);
  const asked = host.replace(/:\d+$/, '').toLowerCase();
  const [route] = objects
    .filter((one) => one.kind === 'GatewayRoute' && one.namespace === namespace)
    .filter(({ manifest }) => {
      const { metadata } = manifest as unknown as { metadata: { labels: Readonly<Record<string, string>> } };
      return Object.entries(spec?.gatewayRouteSelector?.matchLabels ?? { none: '' }).every(
        ([key, value]) => metadata.labels[key] === value,
      );
    })
    .map(({ manifest }) => (manifest as unknown as { readonly spec: Specs['GatewayRoute'] }).spec)
    .filter(({ httpRoute }) => {
      const { hostname, port: own } = httpRoute?.match ?? {};
      const fits =
        hostname === undefined ||
        hostname.exact === asked ||
        (hostname.suffix !== undefined && asked.endsWith(hostname.suffix));
      return own === port && fits;
    })
    .sort((one, other) => (one.priority ?? 1000) - (other.priority ?? 1000));
  const ref = route?.httpRoute?.action.target.virtualService.virtualServiceRef;
  if (ref === undefined) return refused('no route of the gateway');
  const identity = spec?.backendDefaults?.clientPolicy?.tls && spiffeId(gateway.workload.principal);
  return byRouter(ir, objects, `${ref.namespace ?? ''}/${ref.name}`, port, rest, identity);
}

function routed(
  ir: Ir,
  objects: readonly ObjectArtifact[],
  service: Service,
  port: number,
  request: HttpRequest,
  identity: string | undefined,
): Answer {
  return byRouter(ir, objects, service.id, port, request, identity);
}

function byRouter(
  ir: Ir,
  objects: readonly ObjectArtifact[],
  virtualService: string,
  port: number,
  request: HttpRequest,
  identity: string | undefined,
): Answer {
  const [namespace = '', name = ''] = virtualService.split('/');
  const ref = specOf(objects, 'VirtualService', namespace, name)?.provider?.virtualRouter?.virtualRouterRef;
  const router = specOf(objects, 'VirtualRouter', ref?.namespace ?? '', ref?.name ?? '');
  const route = routeFor(router?.routes ?? [], port, request);
  if (route === undefined) return refused('no route');
  const sum = route.targets.reduce((all, { weight }) => all + weight, 0);
  const shares: Record<string, number> = {};
  let refusedShare = 0;
  for (const { virtualNodeRef, weight, port: asked } of route.targets) {
    if (weight === 0) continue;
    const owner = objects.find(
      (one) =>
        one.kind === 'VirtualNode' &&
        one.namespace === virtualNodeRef?.namespace &&
        one.name === virtualNodeRef.name,
    );
    const service = ir.services[ownerOf(owner)];
    const part = weight / sum;
    if (
      service === undefined ||
      owner === undefined ||
      !arriving(ir, objects, service, asked ?? 0, identity)
    ) {
      refusedShare += part;
      continue;
    }
    const node = (owner.manifest as unknown as { readonly spec: Specs['VirtualNode'] }).spec;
    const hit = hitBy(service, node);
    const instances = hit.reduce((all, version) => all + (version.instances?.length ?? 0), 0);
    if (instances === 0) refusedShare += part;
    for (const version of instances === 0 ? [] : hit) {
      const count = version.instances?.length ?? 0;
      const key = `${service.id} ${version.name}`;
      if (count > 0) shares[key] = (shares[key] ?? 0) + (part * count) / instances;
    }
  }
  if (Object.keys(shares).length === 0) return refused('no target takes it');
  return { type: 'forwarded', shares, refusedShare, timeout: route.timeout, tries: route.tries };
}

/** Returns the versions whose pods a node has: all of them for a node that selects none by itself. */
function hitBy(service: Service, { podSelector }: Specs['VirtualNode']): Service['versions'] {
  const labels = Object.entries(podSelector?.matchLabels ?? {});
  return service.versions.filter((version) => {
    const own = { ...service.workload.labels, version: version.name, ...version.labels };
    return labels.every(([key, value]) => (own as Readonly<Record<string, string>>)[key] === value);
  });
}

function ownerOf(one: ObjectArtifact | undefined): string {
  const { metadata } = (one?.manifest ?? { metadata: {} }) as {
    readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
  };
  return (metadata.annotations?.['meshwright.dev/origin'] ?? '').replace(/^Service\//, '');
}

function nodesOf(objects: readonly ObjectArtifact[], id: string): readonly Specs['VirtualNode'][] {
  return objects
    .filter((one) => one.kind === 'VirtualNode' && ownerOf(one) === id)
    .map(({ manifest }) => (manifest as unknown as { readonly spec: Specs['VirtualNode'] }).spec);
}

/** Returns true if every proxy of a service takes a connection with this certificate to a port of the pods. */
function arriving(
  ir: Ir,
  objects: readonly ObjectArtifact[],
  service: Service,
  port: number,
  identity: string | undefined,
): boolean {
  return nodesOf(objects, service.id).every(({ listeners = [] }) => {
    const listener = listeners.find(({ portMapping }) => portMapping.port === port);
    if (listener === undefined) return false;
    const { tls } = listener;
    if (tls === undefined) return true;
    if (identity === undefined) return tls.mode === 'PERMISSIVE';
    const names = tls.validation?.subjectAlternativeNames?.match.exact;
    return identity.startsWith(`spiffe://${ir.trustDomain}/`) && (names?.includes(identity) ?? true);
  });
}
