import type { Ir } from '../../ir/ir.ts';
import type { Principal } from '../../ir/principal.ts';
import { linkerdCounters } from '../arm-counters/linkerd-counters.ts';
import type { Artifact } from '../artifact.ts';
import { authorityObjects } from '../certificate-objects/authority-objects.ts';
import { anchorsName, linkerdDelegation, linkerdTakes } from '../certificate-objects/delegated-meshes.ts';
import { delegatedObjects, isTrustBundle } from '../certificate-objects/delegated-objects.ts';
import { certificateKinds } from '../certificate-objects/object.ts';
import { gatewayApiDefaults } from '../gateway-api-objects/defaults.gen.ts';
import { withEngines } from '../gateway-api-objects/engines/with-engines.ts';
import { apiVersions as routeVersions } from '../gateway-api-objects/object.ts';
import { withUsedServices } from '../gateway-api-objects/used-services.ts';
import { versionServiceObjects } from '../gateway-api-objects/version-services.ts';
import { engineKinds } from '../rollout-engines/engine-kinds.ts';
import type { LowerContext, RestartedWorkload, Target } from '../target.ts';
import { arms } from './arms.ts';
import { authorityFiles } from './authority-files.ts';
import { capabilities } from './capabilities.ts';
import { loweringOf } from './context.ts';
import { egressNetworks } from './egress/egress-networks.ts';
import { servers } from './inbound/servers.ts';
import { limits } from './limits.ts';
import { notes } from './notes.ts';
import { apiVersions } from './object.ts';
import { loweringOptions, optionsSchema, versions } from './options.ts';
import { order } from './order.ts';
import { serviceRoutes } from './outbound/service-routes.ts';
import { podTrust } from './pod-trust.ts';
import { appProtocols, serviceObjects } from './services.ts';

/** Linkerd on Kubernetes. */
const linkerd: Target = {
  name: 'linkerd',
  title: 'Linkerd',
  versions,
  capabilities,
  limits: (ir, context) => limits(loweringOf(ir, loweringOptions(context))),
  notes,
  owns: [
    { apiVersion: 'v1', kind: 'Service' },
    { apiVersion: routeVersions.HTTPRoute, kind: 'HTTPRoute' },
    { apiVersion: routeVersions.GRPCRoute, kind: 'GRPCRoute' },
    ...Object.entries(apiVersions).map(([kind, apiVersion]) => ({ apiVersion, kind })),
    ...engineKinds,
    ...certificateKinds,
  ],
  optionsSchema,
  isTrust: (artifact) => isTrustBundle(artifact) || isAnchors(artifact),
  writesTrust: ({ certificates }, options) =>
    certificates.delegate === 'cert-manager' || options['authority'] === 'write',
  delegation: linkerdTakes,
  restartsForTrust: workloadsOf,
  // The kinds of Linkerd's own always carry theirs.
  defaults: () => gatewayApiDefaults.standard,
  lower,
  authorityFiles,
  podTrust,
  arms,
  identity,
  order,
  reader: () => import('./read/index.ts'),
  statusGroups: ['gateway.networking.k8s.io', 'policy.linkerd.io'],
};

export default linkerd;

function lower(ir: Ir, context: LowerContext): readonly Artifact[] {
  const lowering = loweringOf(ir, loweringOptions(context));
  const { options, versions: split } = lowering;
  const objects = [
    ...serviceObjects(lowering),
    ...(options.versionServices === 'write'
      ? versionServiceObjects(split, options.versionLabel, appProtocols)
      : []),
    ...egressNetworks(lowering),
    ...servers(lowering),
    ...serviceRoutes(lowering),
    ...delegatedObjects(ir, linkerdDelegation(ir), context.trust?.[ir.trustDomain]),
  ];
  const authority =
    options.authority === 'write'
      ? authorityObjects(ir, linkerdDelegation(ir), 'linkerd-issuer', context.trust?.[ir.trustDomain])
      : [];
  const written = withEngines(objects, {
    ir,
    versions: split,
    provider: 'gatewayapi:v1',
    countersOf: ({ service }, question, candidate) =>
      linkerdCounters(question, service, () => ({ namespace: service.namespace, name: candidate })),
  });
  return [...withUsedServices(written, split), ...authority];
}

/** The name that a certificate of Linkerd has, with the control plane in its default namespace. */
function identity({ serviceAccount, namespace, trustDomain }: Principal): string {
  return `${serviceAccount}.${namespace}.serviceaccount.identity.linkerd.${trustDomain}`;
}

/** Deployments of Linkerd's control plane; the identity service, which signs, comes first. */
const controlPlane = ['linkerd-identity', 'linkerd-destination', 'linkerd-proxy-injector'];

/** Returns the workloads with a proxy: the control plane, then the namespaces of the mesh. */
function workloadsOf({ services }: Ir): readonly RestartedWorkload[] {
  const namespaces = new Set(Object.values(services).map(({ namespace }) => namespace));
  return [
    ...controlPlane.map((name) => ({
      name: `linkerd/deployment/${name}`,
      command: `kubectl -n linkerd rollout restart deployment/${name}`,
    })),
    ...[...namespaces].sort().map((namespace) => ({
      name: `${namespace}/workloads`,
      command: `kubectl -n ${namespace} rollout restart deployment,statefulset,daemonset`,
    })),
  ];
}

/** Returns true for the ConfigMap of the trust anchors. */
function isAnchors({ type, kind, name }: Artifact): boolean {
  return type === 'object' && kind === 'ConfigMap' && name === anchorsName;
}
