import type { Ir } from '../../ir/ir.ts';
import { spiffeId } from '../../ir/principal.ts';
import type { Artifact } from '../artifact.ts';
import { authorityObjects } from '../certificate-objects/authority-objects.ts';
import { istioDelegation, istioTakes } from '../certificate-objects/delegated-meshes.ts';
import { delegatedObjects } from '../certificate-objects/delegated-objects.ts';
import { certificateKinds } from '../certificate-objects/object.ts';
import { gatewayApiDefaults } from '../gateway-api-objects/defaults.gen.ts';
import { engineKinds } from '../rollout-engines/engine-kinds.ts';
import type { Limit, LowerContext, Target } from '../target.ts';
import { ambientCapabilities } from './ambient/capabilities.ts';
import { ambient } from './ambient/index.ts';
import { ambientLimits } from './ambient/limits.ts';
import { gatewayApi } from './ambient/waypoints.ts';
import { arms } from './arms.ts';
import { authorityFiles } from './authority-files.ts';
import { capabilities } from './capabilities.ts';
import { withEngines } from './engines/index.ts';
import { engineLimits } from './engines/limits.ts';
import { applicationTlsLimits } from './filters/application-tls.ts';
import { filters } from './filters/index.ts';
import { loweringOptions, optionsSchema, versions } from './lowering-options.ts';
import { networking } from './networking/index.ts';
import { networkingLimits } from './networking/limits.ts';
import { notes } from './notes.ts';
import { apiVersions } from './object.ts';
import { order } from './order.ts';
import { security } from './security/index.ts';
import { securityLimits } from './security/limits.ts';
import { telemetry } from './telemetry/index.ts';
import { telemetryLimits } from './telemetry/limits.ts';

/** The target Istio on Kubernetes, which writes objects of Istio's own API. */
const istio: Target = {
  name: 'istio',
  title: 'Istio',
  versions,
  capabilities,
  limits,
  modes: {
    ambient: {
      title: 'Istio ambient',
      capabilities: ambientCapabilities,
      note: "tried on Istio's own validation, and on its translation for waypoints in a real Envoy, not on a ztunnel",
    },
  },
  notes,
  owns: [
    ...Object.entries(apiVersions).map(([kind, apiVersion]) => ({ apiVersion, kind })),
    { apiVersion: gatewayApi, kind: 'Gateway' },
    ...engineKinds,
    ...certificateKinds,
  ],
  optionsSchema,
  delegation: istioTakes,
  lower,
  authorityFiles,
  arms,
  identity: spiffeId,
  // The target also writes routes of the Gateway API, for waypoints.
  defaults: () => gatewayApiDefaults.standard,
  order,
  statusGroups: ['gateway.networking.k8s.io'],
};

export default istio;

/** Returns the parts of a mesh that Istio can't support. */
function limits(ir: Ir, context: LowerContext): readonly Limit[] {
  const options = loweringOptions(context);
  return [
    ...networkingLimits(ir, options),
    ...securityLimits(ir, options),
    ...telemetryLimits(ir, options),
    ...applicationTlsLimits(ir),
    ...ambientLimits(ir, options),
    ...engineLimits(ir),
  ];
}

function lower(ir: Ir, context: LowerContext): readonly Artifact[] {
  const options = loweringOptions(context);
  const artifacts = parts.flatMap((part) => part(ir, options));
  const roots = context.trust?.[ir.trustDomain];
  const places = istioDelegation(ir, options.rootNamespace);
  const delegated = delegatedObjects(ir, places, roots);
  const authority = options.authority === 'write' ? authorityObjects(ir, places, 'istio-cacerts', roots) : [];
  return withEngines([...artifacts, ...delegated, ...authority], ir);
}

const parts: readonly ((ir: Ir, options: ReturnType<typeof loweringOptions>) => readonly Artifact[])[] = [
  networking,
  security,
  telemetry,
  filters,
  ambient,
];
