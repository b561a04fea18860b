import { certificateKinds } from '../certificate-objects/object.ts';
import { engineKinds } from '../rollout-engines/engine-kinds.ts';
import type { OwnedKind } from '../target.ts';
import { gatewayApi } from './ambient/waypoints.ts';
import { apiVersions } from './object.ts';

/** Kinds of objects that a target writes which writes objects of Istio. */
export const istioKinds: readonly OwnedKind[] = [
  ...Object.entries(apiVersions).map(([kind, apiVersion]) => ({ apiVersion, kind })),
  { apiVersion: gatewayApi, kind: 'Gateway' },
  ...engineKinds,
  ...certificateKinds,
];
