/** Types of Kuma, written from its CRDs (npm run generate:native). */
import type { Fields } from '../../kubernetes-objects/fields.ts';

/** `spec` of kuma.io/v1alpha1 MeshCircuitBreaker. */
export type MeshCircuitBreakerSpec = {
  readonly rules?: readonly {
    readonly default?: {
      readonly connectionLimits?: {
        readonly maxConnectionPools?: number;
        readonly maxConnections?: number;
        readonly maxPendingRequests?: number;
        readonly maxRequests?: number;
        readonly maxRetries?: number;
      };
      readonly outlierDetection?: {
        readonly baseEjectionTime?: string;
        readonly detectors?: {
          readonly failurePercentage?: {
            readonly minimumHosts?: number;
            readonly requestVolume?: number;
            readonly threshold?: number;
          };
          readonly gatewayFailures?: {
            readonly consecutive?: number;
          };
          readonly localOriginFailures?: {
            readonly consecutive?: number;
          };
          readonly successRate?: {
            readonly minimumHosts?: number;
            readonly requestVolume?: number;
            readonly standardDeviationFactor?: number | string;
          };
          readonly totalFailures?: {
            readonly consecutive?: number;
          };
        };
        readonly disabled?: boolean;
        readonly healthyPanicThreshold?: number | string;
        readonly interval?: string;
        readonly maxEjectionPercent?: number;
        readonly splitExternalAndLocalErrors?: boolean;
      };
    };
  }[];
  readonly targetRef?: {
    readonly kind: 'Mesh' | 'Dataplane';
    readonly labels?: { readonly [key: string]: string };
    readonly sectionName?: string;
  };
  readonly to?: readonly {
    readonly default?: {
      readonly connectionLimits?: {
        readonly maxConnectionPools?: number;
        readonly maxConnections?: number;
        readonly maxPendingRequests?: number;
        readonly maxRequests?: number;
        readonly maxRetries?: number;
      };
      readonly outlierDetection?: {
        readonly baseEjectionTime?: string;
        readonly detectors?: {
          readonly failurePercentage?: {
            readonly minimumHosts?: number;
            readonly requestVolume?: number;
            readonly threshold?: number;
          };
          readonly gatewayFailures?: {
            readonly consecutive?: number;
          };
          readonly localOriginFailures?: {
            readonly consecutive?: number;
          };
          readonly successRate?: {
            readonly minimumHosts?: number;
            readonly requestVolume?: number;
            readonly standardDeviationFactor?: number | string;
          };
          readonly totalFailures?: {
            readonly consecutive?: number;
          };
        };
        readonly disabled?: boolean;
        readonly healthyPanicThreshold?: number | string;
        readonly interval?: string;
        readonly maxEjectionPercent?: number;
        readonly splitExternalAndLocalErrors?: boolean;
      };
    };
    readonly targetRef: {
      readonly kind: 'Mesh' | 'MeshService' | 'MeshExternalService' | 'MeshMultiZoneService' | 'MeshHTTPRoute';
      readonly labels?: { readonly [key: string]: string };
      readonly sectionName?: string;
    };
  }[];
};

/** `spec` of kuma.io/v1alpha1 MeshHTTPRoute. */
export type MeshHTTPRouteSpec = {
  readonly targetRef?: {
    readonly kind: 'Mesh' | 'Dataplane';
    readonly labels?: { readonly [key: string]: string };
    readonly sectionName?: string;
  };
  readonly to?: readonly {
    readonly hostnames?: readonly string[];
    readonly rules: readonly {
      readonly default: {
        readonly backendRefs?: readonly {
          readonly kind: 'Mesh' | 'MeshService' | 'MeshExternalService' | 'MeshMultiZoneService' | 'MeshHTTPRoute' | 'Dataplane';
          readonly labels?: { readonly [key: string]: string };
          readonly port?: number;
          readonly sectionName?: string;
          readonly weight?: number;
        }[];
        readonly filters?: readonly {
          readonly requestHeaderModifier?: {
            readonly add?: readonly {
              readonly name: string;
              readonly value: string;
            }[];
            readonly remove?: readonly string[];
            readonly set?: readonly {
              readonly name: string;
              readonly value: string;
            }[];
          };
          readonly requestMirror?: {
            readonly backendRef: {
              readonly kind: 'Mesh' | 'MeshService' | 'MeshExternalService' | 'MeshMultiZoneService' | 'MeshHTTPRoute' | 'Dataplane';
              readonly labels?: { readonly [key: string]: string };
              readonly port?: number;
              readonly sectionName?: string;
              readonly weight?: number;
            };
            readonly percentage?: number | string;
          };
          readonly requestRedirect?: {
            readonly hostname?: string;
            readonly path?: {
              readonly replaceFullPath?: string;
              readonly replacePrefixMatch?: string;
              readonly type: 'ReplaceFullPath' | 'ReplacePrefixMatch';
            };
            readonly port?: number;
            readonly scheme?: 'http' | 'https';
            readonly statusCode?: 301 | 302 | 303 | 307 | 308;
          };
          readonly responseHeaderModifier?: {
            readonly add?: readonly {
              readonly name: string;
              readonly value: string;
            }[];
            readonly remove?: readonly string[];
            readonly set?: readonly {
              readonly name: string;
              readonly value: string;
            }[];
          };
          readonly type: 'RequestHeaderModifier' | 'ResponseHeaderModifier' | 'RequestRedirect' | 'URLRewrite' | 'RequestMirror';
          readonly urlRewrite?: {
            readonly hostToBackendHostname?: boolean;
            readonly hostname?: string;
            readonly path?: {
              readonly replaceFullPath?: string;
              readonly replacePrefixMatch?: string;
              readonly type: 'ReplaceFullPath' | 'ReplacePrefixMatch';
            };
          };
        }[];
      };
      readonly matches: readonly {
        readonly headers?: readonly {
          readonly name: string;
          readonly type?: 'Exact' | 'Present' | 'RegularExpression' | 'Absent' | 'Prefix';
          readonly value?: string;
        }[];
        readonly method?: 'CONNECT' | 'DELETE' | 'GET' | 'HEAD' | 'OPTIONS' | 'PATCH' | 'POST' | 'PUT' | 'TRACE';
        readonly path?: {
          readonly type: 'Exact' | 'PathPrefix' | 'RegularExpression';
          readonly value: string;
        };
        readonly queryParams?: readonly {
          readonly name: string;
          readonly type: 'Exact' | 'RegularExpression';
          readonly value: string;
        }[];
      }[];
    }[];
    readonly targetRef: {
      readonly kind: 'Mesh' | 'MeshService' | 'MeshExternalService' | 'MeshMultiZoneService' | 'MeshHTTPRoute';
      readonly labels?: { readonly [key: string]: string };
      readonly sectionName?: string;
    };
  }[];
};

/** `spec` of kuma.io/v1alpha1 MeshIdentity. */
export type MeshIdentitySpec = {
  readonly provider?: {
    readonly bundled?: {
      readonly autogenerate?: {
        readonly enabled?: boolean;
      };
      readonly ca?: {
        readonly certificate?: {
          readonly envVar?: {
            readonly name: string;
          };
          readonly file?: {
            readonly path: string;
          };
          readonly insecureInline?: {
            readonly value: string;
          };
          readonly secretRef?: {
            readonly kind: 'Secret';
            readonly name: string;
          };
          readonly type: 'File' | 'Secret' | 'EnvVar' | 'InsecureInline';
        };
        readonly privateKey?: {
          readonly envVar?: {
            readonly name: string;
          };
          readonly file?: {
            readonly path: string;
          };
          readonly insecureInline?: {
            readonly value: string;
          };
          readonly secretRef?: {
            readonly kind: 'Secret';
            readonly name: string;
          };
          readonly type: 'File' | 'Secret' | 'EnvVar' | 'InsecureInline';
        };
      };
      readonly certificateParameters?: {
        readonly expiry?: string;
      };
      readonly insecureAllowSelfSigned?: boolean;
      readonly meshTrustCreation?: 'Enabled' | 'Disabled';
    };
    readonly extension?: {
      readonly config?: Fields;
      readonly name: string;
    };
    readonly spire?: {
      readonly agent?: {
        readonly timeout?: string;
      };
    };
    readonly type: 'Bundled' | 'Spire' | 'Extension';
  };
  readonly selector?: {
    readonly dataplane?: {
      readonly matchLabels?: { readonly [key: string]: string };
    };
  };
  readonly spiffeID?: {
    readonly path?: string;
    readonly trustDomain?: string;
  };
};

/** `spec` of kuma.io/v1alpha1 MeshLoadBalancingStrategy. */
export type MeshLoadBalancingStrategySpec = {
  readonly targetRef?: {
    readonly kind: 'Mesh' | 'Dataplane';
    readonly labels?: { readonly [key: string]: string };
    readonly sectionName?: string;
  };
  readonly to?: readonly {
    readonly default?: {
      readonly hashPolicies?: readonly {
        readonly connection?: {
          readonly sourceIP?: boolean;
        };
        readonly cookie?: {
          readonly name: string;
          readonly path?: string;
          readonly ttl?: string;
        };
        readonly filterState?: {
          readonly key: string;
        };
        readonly header?: {
          readonly name: string;
        };
        readonly queryParameter?: {
          readonly name: string;
        };
        readonly terminal?: boolean;
        readonly type: 'Header' | 'Cookie' | 'Connection' | 'QueryParameter' | 'FilterState';
      }[];
      readonly loadBalancer?: {
        readonly leastRequest?: {
          readonly activeRequestBias?: number | string;
          readonly choiceCount?: number;
        };
        readonly maglev?: {
          readonly tableSize?: number;
        };
        readonly random?: Fields;
        readonly ringHash?: {
          readonly hashFunction?: 'XXHash' | 'MurmurHash2';
          readonly maxRingSize?: number;
          readonly minRingSize?: number;
        };
        readonly roundRobin?: Fields;
        readonly type: 'RoundRobin' | 'LeastRequest' | 'RingHash' | 'Random' | 'Maglev';
      };
      readonly localityAwareness?: {
        readonly crossZone?: {
          readonly failover?: readonly {
            readonly from?: {
              readonly zones: readonly string[];
            };
            readonly to: {
              readonly type: 'None' | 'Only' | 'Any' | 'AnyExcept';
              readonly zones?: readonly string[];
            };
          }[];
          readonly failoverThreshold?: {
            readonly percentage: number | string;
          };
        };
        readonly disabled?: boolean;
        readonly localZone?: {
          readonly affinityTags?: readonly {
            readonly key: string;
            readonly weight?: number;
          }[];
        };
      };
    };
    readonly targetRef: {
      readonly kind: 'Mesh' | 'MeshService' | 'MeshExternalService' | 'MeshMultiZoneService' | 'MeshHTTPRoute';
      readonly labels?: { readonly [key: string]: string };
      readonly sectionName?: string;
    };
  }[];
};

/** `spec` of kuma.io/v1alpha1 MeshPassthrough. */
export type MeshPassthroughSpec = {
  readonly default?: {
    readonly appendMatch?: readonly {
      readonly port?: number;
      readonly protocol?: 'tcp' | 'tls' | 'grpc' | 'http' | 'http2' | 'mysql';
      readonly type: 'Domain' | 'IP' | 'CIDR';
      readonly value: string;
    }[];
    readonly passthroughMode?: 'All' | 'Matched' | 'None';
  };
  readonly targetRef?: {
    readonly kind: 'Mesh' | 'Dataplane';
    readonly labels?: { readonly [key: string]: string };
    readonly sectionName?: string;
  };
};

/** `spec` of kuma.io/v1alpha1 MeshRateLimit. */
export type MeshRateLimitSpec = {
  readonly rules?: readonly {
    readonly default?: {
      readonly local?: {
        readonly http?: {
          readonly disabled?: boolean;
          readonly onRateLimit?: {
            readonly headers?: {
              readonly add?: readonly {
                readonly name: string;
                readonly value: string;
              }[];
              readonly set?: readonly {
                readonly name: string;
                readonly value: string;
              }[];
            };
            readonly status?: number;
          };
          readonly requestRate?: {
            readonly interval: string;
            readonly num: number;
          };
        };
        readonly tcp?: {
          readonly connectionRate?: {
            readonly interval: string;
            readonly num: number;
          };
          readonly disabled?: boolean;
        };
      };
    };
    readonly matches?: readonly {
      readonly sni?: {
        readonly type: 'Exact';
        readonly value: string;
      };
      readonly spiffeID?: {
        readonly type: 'Exact' | 'Prefix';
        readonly value: string;
      };
    }[];
  }[];
  readonly targetRef?: {
    readonly kind: 'Mesh' | 'Dataplane';
    readonly labels?: { readonly [key: string]: string };
    readonly sectionName?: string;
  };
  readonly to?: readonly {
    readonly default?: {
      readonly local?: {
        readonly http?: {
          readonly disabled?: boolean;
          readonly onRateLimit?: {
            readonly headers?: {
              readonly add?: readonly {
                readonly name: string;
                readonly value: string;
              }[];
              readonly set?: readonly {
                readonly name: string;
                readonly value: string;
              }[];
            };
            readonly status?: number;
          };
          readonly requestRate?: {
            readonly interval: string;
            readonly num: number;
          };
        };
        readonly tcp?: {
          readonly connectionRate?: {
            readonly interval: string;
            readonly num: number;
          };
          readonly disabled?: boolean;
        };
      };
    };
    readonly targetRef: {
      readonly kind: 'Mesh' | 'MeshService' | 'MeshExternalService' | 'MeshMultiZoneService' | 'MeshHTTPRoute';
      readonly labels?: { readonly [key: string]: string };
      readonly sectionName?: string;
    };
  }[];
};

/** `spec` of kuma.io/v1alpha1 MeshRetry. */
export type MeshRetrySpec = {
  readonly targetRef?: {
    readonly kind: 'Mesh' | 'Dataplane';
    readonly labels?: { readonly [key: string]: string };
    readonly sectionName?: string;
  };
  readonly to?: readonly {
    readonly default?: {
      readonly grpc?: {
        readonly backOff?: {
          readonly baseInterval?: string;
          readonly maxInterval?: string;
        };
        readonly numRetries?: number;
        readonly perTryTimeout?: string;
        readonly rateLimitedBackOff?: {
          readonly maxInterval?: string;
          readonly resetHeaders?: readonly {
            readonly format: 'Seconds' | 'UnixTimestamp';
            readonly name: string;
          }[];
        };
        readonly retryOn?: readonly ('Canceled' | 'DeadlineExceeded' | 'Internal' | 'ResourceExhausted' | 'Unavailable')[];
      };
      readonly http?: {
        readonly backOff?: {
          readonly baseInterval?: string;
          readonly maxInterval?: string;
        };
        readonly hostSelection?: readonly {
          readonly predicate: 'OmitPreviousHosts' | 'OmitHostsWithTags' | 'OmitPreviousPriorities';
          readonly tags?: { readonly [key: string]: string };
          readonly updateFrequency?: number;
        }[];
        readonly hostSelectionMaxAttempts?: number;
        readonly numRetries?: number;
        readonly perTryTimeout?: string;
        readonly rateLimitedBackOff?: {
          readonly maxInterval?: string;
          readonly resetHeaders?: readonly {
            readonly format: 'Seconds' | 'UnixTimestamp';
            readonly name: string;
          }[];
        };
        readonly retriableRequestHeaders?: readonly {
          readonly name: string;
          readonly type?: 'Exact' | 'Present' | 'RegularExpression' | 'Absent' | 'Prefix';
          readonly value?: string;
        }[];
        readonly retriableResponseHeaders?: readonly {
          readonly name: string;
          readonly type?: 'Exact' | 'Present' | 'RegularExpression' | 'Absent' | 'Prefix';
          readonly value?: string;
        }[];
        readonly retryOn?: readonly string[];
      };
      readonly tcp?: {
        readonly maxConnectAttempt?: number;
      };
    };
    readonly targetRef: {
      readonly kind: 'Mesh' | 'MeshService' | 'MeshExternalService' | 'MeshMultiZoneService' | 'MeshHTTPRoute';
      readonly labels?: { readonly [key: string]: string };
      readonly sectionName?: string;
    };
  }[];
};

/** `spec` of kuma.io/v1alpha1 MeshService. */
export type MeshServiceSpec = {
  readonly identities?: readonly {
    readonly type: 'SpiffeID';
    readonly value: string;
  }[];
  readonly ports?: readonly {
    readonly appProtocol?: string;
    readonly name?: string;
    readonly port: number;
    readonly targetPort?: number | string;
  }[];
  readonly selector?: {
    readonly dataplaneLabels?: {
      readonly matchLabels?: { readonly [key: string]: string };
    };
    readonly dataplaneRef?: {
      readonly name?: string;
    };
  };
  readonly state?: 'Available' | 'Unavailable';
};

/** `spec` of kuma.io/v1alpha1 MeshTCPRoute. */
export type MeshTCPRouteSpec = {
  readonly targetRef?: {
    readonly kind: 'Mesh' | 'Dataplane';
    readonly labels?: { readonly [key: string]: string };
    readonly sectionName?: string;
  };
  readonly to?: readonly {
    readonly rules: readonly {
      readonly default: {
        readonly backendRefs?: readonly {
          readonly kind: 'Mesh' | 'MeshService' | 'MeshExternalService' | 'MeshMultiZoneService' | 'MeshHTTPRoute' | 'Dataplane';
          readonly labels?: { readonly [key: string]: string };
          readonly port?: number;
          readonly sectionName?: string;
          readonly weight?: number;
        }[];
      };
    }[];
    readonly targetRef: {
      readonly kind: 'Mesh' | 'MeshService' | 'MeshExternalService' | 'MeshMultiZoneService' | 'MeshHTTPRoute';
      readonly labels?: { readonly [key: string]: string };
      readonly sectionName?: string;
    };
  }[];
};

/** `spec` of kuma.io/v1alpha1 MeshTLS. */
export type MeshTLSSpec = {
  readonly rules?: readonly {
    readonly default?: {
      readonly mode?: 'Permissive' | 'Strict';
      readonly tlsCiphers?: readonly ('ECDHE-ECDSA-AES128-GCM-SHA256' | 'ECDHE-ECDSA-AES256-GCM-SHA384' | 'ECDHE-ECDSA-CHACHA20-POLY1305' | 'ECDHE-RSA-AES128-GCM-SHA256' | 'ECDHE-RSA-AES256-GCM-SHA384' | 'ECDHE-RSA-CHACHA20-POLY1305')[];
      readonly tlsVersion?: {
        readonly max?: 'TLSAuto' | 'TLS10' | 'TLS11' | 'TLS12' | 'TLS13';
        readonly min?: 'TLSAuto' | 'TLS10' | 'TLS11' | 'TLS12' | 'TLS13';
      };
    };
  }[];
  readonly targetRef?: {
    readonly kind: 'Mesh' | 'Dataplane';
    readonly labels?: { readonly [key: string]: string };
    readonly sectionName?: string;
  };
};

/** `spec` of kuma.io/v1alpha1 MeshTimeout. */
export type MeshTimeoutSpec = {
  readonly rules?: readonly {
    readonly default?: {
      readonly connectionTimeout?: string;
      readonly http?: {
        readonly maxConnectionDuration?: string;
        readonly maxStreamDuration?: string;
        readonly requestHeadersTimeout?: string;
        readonly requestTimeout?: string;
        readonly streamIdleTimeout?: string;
      };
      readonly idleTimeout?: string;
    };
    readonly matches?: readonly {
      readonly sni?: {
        readonly type: 'Exact';
        readonly value: string;
      };
      readonly spiffeID?: {
        readonly type: 'Exact' | 'Prefix';
        readonly value: string;
      };
    }[];
  }[];
  readonly targetRef?: {
    readonly kind: 'Mesh' | 'Dataplane';
    readonly labels?: { readonly [key: string]: string };
    readonly sectionName?: string;
  };
  readonly to?: readonly {
    readonly default?: {
      readonly connectionTimeout?: string;
      readonly http?: {
        readonly maxConnectionDuration?: string;
        readonly maxStreamDuration?: string;
        readonly requestHeadersTimeout?: string;
        readonly requestTimeout?: string;
        readonly streamIdleTimeout?: string;
      };
      readonly idleTimeout?: string;
    };
    readonly targetRef: {
      readonly kind: 'Mesh' | 'MeshService' | 'MeshExternalService' | 'MeshMultiZoneService' | 'MeshHTTPRoute';
      readonly labels?: { readonly [key: string]: string };
      readonly sectionName?: string;
    };
  }[];
};

/** `spec` of kuma.io/v1alpha1 MeshTrafficPermission. */
export type MeshTrafficPermissionSpec = {
  readonly rules?: readonly {
    readonly default: {
      readonly allow?: readonly {
        readonly sni?: {
          readonly type: 'Exact';
          readonly value: string;
        };
        readonly spiffeID?: {
          readonly type: 'Exact' | 'Prefix';
          readonly value: string;
        };
      }[];
      readonly allowWithShadowDeny?: readonly {
        readonly sni?: {
          readonly type: 'Exact';
          readonly value: string;
        };
        readonly spiffeID?: {
          readonly type: 'Exact' | 'Prefix';
          readonly value: string;
        };
      }[];
      readonly deny?: readonly {
        readonly sni?: {
          readonly type: 'Exact';
          readonly value: string;
        };
        readonly spiffeID?: {
          readonly type: 'Exact' | 'Prefix';
          readonly value: string;
        };
      }[];
    };
  }[];
  readonly targetRef?: {
    readonly kind: 'Mesh' | 'Dataplane';
    readonly labels?: { readonly [key: string]: string };
    readonly sectionName?: string;
  };
};
