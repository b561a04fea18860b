import type { ObjectArtifact } from '../artifact.ts';
import { object as kubernetesObject, type ObjectParts } from '../kubernetes-objects/object.ts';
import type {
  AuthorizationPolicySpec,
  DestinationRuleSpec,
  EnvoyFilterSpec,
  GatewaySpec,
  PeerAuthenticationSpec,
  RequestAuthenticationSpec,
  ServiceEntrySpec,
  SidecarSpec,
  TelemetrySpec,
  VirtualServiceSpec,
} from './crds/istio.gen.ts';

/** The parts of an object of Istio; its `spec` has the type that the CRD of its kind defines. */
export interface IstioObjectParts<K extends Kind> extends Omit<ObjectParts, 'apiVersion' | 'kind' | 'spec'> {
  readonly kind: K;
  readonly spec: Specs[K];
}

/** A kind of object that the target writes. */
export type Kind = keyof typeof apiVersions;

interface Specs {
  readonly VirtualService: VirtualServiceSpec;
  readonly DestinationRule: DestinationRuleSpec;
  readonly ServiceEntry: ServiceEntrySpec;
  readonly Gateway: GatewaySpec;
  readonly Sidecar: SidecarSpec;
  readonly PeerAuthentication: PeerAuthenticationSpec;
  readonly RequestAuthentication: RequestAuthenticationSpec;
  readonly AuthorizationPolicy: AuthorizationPolicySpec;
  readonly EnvoyFilter: EnvoyFilterSpec;
  readonly Telemetry: TelemetrySpec;
}

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
export function object<K extends Kind>({ kind, ...parts }: IstioObjectParts<K>): ObjectArtifact {
  return kubernetesObject({ ...parts, kind, apiVersion: apiVersions[kind] });
}
