/** Types of Istio, written from its CRDs (npm run generate:native). */
import type { Fields } from '../../kubernetes-objects/fields.ts';

/** `spec` of networking.istio.io/v1 DestinationRule. */
export type DestinationRuleSpec = {
  readonly exportTo?: readonly string[];
  readonly host: string;
  readonly subsets?: readonly {
    readonly labels?: { readonly [key: string]: string };
    readonly name: string;
    readonly trafficPolicy?: {
      readonly connectionPool?: {
        readonly http?: {
          readonly h2UpgradePolicy?: 'DEFAULT' | 'DO_NOT_UPGRADE' | 'UPGRADE';
          readonly http1MaxPendingRequests?: number;
          readonly http2KeepAlive?: {
            readonly interval?: string;
            readonly timeout?: string;
          };
          readonly http2MaxRequests?: number;
          readonly idleTimeout?: string;
          readonly maxConcurrentStreams?: number;
          readonly maxRequestsPerConnection?: number;
          readonly maxRetries?: number;
          readonly useClientProtocol?: boolean;
        };
        readonly tcp?: {
          readonly connectTimeout?: string;
          readonly idleTimeout?: string;
          readonly maxConnectionDuration?: string;
          readonly maxConnections?: number;
          readonly tcpKeepalive?: {
            readonly interval?: string;
            readonly probes?: number;
            readonly time?: string;
          };
        };
      };
      readonly loadBalancer?: {
        readonly consistentHash?: {
          readonly httpCookie?: {
            readonly attributes?: readonly {
              readonly name: string;
              readonly value?: string;
            }[];
            readonly name: string;
            readonly path?: string;
            readonly ttl?: string;
          };
          readonly httpHeaderName?: string;
          readonly httpQueryParameterName?: string;
          readonly maglev?: {
            readonly tableSize?: number;
          };
          readonly minimumRingSize?: number;
          readonly ringHash?: {
            readonly minimumRingSize?: number;
          };
          readonly useSourceIp?: boolean;
        };
        readonly localityLbSetting?: {
          readonly distribute?: readonly {
            readonly from?: string;
            readonly to?: { readonly [key: string]: number };
          }[];
          readonly enabled?: boolean;
          readonly failover?: readonly {
            readonly from?: string;
            readonly to?: string;
          }[];
          readonly failoverPriority?: readonly string[];
        };
        readonly simple?: 'UNSPECIFIED' | 'LEAST_CONN' | 'RANDOM' | 'PASSTHROUGH' | 'ROUND_ROBIN' | 'LEAST_REQUEST';
        readonly warmup?: {
          readonly aggression?: number;
          readonly duration: string;
          readonly minimumPercent?: number;
        };
        readonly warmupDurationSecs?: string;
        readonly zoneAwareLbSetting?: {
          readonly enabled?: boolean;
          readonly failover?: readonly {
            readonly from?: string;
            readonly to?: string;
          }[];
          readonly failoverPriority?: readonly string[];
          readonly minClusterSize?: number;
        };
      };
      readonly outlierDetection?: {
        readonly baseEjectionTime?: string;
        readonly consecutive5xxErrors?: number;
        readonly consecutiveErrors?: number;
        readonly consecutiveGatewayErrors?: number;
        readonly consecutiveLocalOriginFailures?: number;
        readonly interval?: string;
        readonly maxEjectionPercent?: number;
        readonly minHealthPercent?: number;
        readonly outlierDetectionHttpErrorCodes?: readonly number[];
        readonly splitExternalLocalOriginErrors?: boolean;
      };
      readonly portLevelSettings?: readonly {
        readonly connectionPool?: {
          readonly http?: {
            readonly h2UpgradePolicy?: 'DEFAULT' | 'DO_NOT_UPGRADE' | 'UPGRADE';
            readonly http1MaxPendingRequests?: number;
            readonly http2KeepAlive?: {
              readonly interval?: string;
              readonly timeout?: string;
            };
            readonly http2MaxRequests?: number;
            readonly idleTimeout?: string;
            readonly maxConcurrentStreams?: number;
            readonly maxRequestsPerConnection?: number;
            readonly maxRetries?: number;
            readonly useClientProtocol?: boolean;
          };
          readonly tcp?: {
            readonly connectTimeout?: string;
            readonly idleTimeout?: string;
            readonly maxConnectionDuration?: string;
            readonly maxConnections?: number;
            readonly tcpKeepalive?: {
              readonly interval?: string;
              readonly probes?: number;
              readonly time?: string;
            };
          };
        };
        readonly loadBalancer?: {
          readonly consistentHash?: {
            readonly httpCookie?: {
              readonly attributes?: readonly {
                readonly name: string;
                readonly value?: string;
              }[];
              readonly name: string;
              readonly path?: string;
              readonly ttl?: string;
            };
            readonly httpHeaderName?: string;
            readonly httpQueryParameterName?: string;
            readonly maglev?: {
              readonly tableSize?: number;
            };
            readonly minimumRingSize?: number;
            readonly ringHash?: {
              readonly minimumRingSize?: number;
            };
            readonly useSourceIp?: boolean;
          };
          readonly localityLbSetting?: {
            readonly distribute?: readonly {
              readonly from?: string;
              readonly to?: { readonly [key: string]: number };
            }[];
            readonly enabled?: boolean;
            readonly failover?: readonly {
              readonly from?: string;
              readonly to?: string;
            }[];
            readonly failoverPriority?: readonly string[];
          };
          readonly simple?: 'UNSPECIFIED' | 'LEAST_CONN' | 'RANDOM' | 'PASSTHROUGH' | 'ROUND_ROBIN' | 'LEAST_REQUEST';
          readonly warmup?: {
            readonly aggression?: number;
            readonly duration: string;
            readonly minimumPercent?: number;
          };
          readonly warmupDurationSecs?: string;
          readonly zoneAwareLbSetting?: {
            readonly enabled?: boolean;
            readonly failover?: readonly {
              readonly from?: string;
              readonly to?: string;
            }[];
            readonly failoverPriority?: readonly string[];
            readonly minClusterSize?: number;
          };
        };
        readonly outlierDetection?: {
          readonly baseEjectionTime?: string;
          readonly consecutive5xxErrors?: number;
          readonly consecutiveErrors?: number;
          readonly consecutiveGatewayErrors?: number;
          readonly consecutiveLocalOriginFailures?: number;
          readonly interval?: string;
          readonly maxEjectionPercent?: number;
          readonly minHealthPercent?: number;
          readonly outlierDetectionHttpErrorCodes?: readonly number[];
          readonly splitExternalLocalOriginErrors?: boolean;
        };
        readonly port?: {
          readonly number?: number;
        };
        readonly tls?: {
          readonly caCertificates?: string;
          readonly caCrl?: string;
          readonly clientCertificate?: string;
          readonly credentialName?: string;
          readonly insecureSkipVerify?: boolean;
          readonly mode?: 'DISABLE' | 'SIMPLE' | 'MUTUAL' | 'ISTIO_MUTUAL';
          readonly privateKey?: string;
          readonly sni?: string;
          readonly subjectAltNames?: readonly string[];
        };
      }[];
      readonly proxyProtocol?: {
        readonly version?: 'V1' | 'V2';
      };
      readonly retryBudget?: {
        readonly budgetInterval?: string;
        readonly minRetryConcurrency?: number;
        readonly percent?: number;
      };
      readonly tls?: {
        readonly caCertificates?: string;
        readonly caCrl?: string;
        readonly clientCertificate?: string;
        readonly credentialName?: string;
        readonly insecureSkipVerify?: boolean;
        readonly mode?: 'DISABLE' | 'SIMPLE' | 'MUTUAL' | 'ISTIO_MUTUAL';
        readonly privateKey?: string;
        readonly sni?: string;
        readonly subjectAltNames?: readonly string[];
      };
      readonly tunnel?: {
        readonly protocol?: string;
        readonly targetHost: string;
        readonly targetPort: number;
      };
    };
  }[];
  readonly trafficPolicy?: {
    readonly connectionPool?: {
      readonly http?: {
        readonly h2UpgradePolicy?: 'DEFAULT' | 'DO_NOT_UPGRADE' | 'UPGRADE';
        readonly http1MaxPendingRequests?: number;
        readonly http2KeepAlive?: {
          readonly interval?: string;
          readonly timeout?: string;
        };
        readonly http2MaxRequests?: number;
        readonly idleTimeout?: string;
        readonly maxConcurrentStreams?: number;
        readonly maxRequestsPerConnection?: number;
        readonly maxRetries?: number;
        readonly useClientProtocol?: boolean;
      };
      readonly tcp?: {
        readonly connectTimeout?: string;
        readonly idleTimeout?: string;
        readonly maxConnectionDuration?: string;
        readonly maxConnections?: number;
        readonly tcpKeepalive?: {
          readonly interval?: string;
          readonly probes?: number;
          readonly time?: string;
        };
      };
    };
    readonly loadBalancer?: {
      readonly consistentHash?: {
        readonly httpCookie?: {
          readonly attributes?: readonly {
            readonly name: string;
            readonly value?: string;
          }[];
          readonly name: string;
          readonly path?: string;
          readonly ttl?: string;
        };
        readonly httpHeaderName?: string;
        readonly httpQueryParameterName?: string;
        readonly maglev?: {
          readonly tableSize?: number;
        };
        readonly minimumRingSize?: number;
        readonly ringHash?: {
          readonly minimumRingSize?: number;
        };
        readonly useSourceIp?: boolean;
      };
      readonly localityLbSetting?: {
        readonly distribute?: readonly {
          readonly from?: string;
          readonly to?: { readonly [key: string]: number };
        }[];
        readonly enabled?: boolean;
        readonly failover?: readonly {
          readonly from?: string;
          readonly to?: string;
        }[];
        readonly failoverPriority?: readonly string[];
      };
      readonly simple?: 'UNSPECIFIED' | 'LEAST_CONN' | 'RANDOM' | 'PASSTHROUGH' | 'ROUND_ROBIN' | 'LEAST_REQUEST';
      readonly warmup?: {
        readonly aggression?: number;
        readonly duration: string;
        readonly minimumPercent?: number;
      };
      readonly warmupDurationSecs?: string;
      readonly zoneAwareLbSetting?: {
        readonly enabled?: boolean;
        readonly failover?: readonly {
          readonly from?: string;
          readonly to?: string;
        }[];
        readonly failoverPriority?: readonly string[];
        readonly minClusterSize?: number;
      };
    };
    readonly outlierDetection?: {
      readonly baseEjectionTime?: string;
      readonly consecutive5xxErrors?: number;
      readonly consecutiveErrors?: number;
      readonly consecutiveGatewayErrors?: number;
      readonly consecutiveLocalOriginFailures?: number;
      readonly interval?: string;
      readonly maxEjectionPercent?: number;
      readonly minHealthPercent?: number;
      readonly outlierDetectionHttpErrorCodes?: readonly number[];
      readonly splitExternalLocalOriginErrors?: boolean;
    };
    readonly portLevelSettings?: readonly {
      readonly connectionPool?: {
        readonly http?: {
          readonly h2UpgradePolicy?: 'DEFAULT' | 'DO_NOT_UPGRADE' | 'UPGRADE';
          readonly http1MaxPendingRequests?: number;
          readonly http2KeepAlive?: {
            readonly interval?: string;
            readonly timeout?: string;
          };
          readonly http2MaxRequests?: number;
          readonly idleTimeout?: string;
          readonly maxConcurrentStreams?: number;
          readonly maxRequestsPerConnection?: number;
          readonly maxRetries?: number;
          readonly useClientProtocol?: boolean;
        };
        readonly tcp?: {
          readonly connectTimeout?: string;
          readonly idleTimeout?: string;
          readonly maxConnectionDuration?: string;
          readonly maxConnections?: number;
          readonly tcpKeepalive?: {
            readonly interval?: string;
            readonly probes?: number;
            readonly time?: string;
          };
        };
      };
      readonly loadBalancer?: {
        readonly consistentHash?: {
          readonly httpCookie?: {
            readonly attributes?: readonly {
              readonly name: string;
              readonly value?: string;
            }[];
            readonly name: string;
            readonly path?: string;
            readonly ttl?: string;
          };
          readonly httpHeaderName?: string;
          readonly httpQueryParameterName?: string;
          readonly maglev?: {
            readonly tableSize?: number;
          };
          readonly minimumRingSize?: number;
          readonly ringHash?: {
            readonly minimumRingSize?: number;
          };
          readonly useSourceIp?: boolean;
        };
        readonly localityLbSetting?: {
          readonly distribute?: readonly {
            readonly from?: string;
            readonly to?: { readonly [key: string]: number };
          }[];
          readonly enabled?: boolean;
          readonly failover?: readonly {
            readonly from?: string;
            readonly to?: string;
          }[];
          readonly failoverPriority?: readonly string[];
        };
        readonly simple?: 'UNSPECIFIED' | 'LEAST_CONN' | 'RANDOM' | 'PASSTHROUGH' | 'ROUND_ROBIN' | 'LEAST_REQUEST';
        readonly warmup?: {
          readonly aggression?: number;
          readonly duration: string;
          readonly minimumPercent?: number;
        };
        readonly warmupDurationSecs?: string;
        readonly zoneAwareLbSetting?: {
          readonly enabled?: boolean;
          readonly failover?: readonly {
            readonly from?: string;
            readonly to?: string;
          }[];
          readonly failoverPriority?: readonly string[];
          readonly minClusterSize?: number;
        };
      };
      readonly outlierDetection?: {
        readonly baseEjectionTime?: string;
        readonly consecutive5xxErrors?: number;
        readonly consecutiveErrors?: number;
        readonly consecutiveGatewayErrors?: number;
        readonly consecutiveLocalOriginFailures?: number;
        readonly interval?: string;
        readonly maxEjectionPercent?: number;
        readonly minHealthPercent?: number;
        readonly outlierDetectionHttpErrorCodes?: readonly number[];
        readonly splitExternalLocalOriginErrors?: boolean;
      };
      readonly port?: {
        readonly number?: number;
      };
      readonly tls?: {
        readonly caCertificates?: string;
        readonly caCrl?: string;
        readonly clientCertificate?: string;
        readonly credentialName?: string;
        readonly insecureSkipVerify?: boolean;
        readonly mode?: 'DISABLE' | 'SIMPLE' | 'MUTUAL' | 'ISTIO_MUTUAL';
        readonly privateKey?: string;
        readonly sni?: string;
        readonly subjectAltNames?: readonly string[];
      };
    }[];
    readonly proxyProtocol?: {
      readonly version?: 'V1' | 'V2';
    };
    readonly retryBudget?: {
      readonly budgetInterval?: string;
      readonly minRetryConcurrency?: number;
      readonly percent?: number;
    };
    readonly tls?: {
      readonly caCertificates?: string;
      readonly caCrl?: string;
      readonly clientCertificate?: string;
      readonly credentialName?: string;
      readonly insecureSkipVerify?: boolean;
      readonly mode?: 'DISABLE' | 'SIMPLE' | 'MUTUAL' | 'ISTIO_MUTUAL';
      readonly privateKey?: string;
      readonly sni?: string;
      readonly subjectAltNames?: readonly string[];
    };
    readonly tunnel?: {
      readonly protocol?: string;
      readonly targetHost: string;
      readonly targetPort: number;
    };
  };
  readonly workloadSelector?: {
    readonly matchLabels?: { readonly [key: string]: string };
  };
};

/** `spec` of networking.istio.io/v1 Gateway. */
export type GatewaySpec = {
  readonly selector?: { readonly [key: string]: string };
  readonly servers?: readonly {
    readonly bind?: string;
    readonly defaultEndpoint?: string;
    readonly hosts: readonly string[];
    readonly name?: string;
    readonly port: {
      readonly name: string;
      readonly number: number;
      readonly protocol: string;
      readonly targetPort?: number;
    };
    readonly tls?: {
      readonly caCertCredentialName?: string;
      readonly caCertificates?: string;
      readonly caCrl?: string;
      readonly cipherSuites?: readonly string[];
      readonly credentialName?: string;
      readonly credentialNames?: readonly string[];
      readonly httpsRedirect?: boolean;
      readonly insecureSkipVerify?: boolean;
      readonly maxProtocolVersion?: 'TLS_AUTO' | 'TLSV1_0' | 'TLSV1_1' | 'TLSV1_2' | 'TLSV1_3';
      readonly minProtocolVersion?: 'TLS_AUTO' | 'TLSV1_0' | 'TLSV1_1' | 'TLSV1_2' | 'TLSV1_3';
      readonly mode?: 'PASSTHROUGH' | 'SIMPLE' | 'MUTUAL' | 'AUTO_PASSTHROUGH' | 'ISTIO_MUTUAL' | 'OPTIONAL_MUTUAL';
      readonly privateKey?: string;
      readonly serverCertificate?: string;
      readonly subjectAltNames?: readonly string[];
      readonly tlsCertificates?: readonly {
        readonly caCertificates?: string;
        readonly privateKey?: string;
        readonly serverCertificate?: string;
      }[];
      readonly verifyCertificateHash?: readonly string[];
      readonly verifyCertificateSpki?: readonly string[];
    };
  }[];
};

/** `spec` of networking.istio.io/v1 ServiceEntry. */
export type ServiceEntrySpec = {
  readonly addresses?: readonly string[];
  readonly endpoints?: readonly {
    readonly address?: string;
    readonly labels?: { readonly [key: string]: string };
    readonly locality?: string;
    readonly network?: string;
    readonly ports?: { readonly [key: string]: number };
    readonly serviceAccount?: string;
    readonly weight?: number;
  }[];
  readonly exportTo?: readonly string[];
  readonly hosts: readonly string[];
  readonly location?: 'MESH_EXTERNAL' | 'MESH_INTERNAL';
  readonly ports?: readonly {
    readonly name: string;
    readonly number: number;
    readonly protocol?: string;
    readonly targetPort?: number;
  }[];
  readonly resolution?: 'NONE' | 'STATIC' | 'DNS' | 'DNS_ROUND_ROBIN' | 'DYNAMIC_DNS';
  readonly subjectAltNames?: readonly string[];
  readonly workloadSelector?: {
    readonly labels?: { readonly [key: string]: string };
  };
};

/** `spec` of networking.istio.io/v1 Sidecar. */
export type SidecarSpec = {
  readonly egress?: readonly {
    readonly bind?: string;
    readonly captureMode?: 'DEFAULT' | 'IPTABLES' | 'NONE';
    readonly hosts: readonly string[];
    readonly port?: {
      readonly name?: string;
      readonly number?: number;
      readonly protocol?: string;
      readonly targetPort?: number;
    };
  }[];
  readonly inboundConnectionPool?: {
    readonly http?: {
      readonly h2UpgradePolicy?: 'DEFAULT' | 'DO_NOT_UPGRADE' | 'UPGRADE';
      readonly http1MaxPendingRequests?: number;
      readonly http2KeepAlive?: {
        readonly interval?: string;
        readonly timeout?: string;
      };
      readonly http2MaxRequests?: number;
      readonly idleTimeout?: string;
      readonly maxConcurrentStreams?: number;
      readonly maxRequestsPerConnection?: number;
      readonly maxRetries?: number;
      readonly useClientProtocol?: boolean;
    };
    readonly tcp?: {
      readonly connectTimeout?: string;
      readonly idleTimeout?: string;
      readonly maxConnectionDuration?: string;
      readonly maxConnections?: number;
      readonly tcpKeepalive?: {
        readonly interval?: string;
        readonly probes?: number;
        readonly time?: string;
      };
    };
  };
  readonly ingress?: readonly {
    readonly bind?: string;
    readonly captureMode?: 'DEFAULT' | 'IPTABLES' | 'NONE';
    readonly connectionPool?: {
      readonly http?: {
        readonly h2UpgradePolicy?: 'DEFAULT' | 'DO_NOT_UPGRADE' | 'UPGRADE';
        readonly http1MaxPendingRequests?: number;
        readonly http2KeepAlive?: {
          readonly interval?: string;
          readonly timeout?: string;
        };
        readonly http2MaxRequests?: number;
        readonly idleTimeout?: string;
        readonly maxConcurrentStreams?: number;
        readonly maxRequestsPerConnection?: number;
        readonly maxRetries?: number;
        readonly useClientProtocol?: boolean;
      };
      readonly tcp?: {
        readonly connectTimeout?: string;
        readonly idleTimeout?: string;
        readonly maxConnectionDuration?: string;
        readonly maxConnections?: number;
        readonly tcpKeepalive?: {
          readonly interval?: string;
          readonly probes?: number;
          readonly time?: string;
        };
      };
    };
    readonly defaultEndpoint?: string;
    readonly port: {
      readonly name?: string;
      readonly number?: number;
      readonly protocol?: string;
      readonly targetPort?: number;
    };
    readonly tls?: {
      readonly caCertCredentialName?: string;
      readonly caCertificates?: string;
      readonly caCrl?: string;
      readonly cipherSuites?: readonly string[];
      readonly credentialName?: string;
      readonly credentialNames?: readonly string[];
      readonly httpsRedirect?: boolean;
      readonly insecureSkipVerify?: boolean;
      readonly maxProtocolVersion?: 'TLS_AUTO' | 'TLSV1_0' | 'TLSV1_1' | 'TLSV1_2' | 'TLSV1_3';
      readonly minProtocolVersion?: 'TLS_AUTO' | 'TLSV1_0' | 'TLSV1_1' | 'TLSV1_2' | 'TLSV1_3';
      readonly mode?: 'PASSTHROUGH' | 'SIMPLE' | 'MUTUAL' | 'AUTO_PASSTHROUGH' | 'ISTIO_MUTUAL' | 'OPTIONAL_MUTUAL';
      readonly privateKey?: string;
      readonly serverCertificate?: string;
      readonly subjectAltNames?: readonly string[];
      readonly tlsCertificates?: readonly {
        readonly caCertificates?: string;
        readonly privateKey?: string;
        readonly serverCertificate?: string;
      }[];
      readonly verifyCertificateHash?: readonly string[];
      readonly verifyCertificateSpki?: readonly string[];
    };
  }[];
  readonly outboundTrafficPolicy?: {
    readonly egressProxy?: {
      readonly host: string;
      readonly port?: {
        readonly number?: number;
      };
      readonly subset?: string;
    };
    readonly mode?: 'REGISTRY_ONLY' | 'ALLOW_ANY';
  };
  readonly workloadSelector?: {
    readonly labels?: { readonly [key: string]: string };
  };
};

/** `spec` of networking.istio.io/v1 VirtualService. */
export type VirtualServiceSpec = {
  readonly exportTo?: readonly string[];
  readonly gateways?: readonly string[];
  readonly hosts?: readonly string[];
  readonly http?: readonly {
    readonly corsPolicy?: {
      readonly allowCredentials?: boolean;
      readonly allowHeaders?: readonly string[];
      readonly allowMethods?: readonly string[];
      readonly allowOrigin?: readonly string[];
      readonly allowOrigins?: readonly {
        readonly exact?: string;
        readonly prefix?: string;
        readonly regex?: string;
      }[];
      readonly exposeHeaders?: readonly string[];
      readonly maxAge?: string;
      readonly unmatchedPreflights?: 'UNSPECIFIED' | 'FORWARD' | 'IGNORE';
    };
    readonly delegate?: {
      readonly name?: string;
      readonly namespace?: string;
    };
    readonly directResponse?: {
      readonly body?: {
        readonly bytes?: string;
        readonly string?: string;
      };
      readonly status: number;
    };
    readonly fault?: {
      readonly abort?: {
        readonly grpcStatus?: string;
        readonly http2Error?: string;
        readonly httpStatus?: number;
        readonly percentage?: {
          readonly value?: number;
        };
      };
      readonly delay?: {
        readonly exponentialDelay?: string;
        readonly fixedDelay?: string;
        readonly percent?: number;
        readonly percentage?: {
          readonly value?: number;
        };
      };
    };
    readonly headers?: {
      readonly request?: {
        readonly add?: { readonly [key: string]: string };
        readonly remove?: readonly string[];
        readonly set?: { readonly [key: string]: string };
      };
      readonly response?: {
        readonly add?: { readonly [key: string]: string };
        readonly remove?: readonly string[];
        readonly set?: { readonly [key: string]: string };
      };
    };
    readonly match?: readonly {
      readonly authority?: {
        readonly exact?: string;
        readonly prefix?: string;
        readonly regex?: string;
      };
      readonly gateways?: readonly string[];
      readonly headers?: { readonly [key: string]: {
        readonly exact?: string;
        readonly prefix?: string;
        readonly regex?: string;
      } };
      readonly ignoreUriCase?: boolean;
      readonly method?: {
        readonly exact?: string;
        readonly prefix?: string;
        readonly regex?: string;
      };
      readonly name?: string;
      readonly port?: number;
      readonly queryParams?: { readonly [key: string]: {
        readonly exact?: string;
        readonly prefix?: string;
        readonly regex?: string;
      } };
      readonly scheme?: {
        readonly exact?: string;
        readonly prefix?: string;
        readonly regex?: string;
      };
      readonly sourceLabels?: { readonly [key: string]: string };
      readonly sourceNamespace?: string;
      readonly statPrefix?: string;
      readonly uri?: {
        readonly exact?: string;
        readonly prefix?: string;
        readonly regex?: string;
      };
      readonly withoutHeaders?: { readonly [key: string]: {
        readonly exact?: string;
        readonly prefix?: string;
        readonly regex?: string;
      } };
    }[];
    readonly mirror?: {
      readonly host: string;
      readonly port?: {
        readonly number?: number;
      };
      readonly subset?: string;
    };
    readonly mirror_percent?: number;
    readonly mirrorPercent?: number;
    readonly mirrorPercentage?: {
      readonly value?: number;
    };
    readonly mirrors?: readonly {
      readonly destination: {
        readonly host: string;
        readonly port?: {
          readonly number?: number;
        };
        readonly subset?: string;
      };
      readonly percentage?: {
        readonly value?: number;
      };
    }[];
    readonly name?: string;
    readonly redirect?: {
      readonly authority?: string;
      readonly derivePort?: 'FROM_PROTOCOL_DEFAULT' | 'FROM_REQUEST_PORT';
      readonly port?: number;
      readonly prefixRewrite?: string;
      readonly redirectCode?: number;
      readonly scheme?: string;
      readonly uri?: string;
    };
    readonly retries?: {
      readonly attempts?: number;
      readonly backoff?: string;
      readonly perTryTimeout?: string;
      readonly retryIgnorePreviousHosts?: boolean;
      readonly retryOn?: string;
      readonly retryRemoteLocalities?: boolean;
    };
    readonly rewrite?: {
      readonly authority?: string;
      readonly uri?: string;
      readonly uriRegexRewrite?: {
        readonly match?: string;
        readonly rewrite?: string;
      };
    };
    readonly route?: readonly {
      readonly destination: {
        readonly host: string;
        readonly port?: {
          readonly number?: number;
        };
        readonly subset?: string;
      };
      readonly headers?: {
        readonly request?: {
          readonly add?: { readonly [key: string]: string };
          readonly remove?: readonly string[];
          readonly set?: { readonly [key: string]: string };
        };
        readonly response?: {
          readonly add?: { readonly [key: string]: string };
          readonly remove?: readonly string[];
          readonly set?: { readonly [key: string]: string };
        };
      };
      readonly weight?: number;
    }[];
    readonly timeout?: string;
  }[];
  readonly tcp?: readonly {
    readonly match?: readonly {
      readonly destinationSubnets?: readonly string[];
      readonly gateways?: readonly string[];
      readonly port?: number;
      readonly sourceLabels?: { readonly [key: string]: string };
      readonly sourceNamespace?: string;
      readonly sourceSubnet?: string;
    }[];
    readonly route?: readonly {
      readonly destination: {
        readonly host: string;
        readonly port?: {
          readonly number?: number;
        };
        readonly subset?: string;
      };
      readonly weight?: number;
    }[];
  }[];
  readonly tls?: readonly {
    readonly match: readonly {
      readonly destinationSubnets?: readonly string[];
      readonly gateways?: readonly string[];
      readonly port?: number;
      readonly sniHosts: readonly string[];
      readonly sourceLabels?: { readonly [key: string]: string };
      readonly sourceNamespace?: string;
    }[];
    readonly route?: readonly {
      readonly destination: {
        readonly host: string;
        readonly port?: {
          readonly number?: number;
        };
        readonly subset?: string;
      };
      readonly weight?: number;
    }[];
  }[];
};

/** `spec` of networking.istio.io/v1alpha3 EnvoyFilter. */
export type EnvoyFilterSpec = {
  readonly configPatches?: readonly {
    readonly applyTo?: 'INVALID' | 'LISTENER' | 'FILTER_CHAIN' | 'NETWORK_FILTER' | 'HTTP_FILTER' | 'ROUTE_CONFIGURATION' | 'VIRTUAL_HOST' | 'HTTP_ROUTE' | 'CLUSTER' | 'EXTENSION_CONFIG' | 'BOOTSTRAP' | 'LISTENER_FILTER';
    readonly match?: {
      readonly cluster?: {
        readonly name?: string;
        readonly portNumber?: number;
        readonly service?: string;
        readonly subset?: string;
      };
      readonly context?: 'ANY' | 'SIDECAR_INBOUND' | 'SIDECAR_OUTBOUND' | 'GATEWAY' | 'WAYPOINT';
      readonly listener?: {
        readonly filterChain?: {
          readonly applicationProtocols?: string;
          readonly destinationPort?: number;
          readonly filter?: {
            readonly name?: string;
            readonly subFilter?: {
              readonly name?: string;
            };
          };
          readonly name?: string;
          readonly sni?: string;
          readonly transportProtocol?: string;
        };
        readonly listenerFilter?: string;
        readonly name?: string;
        readonly portName?: string;
        readonly portNumber?: number;
      };
      readonly proxy?: {
        readonly metadata?: { readonly [key: string]: string };
        readonly proxyVersion?: string;
      };
      readonly routeConfiguration?: {
        readonly gateway?: string;
        readonly name?: string;
        readonly portName?: string;
        readonly portNumber?: number;
        readonly vhost?: {
          readonly domainName?: string;
          readonly name?: string;
          readonly route?: {
            readonly action?: 'ANY' | 'ROUTE' | 'REDIRECT' | 'DIRECT_RESPONSE';
            readonly name?: string;
          };
        };
      };
      readonly waypoint?: {
        readonly filter?: {
          readonly name?: string;
          readonly subFilter?: {
            readonly name?: string;
          };
        };
        readonly portNumber?: number;
        readonly route?: {
          readonly name?: string;
        };
      };
    };
    readonly patch?: {
      readonly filterClass?: 'UNSPECIFIED' | 'AUTHN' | 'AUTHZ' | 'STATS';
      readonly operation?: 'INVALID' | 'MERGE' | 'ADD' | 'REMOVE' | 'INSERT_BEFORE' | 'INSERT_AFTER' | 'INSERT_FIRST' | 'REPLACE' | 'MERGE_AND_REPLACE_LIST';
      readonly value?: Fields;
    };
  }[];
  readonly priority?: number;
  readonly targetRefs?: readonly {
    readonly group?: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  }[];
  readonly workloadSelector?: {
    readonly labels?: { readonly [key: string]: string };
  };
};

/** `spec` of security.istio.io/v1 AuthorizationPolicy. */
export type AuthorizationPolicySpec = {
  readonly action?: 'ALLOW' | 'DENY' | 'AUDIT' | 'CUSTOM';
  readonly provider?: {
    readonly name?: string;
  };
  readonly rules?: readonly {
    readonly from?: readonly {
      readonly source?: {
        readonly ipBlocks?: readonly string[];
        readonly namespaces?: readonly string[];
        readonly notIpBlocks?: readonly string[];
        readonly notNamespaces?: readonly string[];
        readonly notPrincipals?: readonly string[];
        readonly notRemoteIpBlocks?: readonly string[];
        readonly notRequestPrincipals?: readonly string[];
        readonly notServiceAccounts?: readonly string[];
        readonly notTrustDomains?: readonly string[];
        readonly principals?: readonly string[];
        readonly remoteIpBlocks?: readonly string[];
        readonly requestPrincipals?: readonly string[];
        readonly serviceAccounts?: readonly string[];
        readonly trustDomains?: readonly string[];
      };
    }[];
    readonly to?: readonly {
      readonly operation?: {
        readonly hosts?: readonly string[];
        readonly methods?: readonly string[];
        readonly notHosts?: readonly string[];
        readonly notMethods?: readonly string[];
        readonly notPaths?: readonly string[];
        readonly notPorts?: readonly string[];
        readonly paths?: readonly string[];
        readonly ports?: readonly string[];
      };
    }[];
    readonly when?: readonly {
      readonly key: string;
      readonly notValues?: readonly string[];
      readonly values?: readonly string[];
    }[];
  }[];
  readonly selector?: {
    readonly matchLabels?: { readonly [key: string]: string };
  };
  readonly targetRef?: {
    readonly group?: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  };
  readonly targetRefs?: readonly {
    readonly group?: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  }[];
};

/** `spec` of security.istio.io/v1 PeerAuthentication. */
export type PeerAuthenticationSpec = {
  readonly mtls?: {
    readonly mode?: 'UNSET' | 'DISABLE' | 'PERMISSIVE' | 'STRICT';
  };
  readonly portLevelMtls?: { readonly [key: string]: {
    readonly mode?: 'UNSET' | 'DISABLE' | 'PERMISSIVE' | 'STRICT';
  } };
  readonly selector?: {
    readonly matchLabels?: { readonly [key: string]: string };
  };
};

/** `spec` of security.istio.io/v1 RequestAuthentication. */
export type RequestAuthenticationSpec = {
  readonly jwtRules?: readonly {
    readonly audiences?: readonly string[];
    readonly forwardOriginalToken?: boolean;
    readonly fromCookies?: readonly string[];
    readonly fromHeaders?: readonly {
      readonly name: string;
      readonly prefix?: string;
    }[];
    readonly fromParams?: readonly string[];
    readonly issuer?: string;
    readonly jwks?: string;
    readonly jwks_uri?: string;
    readonly jwksUri?: string;
    readonly outputClaimToHeaders?: readonly {
      readonly claim: string;
      readonly header: string;
    }[];
    readonly outputPayloadToHeader?: string;
    readonly spaceDelimitedClaims?: readonly string[];
    readonly timeout?: string;
  }[];
  readonly selector?: {
    readonly matchLabels?: { readonly [key: string]: string };
  };
  readonly targetRef?: {
    readonly group?: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  };
  readonly targetRefs?: readonly {
    readonly group?: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  }[];
};

/** `spec` of telemetry.istio.io/v1 Telemetry. */
export type TelemetrySpec = {
  readonly accessLogging?: readonly {
    readonly disabled?: boolean;
    readonly filter?: {
      readonly expression?: string;
    };
    readonly match?: {
      readonly mode?: 'CLIENT_AND_SERVER' | 'CLIENT' | 'SERVER';
    };
    readonly providers?: readonly {
      readonly name: string;
    }[];
  }[];
  readonly metrics?: readonly {
    readonly overrides?: readonly {
      readonly disabled?: boolean;
      readonly match?: {
        readonly customMetric?: string;
        readonly metric?: 'ALL_METRICS' | 'REQUEST_COUNT' | 'REQUEST_DURATION' | 'REQUEST_SIZE' | 'RESPONSE_SIZE' | 'TCP_OPENED_CONNECTIONS' | 'TCP_CLOSED_CONNECTIONS' | 'TCP_SENT_BYTES' | 'TCP_RECEIVED_BYTES' | 'GRPC_REQUEST_MESSAGES' | 'GRPC_RESPONSE_MESSAGES';
        readonly mode?: 'CLIENT_AND_SERVER' | 'CLIENT' | 'SERVER';
      };
      readonly tagOverrides?: { readonly [key: string]: {
        readonly operation?: 'UPSERT' | 'REMOVE';
        readonly value?: string;
      } };
    }[];
    readonly providers?: readonly {
      readonly name: string;
    }[];
    readonly reportingInterval?: string;
  }[];
  readonly selector?: {
    readonly matchLabels?: { readonly [key: string]: string };
  };
  readonly targetRef?: {
    readonly group?: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  };
  readonly targetRefs?: readonly {
    readonly group?: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  }[];
  readonly tracing?: readonly {
    readonly customTags?: { readonly [key: string]: {
      readonly environment?: {
        readonly defaultValue?: string;
        readonly name: string;
      };
      readonly formatter?: {
        readonly value: string;
      };
      readonly header?: {
        readonly defaultValue?: string;
        readonly name: string;
      };
      readonly literal?: {
        readonly value: string;
      };
    } };
    readonly disableContextPropagation?: boolean;
    readonly disableSpanReporting?: boolean;
    readonly enableIstioTags?: boolean;
    readonly match?: {
      readonly mode?: 'CLIENT_AND_SERVER' | 'CLIENT' | 'SERVER';
    };
    readonly providers?: readonly {
      readonly name: string;
    }[];
    readonly randomSamplingPercentage?: number;
    readonly useRequestIdForTraceSampling?: boolean;
  }[];
};
