import type { Ir } from '../../ir/ir.ts';
import { spiffeId } from '../../ir/principal.ts';
import type { Artifact, ObjectArtifact } from '../artifact.ts';
import {
  istioDelegation,
  istioTakes,
  linkerdDelegation,
  linkerdTakes,
} from '../certificate-objects/delegated-meshes.ts';
import { delegatedObjects, isTrustBundle } from '../certificate-objects/delegated-objects.ts';
import { certificateKinds } from '../certificate-objects/object.ts';
import { gatewayApiDefaults } from '../gateway-api-objects/defaults.gen.ts';
import { withEngines } from '../gateway-api-objects/engines/with-engines.ts';
import { gatewayRoutes } from '../gateway-api-objects/gateway-routes.ts';
import { gatewayObjects } from '../gateway-api-objects/gateways.ts';
import { apiVersions } from '../gateway-api-objects/object.ts';
import { referenceGrants } from '../gateway-api-objects/reference-grants.ts';
import { withUsedServices } from '../gateway-api-objects/used-services.ts';
import {
  type AppProtocols,
  standardAppProtocols,
  versionServiceObjects,
} from '../gateway-api-objects/version-services.ts';
import { hostOf } from '../kubernetes-objects/host.ts';
import { engineKinds } from '../rollout-engines/engine-kinds.ts';
import type { LowerContext, Target } from '../target.ts';
import { arms } from './arms.ts';
import {
  capabilities,
  ciliumCapabilities,
  istioCapabilities,
  istioExperimentalCapabilities,
  kumaCapabilities,
  linkerdCapabilities,
} from './capabilities.ts';
import { loweringOf } from './context.ts';
import { externalObjects, serviceEntryVersion } from './external-objects.ts';
import { limits } from './limits.ts';
import { notes } from './notes.ts';
import { loweringOptions, optionsSchema, versions } from './options.ts';
import { order } from './order.ts';
import { serviceCounters } from './service-counters.ts';
import { serviceRoutes } from './service-routes.ts';

const reported = 'by its report of conformance; not tried';

/** The Gateway API on Kubernetes, read by some mesh. */
const gatewayApi: Target = {
  name: 'gateway-api',
  title: 'Gateway API',
  versions,
  capabilities,
  defaultMode: 'standard',
  modes: {
    istio: {
      title: 'Gateway API on Istio',
      options: { implementation: 'istio' },
      capabilities: istioCapabilities,
      note: "tried on Istio's own translation of HTTPRoutes, with real proxies",
    },
    'istio-experimental': {
      title: 'Gateway API on Istio, experimental channel',
      options: { implementation: 'istio', channel: 'experimental' },
      capabilities: istioExperimentalCapabilities,
      note: "tried on Istio's own translation of HTTPRoutes, with real proxies",
    },
    cilium: {
      title: 'Gateway API on Cilium',
      options: { implementation: 'cilium' },
      capabilities: ciliumCapabilities,
      note: reported,
    },
    kuma: {
      title: 'Gateway API on Kuma',
      options: { implementation: 'kuma' },
      capabilities: kumaCapabilities,
      note: reported,
    },
    linkerd: {
      title: 'Gateway API on Linkerd',
      options: { implementation: 'linkerd' },
      capabilities: linkerdCapabilities,
      note: reported,
    },
  },
  limits: (ir, context) => limits(loweringOf(ir, loweringOptions(context))),
  notes,
  owns: [
    { apiVersion: 'v1', kind: 'Service' },
    { apiVersion: serviceEntryVersion, kind: 'ServiceEntry' },
    ...Object.entries(apiVersions).map(([kind, apiVersion]) => ({ apiVersion, kind })),
    ...engineKinds,
    ...certificateKinds,
  ],
  optionsSchema,
  isTrust: isTrustBundle,
  writesTrust: ({ certificates }, { implementation }) =>
    certificates.delegate === 'cert-manager' && implementation === 'linkerd',
  delegation(delegate, { implementation }) {
    if (implementation === 'istio') return istioTakes(delegate);
    if (implementation === 'linkerd') return linkerdTakes(delegate);
    return {
      refuses:
        typeof implementation === 'string'
          ? `it is not known how ${implementation} reads an authority`
          : 'no option `implementation` says which mesh reads the objects',
    };
  },
  lower,
  arms,
  identity: spiffeId,
  defaults: ({ channel }) => gatewayApiDefaults[channel === 'experimental' ? 'experimental' : 'standard'],
  reader: () => import('./read/index.ts'),
  order,
  statusGroups: ['gateway.networking.k8s.io', 'gateway.networking.x-k8s.io'],
};

export default gatewayApi;

/** Protocols beside the standard ones as Istio reads them: it takes a port that names none for one whose caller speaks first. */
const istioProtocols: AppProtocols = {
  ...standardAppProtocols,
  tls: 'tls',
  tcp: 'tcp',
  mongo: 'tcp',
  mysql: 'tcp',
  postgres: 'tcp',
  redis: 'tcp',
};

function protocolsOf({ implementation }: ReturnType<typeof loweringOptions>): AppProtocols {
  return implementation === 'istio' ? istioProtocols : standardAppProtocols;
}

function lower(ir: Ir, context: LowerContext): readonly Artifact[] {
  const lowering = loweringOf(ir, loweringOptions(context));
  const ingresses = Object.values(ir.gateways).filter(({ type }) => type === 'ingress');
  const entering = ingresses.flatMap((gateway) => gatewayRoutes(gateway, lowering));
  const inside = serviceRoutes(lowering);
  const objects = [
    ...(lowering.options.versionServices === 'write'
      ? versionServiceObjects(lowering.versions, lowering.options.versionLabel, protocolsOf(lowering.options))
      : []),
    ...referenceGrants([...entering, ...(asksForGrants(lowering.options) ? inside : [])]),
    ...ingresses.flatMap((gateway) =>
      gatewayObjects(
        gateway,
        lowering,
        // With this address Istio uses the pods of the Service, and starts no pods.
        lowering.options.implementation === 'istio'
          ? [{ type: 'Hostname', value: hostOf(gateway.id) }]
          : undefined,
      ),
    ),
    ...entering,
    ...inside,
    ...externalObjects(lowering),
    ...certificatesOf(ir, lowering.options, context.trust?.[ir.trustDomain]),
  ];
  const written = withEngines(objects, {
    ir,
    versions: lowering.versions,
    provider: 'gatewayapi:v1',
    countersOf: ({ service }, question, candidate) =>
      serviceCounters(service, question, candidate, lowering.options),
  });
  return withUsedServices(written, lowering.versions);
}

/** Returns true if a mesh takes backends of other namespaces only by a ReferenceGrant, inside the mesh, too. */
function asksForGrants({ implementation }: ReturnType<typeof loweringOptions>): boolean {
  return implementation === 'cilium' || implementation === 'kuma';
}

/** Returns the objects of a delegate for the mesh that reads the routes; none for meshes whose places aren't known. */
function certificatesOf(
  ir: Ir,
  { implementation }: ReturnType<typeof loweringOptions>,
  roots: string | undefined,
): readonly ObjectArtifact[] {
  if (implementation === 'istio') return delegatedObjects(ir, istioDelegation(ir, 'istio-system'), roots);
  return implementation === 'linkerd' ? delegatedObjects(ir, linkerdDelegation(ir), roots) : [];
}
