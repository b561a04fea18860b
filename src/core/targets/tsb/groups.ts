import { jsonRecord } from '../../lib/json-record.ts';
import type { ObjectArtifact } from '../artifact.ts';

/** The API version of a workspace. */
export const workspaceVersion = 'tsb.tetrate.io/v2';

/** The API version of each kind of group. */
export const groupVersions = {
  traffic: 'traffic.tsb.tetrate.io/v2',
  security: 'security.tsb.tetrate.io/v2',
  gateway: 'gateway.tsb.tetrate.io/v2',
  istiointernal: 'istiointernal.tsb.tetrate.io/v2',
} as const;

/** The annotation by which an object names its group of each kind. */
export const groups = {
  traffic: 'tsb.tetrate.io/trafficGroup',
  security: 'tsb.tetrate.io/securityGroup',
  gateway: 'tsb.tetrate.io/gatewayGroup',
  istiointernal: 'tsb.tetrate.io/istioInternalGroup',
} as const;

const groupOfKind: Readonly<Record<string, keyof typeof groups>> = {
  VirtualService: 'traffic',
  DestinationRule: 'traffic',
  Sidecar: 'traffic',
  Gateway: 'gateway',
  PeerAuthentication: 'security',
  RequestAuthentication: 'security',
  AuthorizationPolicy: 'security',
};

/** Returns the kind of group that takes an object of Istio; a VirtualService of gateways belongs with these. */
export function groupOf({ kind, manifest }: ObjectArtifact): keyof typeof groups {
  const { gateways } = jsonRecord(jsonRecord(manifest)['spec']);
  const isOfGateways = Array.isArray(gateways) && gateways.some((name) => name !== 'mesh');
  return kind === 'VirtualService' && isOfGateways ? 'gateway' : (groupOfKind[kind] ?? 'istiointernal');
}
