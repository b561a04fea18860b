import type { Location } from '../location.ts';
import type {
  AccessDocument,
  AuthenticationDocument,
  ExternalDocument,
  GatewayDocument,
  GuardrailDocument,
  MeshDocument,
  ProfileDocument,
  RolloutDocument,
  RouteDocument,
  ServiceDocument,
} from './types.gen.ts';

/** The documents of the language by their kind. */
export interface Documents {
  readonly Access: AccessDocument;
  readonly Authentication: AuthenticationDocument;
  readonly External: ExternalDocument;
  readonly Gateway: GatewayDocument;
  readonly Guardrail: GuardrailDocument;
  readonly Mesh: MeshDocument;
  readonly Profile: ProfileDocument;
  readonly Rollout: RolloutDocument;
  readonly Route: RouteDocument;
  readonly Service: ServiceDocument;
}

export type Kind = keyof Documents;

/** A document that conforms to its schema, with overlays merged. */
export interface SpecObject<T> {
  readonly kind: Kind;
  /** The namespace; `default` if the document has none, empty for kinds without namespaces. */
  readonly namespace: string;
  readonly name: string;
  /** Plain data without prototypes; `locate` finds the place of each part. */
  readonly value: T;
  /** The base document below an overlay, as written; it may violate its schema. Absent if there is no overlay. */
  readonly overlaid?: Readonly<Record<string, unknown>>;
  /** Place of the document's name. */
  readonly location: Location;
}

/** All documents about one mesh, each list sorted by namespace and name, before linking. */
export interface Spec {
  readonly mesh: SpecObject<MeshDocument>;
  readonly services: readonly SpecObject<ServiceDocument>[];
  readonly routes: readonly SpecObject<RouteDocument>[];
  readonly accesses: readonly SpecObject<AccessDocument>[];
  readonly authentications: readonly SpecObject<AuthenticationDocument>[];
  readonly gateways: readonly SpecObject<GatewayDocument>[];
  readonly externals: readonly SpecObject<ExternalDocument>[];
  readonly rollouts: readonly SpecObject<RolloutDocument>[];
  readonly profiles: readonly SpecObject<ProfileDocument>[];
  readonly guardrails: readonly SpecObject<GuardrailDocument>[];
  /** The environment whose overlays are merged; `default` without any. */
  readonly environment: string;
}
