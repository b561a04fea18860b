/** Types of Consul, written from its CRDs (npm run generate:native). */
import type { Fields } from '../../kubernetes-objects/fields.ts';

/** `spec` of consul.hashicorp.com/v1alpha1 Mesh. */
export type MeshSpec = {
  readonly allowEnablingPermissiveMutualTLS?: boolean;
  readonly http?: {
    readonly incoming?: {
      readonly requestNormalization?: {
        readonly headersWithUnderscoresAction?: string;
        readonly insecureDisablePathNormalization?: boolean;
        readonly mergeSlashes?: boolean;
        readonly pathWithEscapedSlashesAction?: string;
      };
    };
    readonly sanitizeXForwardedClientCert?: boolean;
  };
  readonly peering?: {
    readonly peerThroughMeshGateways?: boolean;
  };
  readonly tls?: {
    readonly incoming?: {
      readonly cipherSuites?: readonly string[];
      readonly tlsMaxVersion?: string;
      readonly tlsMinVersion?: string;
    };
    readonly outgoing?: {
      readonly cipherSuites?: readonly string[];
      readonly tlsMaxVersion?: string;
      readonly tlsMinVersion?: string;
    };
  };
  readonly transparentProxy?: {
    readonly meshDestinationsOnly?: boolean;
  };
  readonly validateClusters?: boolean;
};

/** `spec` of consul.hashicorp.com/v1alpha1 ProxyDefaults. */
export type ProxyDefaultsSpec = {
  readonly accessLogs?: {
    readonly disableListenerLogs?: boolean;
    readonly enabled?: boolean;
    readonly jsonFormat?: string;
    readonly path?: string;
    readonly textFormat?: string;
    readonly type?: string;
  };
  readonly config?: Fields;
  readonly envoyExtensions?: readonly {
    readonly arguments?: Fields;
    readonly name?: string;
    readonly required?: boolean;
  }[];
  readonly expose?: {
    readonly checks?: boolean;
    readonly paths?: readonly {
      readonly listenerPort?: number;
      readonly localPathPort?: number;
      readonly path?: string;
      readonly protocol?: string;
    }[];
  };
  readonly failoverPolicy?: {
    readonly mode?: string;
    readonly regions?: readonly string[];
  };
  readonly meshGateway?: {
    readonly mode?: string;
  };
  readonly mode?: string;
  readonly mutualTLSMode?: string;
  readonly prioritizeByLocality?: {
    readonly mode?: string;
  };
  readonly transparentProxy?: {
    readonly dialedDirectly?: boolean;
    readonly outboundListenerPort?: number;
  };
};

/** `spec` of consul.hashicorp.com/v1alpha1 ServiceDefaults. */
export type ServiceDefaultsSpec = {
  readonly balanceInboundConnections?: string;
  readonly destination?: {
    readonly addresses?: readonly string[];
    readonly port?: number;
  };
  readonly envoyExtensions?: readonly {
    readonly arguments?: Fields;
    readonly name?: string;
    readonly required?: boolean;
  }[];
  readonly expose?: {
    readonly checks?: boolean;
    readonly paths?: readonly {
      readonly listenerPort?: number;
      readonly localPathPort?: number;
      readonly path?: string;
      readonly protocol?: string;
    }[];
  };
  readonly externalSNI?: string;
  readonly localConnectTimeoutMs?: number;
  readonly localRequestTimeoutMs?: number;
  readonly maxInboundConnections?: number;
  readonly meshGateway?: {
    readonly mode?: string;
  };
  readonly mode?: string;
  readonly mutualTLSMode?: string;
  readonly protocol?: string;
  readonly rateLimits?: {
    readonly instanceLevel?: {
      readonly requestsMaxBurst?: number;
      readonly requestsPerSecond?: number;
      readonly routes?: readonly {
        readonly pathExact?: string;
        readonly pathPrefix?: string;
        readonly pathRegex?: string;
        readonly requestsMaxBurst?: number;
        readonly requestsPerSecond?: number;
      }[];
    };
  };
  readonly transparentProxy?: {
    readonly dialedDirectly?: boolean;
    readonly outboundListenerPort?: number;
  };
  readonly upstreamConfig?: {
    readonly defaults?: {
      readonly connectTimeoutMs?: number;
      readonly envoyClusterJSON?: string;
      readonly envoyListenerJSON?: string;
      readonly limits?: {
        readonly maxConcurrentRequests?: number;
        readonly maxConnections?: number;
        readonly maxPendingRequests?: number;
      };
      readonly meshGateway?: {
        readonly mode?: string;
      };
      readonly name?: string;
      readonly namespace?: string;
      readonly partition?: string;
      readonly passiveHealthCheck?: {
        readonly baseEjectionTime?: string;
        readonly enforcingConsecutive5xx?: number;
        readonly interval?: string;
        readonly maxEjectionPercent?: number;
        readonly maxFailures?: number;
      };
      readonly peer?: string;
      readonly protocol?: string;
    };
    readonly overrides?: readonly {
      readonly connectTimeoutMs?: number;
      readonly envoyClusterJSON?: string;
      readonly envoyListenerJSON?: string;
      readonly limits?: {
        readonly maxConcurrentRequests?: number;
        readonly maxConnections?: number;
        readonly maxPendingRequests?: number;
      };
      readonly meshGateway?: {
        readonly mode?: string;
      };
      readonly name?: string;
      readonly namespace?: string;
      readonly partition?: string;
      readonly passiveHealthCheck?: {
        readonly baseEjectionTime?: string;
        readonly enforcingConsecutive5xx?: number;
        readonly interval?: string;
        readonly maxEjectionPercent?: number;
        readonly maxFailures?: number;
      };
      readonly peer?: string;
      readonly protocol?: string;
    }[];
  };
};

/** `spec` of consul.hashicorp.com/v1alpha1 ServiceIntentions. */
export type ServiceIntentionsSpec = {
  readonly destination?: {
    readonly name?: string;
    readonly namespace?: string;
  };
  readonly jwt?: {
    readonly providers?: readonly {
      readonly name?: string;
      readonly verifyClaims?: readonly {
        readonly path?: readonly string[];
        readonly value?: string;
      }[];
    }[];
  };
  readonly sources?: readonly {
    readonly action?: string;
    readonly description?: string;
    readonly name?: string;
    readonly namespace?: string;
    readonly partition?: string;
    readonly peer?: string;
    readonly permissions?: readonly {
      readonly action?: string;
      readonly http?: {
        readonly header?: readonly {
          readonly contains?: string;
          readonly exact?: string;
          readonly ignoreCase?: boolean;
          readonly invert?: boolean;
          readonly name?: string;
          readonly prefix?: string;
          readonly present?: boolean;
          readonly regex?: string;
          readonly suffix?: string;
        }[];
        readonly methods?: readonly string[];
        readonly pathExact?: string;
        readonly pathPrefix?: string;
        readonly pathRegex?: string;
      };
      readonly jwt?: {
        readonly providers?: readonly {
          readonly name?: string;
          readonly verifyClaims?: readonly {
            readonly path?: readonly string[];
            readonly value?: string;
          }[];
        }[];
      };
    }[];
    readonly samenessGroup?: string;
  }[];
};

/** `spec` of consul.hashicorp.com/v1alpha1 ServiceResolver. */
export type ServiceResolverSpec = {
  readonly connectTimeout?: string;
  readonly defaultSubset?: string;
  readonly failover?: { readonly [key: string]: {
    readonly datacenters?: readonly string[];
    readonly namespace?: string;
    readonly policy?: {
      readonly mode?: string;
      readonly regions?: readonly string[];
    };
    readonly samenessGroup?: string;
    readonly service?: string;
    readonly serviceSubset?: string;
    readonly targets?: readonly {
      readonly datacenter?: string;
      readonly namespace?: string;
      readonly partition?: string;
      readonly peer?: string;
      readonly service?: string;
      readonly serviceSubset?: string;
    }[];
  } };
  readonly loadBalancer?: {
    readonly hashPolicies?: readonly {
      readonly cookieConfig?: {
        readonly path?: string;
        readonly session?: boolean;
        readonly ttl?: string;
      };
      readonly field?: string;
      readonly fieldValue?: string;
      readonly sourceIP?: boolean;
      readonly terminal?: boolean;
    }[];
    readonly leastRequestConfig?: {
      readonly choiceCount?: number;
    };
    readonly policy?: string;
    readonly ringHashConfig?: {
      readonly maximumRingSize?: number;
      readonly minimumRingSize?: number;
    };
  };
  readonly prioritizeByLocality?: {
    readonly mode?: string;
  };
  readonly redirect?: {
    readonly datacenter?: string;
    readonly namespace?: string;
    readonly partition?: string;
    readonly peer?: string;
    readonly samenessGroup?: string;
    readonly service?: string;
    readonly serviceSubset?: string;
  };
  readonly requestTimeout?: string;
  readonly subsets?: { readonly [key: string]: {
    readonly filter?: string;
    readonly onlyPassing?: boolean;
  } };
};

/** `spec` of consul.hashicorp.com/v1alpha1 ServiceRouter. */
export type ServiceRouterSpec = {
  readonly routes?: readonly {
    readonly destination?: {
      readonly idleTimeout?: string;
      readonly namespace?: string;
      readonly numRetries?: number;
      readonly partition?: string;
      readonly prefixRewrite?: string;
      readonly requestHeaders?: {
        readonly add?: { readonly [key: string]: string };
        readonly remove?: readonly string[];
        readonly set?: { readonly [key: string]: string };
      };
      readonly requestTimeout?: string;
      readonly responseHeaders?: {
        readonly add?: { readonly [key: string]: string };
        readonly remove?: readonly string[];
        readonly set?: { readonly [key: string]: string };
      };
      readonly retryOn?: readonly string[];
      readonly retryOnConnectFailure?: boolean;
      readonly retryOnStatusCodes?: readonly number[];
      readonly service?: string;
      readonly serviceSubset?: string;
    };
    readonly match?: {
      readonly http?: {
        readonly caseInsensitive?: boolean;
        readonly header?: readonly {
          readonly exact?: string;
          readonly invert?: boolean;
          readonly name: string;
          readonly prefix?: string;
          readonly present?: boolean;
          readonly regex?: string;
          readonly suffix?: string;
        }[];
        readonly methods?: readonly string[];
        readonly pathExact?: string;
        readonly pathPrefix?: string;
        readonly pathRegex?: string;
        readonly queryParam?: readonly {
          readonly exact?: string;
          readonly name: string;
          readonly present?: boolean;
          readonly regex?: string;
        }[];
      };
    };
  }[];
};

/** `spec` of consul.hashicorp.com/v1alpha1 ServiceSplitter. */
export type ServiceSplitterSpec = {
  readonly splits?: readonly {
    readonly namespace?: string;
    readonly partition?: string;
    readonly requestHeaders?: {
      readonly add?: { readonly [key: string]: string };
      readonly remove?: readonly string[];
      readonly set?: { readonly [key: string]: string };
    };
    readonly responseHeaders?: {
      readonly add?: { readonly [key: string]: string };
      readonly remove?: readonly string[];
      readonly set?: { readonly [key: string]: string };
    };
    readonly service?: string;
    readonly serviceSubset?: string;
    readonly weight?: number;
  }[];
};
