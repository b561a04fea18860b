import type { Ir } from '../../ir/ir.ts';
import { spiffeId } from '../../ir/principal.ts';
import type { Artifact } from '../artifact.ts';
import type { LowerContext, Target } from '../target.ts';
import { arms } from './arms/arms.ts';
import { capabilities } from './capabilities.ts';
import type { ClusterSet } from './cluster-set.ts';
import { acceptance } from './delivery/acceptance.ts';
import { askTrust } from './delivery/ask-trust.ts';
import { between } from './delivery/between.ts';
import { endingConnections } from './ending-connections.ts';
import { lowerGateway } from './gateway/lower-gateway.ts';
import { limits } from './limits.ts';
import { lowerScope } from './lower-scope.ts';
import { lowerService } from './lower-service.ts';
import { loweringOptions, optionsSchema } from './lowering-options.ts';
import { nowhere, type Place, placeName, usesPlace } from './place.ts';
import { proxies } from './proxies.ts';
import { scopes } from './scopes.ts';
import { isTrust, trustBundles } from './secrets.ts';

/** One Envoy beside each instance and gateway, configured by files that it watches. */
const envoy: Target = {
  name: 'envoy',
  title: 'Envoy with files',
  versions: ['1.37', '1.38', '1.39', '1.40'],
  capabilities,
  limits,
  owns: [
    { apiVersion: '', kind: 'Bootstrap' },
    { apiVersion: '', kind: 'Listener' },
    { apiVersion: '', kind: 'Cluster' },
    { apiVersion: '', kind: 'RouteConfiguration' },
    { apiVersion: '', kind: 'ClusterLoadAssignment' },
    { apiVersion: '', kind: 'Secret' },
    { apiVersion: '', kind: 'Certificate' },
  ],
  optionsSchema,
  writesTrust: true,
  isTrust,
  askTrust,
  reader: () => import('./read/index.ts'),
  lower: (ir, context) => [...lowerParts(ir, context)].flat(),
  lowerParts,
  identity: spiffeId,
  between,
  acceptance,
  arms,
  proxies,
};

export default envoy;

function* lowerParts(mesh: Ir, context: LowerContext): Generator<readonly Artifact[]> {
  const { distrusted } = context;
  if (distrusted === undefined) return yield* partsOf(mesh, context);
  const ir = { ...mesh, certificates: { ...mesh.certificates, distrusted } };
  for (const part of partsOf(ir, context)) yield part.map((one) => endingConnections(one, distrusted));
}

function* partsOf(ir: Ir, context: LowerContext): Generator<readonly Artifact[], void> {
  const options = loweringOptions(context);
  const seen = new SeenFrom();
  yield trustBundles(ir, context.trust);
  for (const scope of scopes(ir)) {
    const { artifacts, clusters } = lowerScope(ir, scope, options);
    seen.add(ir, clusters, scope.place);
    yield artifacts;
  }
  for (const gateway of Object.values(ir.gateways)) {
    if ((gateway.instances ?? []).length === 0) continue;
    const { artifacts, clusters } = lowerGateway(ir, gateway, options);
    seen.add(ir, clusters, nowhere);
    yield artifacts;
  }
  for (const service of Object.values(ir.services)) {
    const places = options.endpoints === 'files' ? seen.places(service.id) : [];
    yield lowerService(ir, service, places);
  }
}

/** The places from which services are called; a service that depends on places has separate endpoints for each. */
class SeenFrom {
  readonly #places = new Map<string, Map<string, Place>>();

  add(ir: Ir, clusters: ClusterSet, place: Place): void {
    for (const wanted of clusters.wanted.values()) {
      const service = wanted.type === 'service' ? ir.services[wanted.service] : undefined;
      if (service === undefined) continue;
      const from = usesPlace(service) ? place : nowhere;
      const places = this.#places.get(service.id) ?? new Map<string, Place>();
      this.#places.set(service.id, places.set(placeName(from), from));
    }
  }

  places(id: string): readonly Place[] {
    return [...(this.#places.get(id)?.values() ?? [])];
  }
}
