import type { ObjectArtifact } from '../artifact.ts';
import { object as kubernetesObject, type ObjectParts } from '../kubernetes-objects/object.ts';

/** The parts of an object of Istio; `apiVersions` has the version of each kind. */
export interface IstioObjectParts extends Omit<ObjectParts, 'apiVersion' | 'kind'> {
  readonly kind: Kind;
  /** Absent: the version of `apiVersions`. */
  readonly apiVersion?: string;
}

/** A kind of object that the target writes. */
export type Kind = keyof typeof apiVersions;

/** The API version of each kind that the target writes. */
export const apiVersions = {
  VirtualService: 'networking.istio.io/v1',
  DestinationRule: 'networking.istio.io/v1',
  ServiceEntry: 'networking.istio.io/v1',
  Gateway: 'networking.istio.io/v1',
  Sidecar: 'networking.istio.io/v1',
  PeerAuthentication: 'security.istio.io/v1',
  RequestAuthentication: 'security.istio.io/v1',
  AuthorizationPolicy: 'security.istio.io/v1',
  EnvoyFilter: 'networking.istio.io/v1alpha3',
  Telemetry: 'telemetry.istio.io/v1',
} as const;

/** Returns a Kubernetes object of one of Istio's kinds. */
export function object(parts: IstioObjectParts): ObjectArtifact {
  return kubernetesObject({ ...parts, apiVersion: parts.apiVersion ?? apiVersions[parts.kind] });
}
