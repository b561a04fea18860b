/** Types of Linkerd, written from its CRDs (npm run generate:native). */
import type { Fields } from '../../kubernetes-objects/fields.ts';

/** `spec` of gateway.networking.k8s.io/v1alpha2 TCPRoute. */
export type TCPRouteSpec = {
  readonly parentRefs?: readonly {
    readonly group?: string;
    readonly kind?: string;
    readonly name: string;
    readonly namespace?: string;
    readonly port?: number;
    readonly sectionName?: string;
  }[];
  readonly rules: readonly {
    readonly backendRefs?: readonly {
      readonly group?: string;
      readonly kind?: string;
      readonly name: string;
      readonly namespace?: string;
      readonly port?: number;
      readonly weight?: number;
    }[];
  }[];
};

/** `spec` of gateway.networking.k8s.io/v1alpha2 TLSRoute. */
export type TLSRouteSpec = {
  readonly hostnames?: readonly string[];
  readonly parentRefs?: readonly {
    readonly group?: string;
    readonly kind?: string;
    readonly name: string;
    readonly namespace?: string;
    readonly port?: number;
    readonly sectionName?: string;
  }[];
  readonly rules: readonly {
    readonly backendRefs?: readonly {
      readonly group?: string;
      readonly kind?: string;
      readonly name: string;
      readonly namespace?: string;
      readonly port?: number;
      readonly weight?: number;
    }[];
  }[];
};

/** `spec` of policy.linkerd.io/v1alpha1 AuthorizationPolicy. */
export type AuthorizationPolicySpec = {
  readonly targetRef: {
    readonly group?: string;
    readonly kind: string;
    readonly name: string;
  };
  readonly requiredAuthenticationRefs: readonly {
    readonly group?: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  }[];
};

/** `spec` of policy.linkerd.io/v1alpha1 EgressNetwork. */
export type EgressNetworkSpec = {
  readonly trafficPolicy: 'Allow' | 'Deny';
  readonly networks?: readonly {
    readonly cidr: string;
    readonly except?: readonly string[];
  }[];
};

/** `spec` of policy.linkerd.io/v1alpha1 HTTPLocalRateLimitPolicy. */
export type HTTPLocalRateLimitPolicySpec = {
  readonly targetRef: {
    readonly group?: string;
    readonly kind: string;
    readonly name: string;
  };
  readonly total?: {
    readonly requestsPerSecond: number;
  };
  readonly identity?: {
    readonly requestsPerSecond: number;
  };
  readonly overrides?: readonly {
    readonly requestsPerSecond: number;
    readonly clientRefs: readonly {
      readonly group?: string;
      readonly kind: string;
      readonly namespace?: string;
      readonly name: string;
    }[];
  }[];
};

/** `spec` of policy.linkerd.io/v1alpha1 MeshTLSAuthentication. */
export type MeshTLSAuthenticationSpec = {
  readonly identities?: readonly string[];
  readonly identityRefs?: readonly {
    readonly group?: string;
    readonly kind: string;
    readonly name?: string;
    readonly namespace?: string;
  }[];
};

/** `spec` of policy.linkerd.io/v1alpha1 NetworkAuthentication. */
export type NetworkAuthenticationSpec = {
  readonly networks: readonly {
    readonly cidr: string;
    readonly except?: readonly string[];
  }[];
};

/** `spec` of policy.linkerd.io/v1beta3 Server. */
export type ServerSpec = {
  readonly accessPolicy?: string;
  readonly podSelector?: {
    readonly matchLabels?: Fields;
    readonly matchExpressions?: readonly {
      readonly key: string;
      readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
      readonly values?: readonly string[];
    }[];
  };
  readonly externalWorkloadSelector?: {
    readonly matchLabels?: Fields;
    readonly matchExpressions?: readonly {
      readonly key: string;
      readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
      readonly values?: readonly string[];
    }[];
  };
  readonly port: number | string;
  readonly proxyProtocol?: string;
};
