import type { Gateway } from '../../ir/gateway.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Principal } from '../../ir/principal.ts';
import type { Artifact } from '../artifact.ts';
import { gatewayApiDefaults } from '../gateway-api-objects/defaults.gen.ts';
import { withEngines } from '../gateway-api-objects/engines/with-engines.ts';
import { gatewayRoutes } from '../gateway-api-objects/gateway-routes.ts';
import { gatewayObjects } from '../gateway-api-objects/gateways.ts';
import { apiVersions as routeVersions } from '../gateway-api-objects/object.ts';
import { referenceGrants } from '../gateway-api-objects/reference-grants.ts';
import { withUsedServices } from '../gateway-api-objects/used-services.ts';
import { versionServiceObjects } from '../gateway-api-objects/version-services.ts';
import { engineKinds } from '../rollout-engines/engine-kinds.ts';
import type { LowerContext, Target } from '../target.ts';
import { accessPolicies } from './access/policies.ts';
import { accountLabel, namespaceLabel } from './access/selectors.ts';
import { capabilities } from './capabilities.ts';
import { loweringOf } from './context.ts';
import { egressPolicies } from './egress/egress-policies.ts';
import { limits } from './limits.ts';
import { notes } from './notes.ts';
import { apiVersions } from './object.ts';
import { loweringOptions, optionsSchema, versions } from './options.ts';
import { order } from './order.ts';
import { serviceRoutes } from './routes/service-routes.ts';

const routeKinds = ['Gateway', 'HTTPRoute', 'ListenerSet', 'ReferenceGrant', 'TLSRoute'] as const;

/** Cilium on Kubernetes: its policies, and routes of the Gateway API. */
const cilium: Target = {
  name: 'cilium',
  title: 'Cilium',
  versions,
  capabilities,
  limits: (ir, context) => limits(loweringOf(ir, loweringOptions(context))),
  notes,
  owns: [
    { apiVersion: 'v1', kind: 'Service' },
    ...Object.entries(apiVersions).map(([kind, apiVersion]) => ({ apiVersion, kind })),
    ...routeKinds.map((kind) => ({ apiVersion: routeVersions[kind], kind })),
    ...engineKinds,
  ],
  optionsSchema,
  delegation: () => ({
    refuses: 'Cilium reads no certificates: it knows callers by the labels of their pods',
  }),
  lower,
  arms: () => ({ why: 'it is not known how Cilium counts requests for each backend of a route' }),
  identity,
  reader: () => import('./read/index.ts'),
  // Policies always carry theirs.
  defaults: () => gatewayApiDefaults.standard,
  order,
  statusGroups: ['gateway.networking.k8s.io'],
};

export default cilium;

function lower(ir: Ir, context: LowerContext): readonly Artifact[] {
  const lowering = loweringOf(ir, loweringOptions(context));
  const { options, versions: split } = lowering;
  const ingresses = Object.values(ir.gateways)
    .filter(({ type }) => type === 'ingress')
    .map(withoutStreams);
  const entering = ingresses.flatMap((gateway) => gatewayRoutes(gateway, lowering));
  const inside = serviceRoutes(lowering);
  const objects = [
    ...(options.versionServices === 'write' ? versionServiceObjects(split, options.versionLabel) : []),
    // Cilium asks for a grant inside of the mesh, too, where the Gateway API asks for none.
    ...referenceGrants([...entering, ...inside]),
    ...ingresses.flatMap((gateway) => gatewayObjects(gateway, lowering)),
    ...entering,
    ...accessPolicies(ir),
    ...egressPolicies(ir),
    ...inside,
  ];
  const written = withEngines(objects, {
    ir,
    versions: split,
    provider: 'gatewayapi:v1',
    countersOf: () => undefined,
  });
  return withUsedServices(written, split);
}

/** The labels by which Cilium knows the pods of an account. */
function identity({ namespace, serviceAccount }: Principal): string {
  return `${namespaceLabel}=${namespace},${accountLabel}=${serviceAccount}`;
}

/** Returns a gateway without listeners for plain TCP, of which Cilium has none. */
function withoutStreams(gateway: Gateway): Gateway {
  return { ...gateway, listeners: gateway.listeners.filter(({ protocol }) => protocol !== 'tcp') };
}
