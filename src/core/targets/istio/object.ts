import type { Origin } from '../../source/location.ts';
import type { Json, ObjectArtifact } from '../artifact.ts';

/** What an object of the mesh is made of; see `apiVersions` for its kind. */
export interface ObjectParts {
  readonly kind: Kind;
  /** Where the kind has another than `apiVersions` says. */
  readonly apiVersion?: string;
  readonly namespace: string;
  readonly name: string;
  /** The document that it comes from, as `KIND/NAMESPACE/NAME`: lines would change with every comment above them. */
  readonly from: string;
  /** Never empty. */
  readonly origins: readonly Origin[];
  /** Beside the one that says who manages it. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Beside the one that says where it comes from. */
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec: Json;
}

/** A kind of object that is written. */
export type Kind = keyof typeof apiVersions;

/** API version of each kind that is written. */
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

/** An object that says who manages it and which document it comes from. */
export function object(parts: ObjectParts): ObjectArtifact {
  const { kind, namespace, name, from, origins, labels, annotations, spec } = parts;
  return {
    type: 'object',
    kind,
    namespace,
    name,
    origins,
    manifest: {
      apiVersion: parts.apiVersion ?? apiVersions[kind],
      kind,
      metadata: {
        name,
        namespace,
        labels: { ...labels, 'app.kubernetes.io/managed-by': 'mesh' },
        annotations: { ...annotations, 'meshwright.dev/origin': from },
      },
      spec,
    },
  };
}
