import { spiffeId } from '../../ir/principal.ts';
import { istioTakes } from '../certificate-objects/delegated-meshes.ts';
import { gatewayApiDefaults } from '../gateway-api-objects/defaults.gen.ts';
import { ambientCapabilities } from '../istio-objects/ambient/capabilities.ts';
import { arms } from '../istio-objects/arms.ts';
import { authorityFiles } from '../istio-objects/authority-files.ts';
import { capabilities } from '../istio-objects/capabilities.ts';
import { istioLimits } from '../istio-objects/limits.ts';
import { istioObjects } from '../istio-objects/lower.ts';
import { loweringOptions, optionsSchema, versions } from '../istio-objects/lowering-options.ts';
import { order } from '../istio-objects/order.ts';
import { istioKinds } from '../istio-objects/owned-kinds.ts';
import { podTrust } from '../istio-objects/pod-trust.ts';
import type { Target } from '../target.ts';
import { notes } from './notes.ts';

/** The target Istio on Kubernetes, which writes objects of Istio's own API. */
const istio: Target = {
  name: 'istio',
  title: 'Istio',
  versions,
  capabilities,
  limits: (ir, context) => istioLimits(ir, loweringOptions(context)),
  modes: {
    ambient: {
      title: 'Istio ambient',
      capabilities: ambientCapabilities,
      note: "tried on Istio's own validation, and on its translation for waypoints in a real Envoy, not on a ztunnel",
    },
  },
  notes,
  owns: istioKinds,
  optionsSchema,
  delegation: istioTakes,
  lower: (ir, context) => istioObjects(ir, loweringOptions(context), context.trust),
  authorityFiles,
  podTrust,
  arms,
  identity: spiffeId,
  // The target also writes routes of the Gateway API, for waypoints.
  defaults: () => gatewayApiDefaults.standard,
  reader: () => import('./read/index.ts'),
  order,
  statusGroups: ['gateway.networking.k8s.io'],
};

export default istio;
