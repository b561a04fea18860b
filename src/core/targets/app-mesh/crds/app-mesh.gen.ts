/** Types of App Mesh, written from its CRDs (npm run generate:native). */

/** `spec` of appmesh.k8s.aws/v1beta2 GatewayRoute. */
export type GatewayRouteSpec = {
  readonly awsName?: string;
  readonly grpcRoute?: {
    readonly action: {
      readonly rewrite?: {
        readonly hostname?: {
          readonly defaultTargetHostname?: 'ENABLED' | 'DISABLED';
        };
      };
      readonly target: {
        readonly port?: number;
        readonly virtualService: {
          readonly virtualServiceARN?: string;
          readonly virtualServiceRef?: {
            readonly name: string;
            readonly namespace?: string;
          };
        };
      };
    };
    readonly match: {
      readonly hostname?: {
        readonly exact?: string;
        readonly suffix?: string;
      };
      readonly metadata?: readonly {
        readonly invert?: boolean;
        readonly match?: {
          readonly exact?: string;
          readonly prefix?: string;
          readonly range?: {
            readonly end: number;
            readonly start: number;
          };
          readonly regex?: string;
          readonly suffix?: string;
        };
        readonly name: string;
      }[];
      readonly port?: number;
      readonly serviceName?: string;
    };
  };
  readonly http2Route?: {
    readonly action: {
      readonly rewrite?: {
        readonly hostname?: {
          readonly defaultTargetHostname?: 'ENABLED' | 'DISABLED';
        };
        readonly path?: {
          readonly exact?: string;
        };
        readonly prefix?: {
          readonly defaultPrefix?: 'ENABLED' | 'DISABLED';
          readonly value?: string;
        };
      };
      readonly target: {
        readonly port?: number;
        readonly virtualService: {
          readonly virtualServiceARN?: string;
          readonly virtualServiceRef?: {
            readonly name: string;
            readonly namespace?: string;
          };
        };
      };
    };
    readonly match: {
      readonly headers?: readonly {
        readonly invert?: boolean;
        readonly match?: {
          readonly exact?: string;
          readonly prefix?: string;
          readonly range?: {
            readonly end: number;
            readonly start: number;
          };
          readonly regex?: string;
          readonly suffix?: string;
        };
        readonly name: string;
      }[];
      readonly hostname?: {
        readonly exact?: string;
        readonly suffix?: string;
      };
      readonly method?: 'CONNECT' | 'DELETE' | 'GET' | 'HEAD' | 'OPTIONS' | 'PATCH' | 'POST' | 'PUT' | 'TRACE';
      readonly path?: {
        readonly exact?: string;
        readonly regex?: string;
      };
      readonly port?: number;
      readonly prefix?: string;
      readonly queryParameters?: readonly {
        readonly match?: {
          readonly exact?: string;
        };
        readonly name: string;
      }[];
    };
  };
  readonly httpRoute?: {
    readonly action: {
      readonly rewrite?: {
        readonly hostname?: {
          readonly defaultTargetHostname?: 'ENABLED' | 'DISABLED';
        };
        readonly path?: {
          readonly exact?: string;
        };
        readonly prefix?: {
          readonly defaultPrefix?: 'ENABLED' | 'DISABLED';
          readonly value?: string;
        };
      };
      readonly target: {
        readonly port?: number;
        readonly virtualService: {
          readonly virtualServiceARN?: string;
          readonly virtualServiceRef?: {
            readonly name: string;
            readonly namespace?: string;
          };
        };
      };
    };
    readonly match: {
      readonly headers?: readonly {
        readonly invert?: boolean;
        readonly match?: {
          readonly exact?: string;
          readonly prefix?: string;
          readonly range?: {
            readonly end: number;
            readonly start: number;
          };
          readonly regex?: string;
          readonly suffix?: string;
        };
        readonly name: string;
      }[];
      readonly hostname?: {
        readonly exact?: string;
        readonly suffix?: string;
      };
      readonly method?: 'CONNECT' | 'DELETE' | 'GET' | 'HEAD' | 'OPTIONS' | 'PATCH' | 'POST' | 'PUT' | 'TRACE';
      readonly path?: {
        readonly exact?: string;
        readonly regex?: string;
      };
      readonly port?: number;
      readonly prefix?: string;
      readonly queryParameters?: readonly {
        readonly match?: {
          readonly exact?: string;
        };
        readonly name: string;
      }[];
    };
  };
  readonly meshRef?: {
    readonly name: string;
    readonly uid: string;
  };
  readonly priority?: number;
  readonly virtualGatewayRef?: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
  };
};

/** `spec` of appmesh.k8s.aws/v1beta2 Mesh. */
export type MeshSpec = {
  readonly awsName?: string;
  readonly egressFilter?: {
    readonly type: 'ALLOW_ALL' | 'DROP_ALL';
  };
  readonly meshOwner?: string;
  readonly meshServiceDiscovery?: {
    readonly ipPreference?: 'IPv6_ONLY' | 'IPv4_ONLY';
  };
  readonly namespaceSelector?: {
    readonly matchExpressions?: readonly {
      readonly key: string;
      readonly operator: string;
      readonly values?: readonly string[];
    }[];
    readonly matchLabels?: { readonly [key: string]: string };
  };
};

/** `spec` of appmesh.k8s.aws/v1beta2 VirtualGateway. */
export type VirtualGatewaySpec = {
  readonly awsName?: string;
  readonly backendDefaults?: {
    readonly clientPolicy?: {
      readonly tls?: {
        readonly certificate?: {
          readonly file?: {
            readonly certificateChain: string;
            readonly privateKey: string;
          };
          readonly sds?: {
            readonly secretName: string;
          };
        };
        readonly enforce?: boolean;
        readonly ports?: readonly number[];
        readonly validation: {
          readonly subjectAlternativeNames?: {
            readonly match: {
              readonly exact: readonly string[];
            };
          };
          readonly trust: {
            readonly acm?: {
              readonly certificateAuthorityARNs: readonly string[];
            };
            readonly file?: {
              readonly certificateChain: string;
            };
            readonly sds?: {
              readonly secretName: string;
            };
          };
        };
      };
    };
  };
  readonly gatewayRouteSelector?: {
    readonly matchExpressions?: readonly {
      readonly key: string;
      readonly operator: string;
      readonly values?: readonly string[];
    }[];
    readonly matchLabels?: { readonly [key: string]: string };
  };
  readonly listeners?: readonly {
    readonly connectionPool?: {
      readonly grpc?: {
        readonly maxRequests: number;
      };
      readonly http?: {
        readonly maxConnections: number;
        readonly maxPendingRequests?: number;
      };
      readonly http2?: {
        readonly maxRequests: number;
      };
    };
    readonly healthCheck?: {
      readonly healthyThreshold?: number;
      readonly intervalMillis: number;
      readonly path?: string;
      readonly port?: number;
      readonly protocol: 'grpc' | 'http' | 'http2';
      readonly timeoutMillis: number;
      readonly unhealthyThreshold: number;
    };
    readonly portMapping: {
      readonly port: number;
      readonly protocol: 'grpc' | 'http' | 'http2';
    };
    readonly tls?: {
      readonly certificate: {
        readonly acm?: {
          readonly certificateARN: string;
        };
        readonly file?: {
          readonly certificateChain: string;
          readonly privateKey: string;
        };
        readonly sds?: {
          readonly secretName: string;
        };
      };
      readonly mode: 'DISABLED' | 'PERMISSIVE' | 'STRICT';
      readonly validation?: {
        readonly subjectAlternativeNames?: {
          readonly match: {
            readonly exact: readonly string[];
          };
        };
        readonly trust: {
          readonly acm?: {
            readonly certificateAuthorityARNs: readonly string[];
          };
          readonly file?: {
            readonly certificateChain: string;
          };
          readonly sds?: {
            readonly secretName: string;
          };
        };
      };
    };
  }[];
  readonly logging?: {
    readonly accessLog?: {
      readonly file?: {
        readonly format?: {
          readonly json?: readonly {
            readonly key: string;
            readonly value: string;
          }[];
          readonly text?: string;
        };
        readonly path: string;
      };
    };
  };
  readonly meshRef?: {
    readonly name: string;
    readonly uid: string;
  };
  readonly namespaceSelector?: {
    readonly matchExpressions?: readonly {
      readonly key: string;
      readonly operator: string;
      readonly values?: readonly string[];
    }[];
    readonly matchLabels?: { readonly [key: string]: string };
  };
  readonly podSelector?: {
    readonly matchExpressions?: readonly {
      readonly key: string;
      readonly operator: string;
      readonly values?: readonly string[];
    }[];
    readonly matchLabels?: { readonly [key: string]: string };
  };
};

/** `spec` of appmesh.k8s.aws/v1beta2 VirtualNode. */
export type VirtualNodeSpec = {
  readonly awsName?: string;
  readonly backendDefaults?: {
    readonly clientPolicy?: {
      readonly tls?: {
        readonly certificate?: {
          readonly file?: {
            readonly certificateChain: string;
            readonly privateKey: string;
          };
          readonly sds?: {
            readonly secretName: string;
          };
        };
        readonly enforce?: boolean;
        readonly ports?: readonly number[];
        readonly validation: {
          readonly subjectAlternativeNames?: {
            readonly match: {
              readonly exact: readonly string[];
            };
          };
          readonly trust: {
            readonly acm?: {
              readonly certificateAuthorityARNs: readonly string[];
            };
            readonly file?: {
              readonly certificateChain: string;
            };
            readonly sds?: {
              readonly secretName: string;
            };
          };
        };
      };
    };
  };
  readonly backendGroups?: readonly {
    readonly name: string;
    readonly namespace?: string;
  }[];
  readonly backends?: readonly {
    readonly virtualService: {
      readonly clientPolicy?: {
        readonly tls?: {
          readonly certificate?: {
            readonly file?: {
              readonly certificateChain: string;
              readonly privateKey: string;
            };
            readonly sds?: {
              readonly secretName: string;
            };
          };
          readonly enforce?: boolean;
          readonly ports?: readonly number[];
          readonly validation: {
            readonly subjectAlternativeNames?: {
              readonly match: {
                readonly exact: readonly string[];
              };
            };
            readonly trust: {
              readonly acm?: {
                readonly certificateAuthorityARNs: readonly string[];
              };
              readonly file?: {
                readonly certificateChain: string;
              };
              readonly sds?: {
                readonly secretName: string;
              };
            };
          };
        };
      };
      readonly virtualServiceARN?: string;
      readonly virtualServiceRef?: {
        readonly name: string;
        readonly namespace?: string;
      };
    };
  }[];
  readonly listeners?: readonly {
    readonly connectionPool?: {
      readonly grpc?: {
        readonly maxRequests: number;
      };
      readonly http?: {
        readonly maxConnections: number;
        readonly maxPendingRequests?: number;
      };
      readonly http2?: {
        readonly maxRequests: number;
      };
      readonly tcp?: {
        readonly maxConnections: number;
      };
    };
    readonly healthCheck?: {
      readonly healthyThreshold: number;
      readonly intervalMillis: number;
      readonly path?: string;
      readonly port?: number;
      readonly protocol: 'grpc' | 'http' | 'http2' | 'tcp';
      readonly timeoutMillis: number;
      readonly unhealthyThreshold: number;
    };
    readonly outlierDetection?: {
      readonly baseEjectionDuration: {
        readonly unit: 's' | 'ms';
        readonly value: number;
      };
      readonly interval: {
        readonly unit: 's' | 'ms';
        readonly value: number;
      };
      readonly maxEjectionPercent: number;
      readonly maxServerErrors: number;
    };
    readonly portMapping: {
      readonly port: number;
      readonly protocol: 'grpc' | 'http' | 'http2' | 'tcp';
    };
    readonly timeout?: {
      readonly grpc?: {
        readonly idle?: {
          readonly unit: 's' | 'ms';
          readonly value: number;
        };
        readonly perRequest?: {
          readonly unit: 's' | 'ms';
          readonly value: number;
        };
      };
      readonly http?: {
        readonly idle?: {
          readonly unit: 's' | 'ms';
          readonly value: number;
        };
        readonly perRequest?: {
          readonly unit: 's' | 'ms';
          readonly value: number;
        };
      };
      readonly http2?: {
        readonly idle?: {
          readonly unit: 's' | 'ms';
          readonly value: number;
        };
        readonly perRequest?: {
          readonly unit: 's' | 'ms';
          readonly value: number;
        };
      };
      readonly tcp?: {
        readonly idle?: {
          readonly unit: 's' | 'ms';
          readonly value: number;
        };
      };
    };
    readonly tls?: {
      readonly certificate: {
        readonly acm?: {
          readonly certificateARN: string;
        };
        readonly file?: {
          readonly certificateChain: string;
          readonly privateKey: string;
        };
        readonly sds?: {
          readonly secretName: string;
        };
      };
      readonly mode: 'DISABLED' | 'PERMISSIVE' | 'STRICT';
      readonly validation?: {
        readonly subjectAlternativeNames?: {
          readonly match: {
            readonly exact: readonly string[];
          };
        };
        readonly trust: {
          readonly file?: {
            readonly certificateChain: string;
          };
          readonly sds?: {
            readonly secretName: string;
          };
        };
      };
    };
  }[];
  readonly logging?: {
    readonly accessLog?: {
      readonly file?: {
        readonly format?: {
          readonly json?: readonly {
            readonly key: string;
            readonly value: string;
          }[];
          readonly text?: string;
        };
        readonly path: string;
      };
    };
  };
  readonly meshRef?: {
    readonly name: string;
    readonly uid: string;
  };
  readonly podSelector?: {
    readonly matchExpressions?: readonly {
      readonly key: string;
      readonly operator: string;
      readonly values?: readonly string[];
    }[];
    readonly matchLabels?: { readonly [key: string]: string };
  };
  readonly serviceDiscovery?: {
    readonly awsCloudMap?: {
      readonly attributes?: readonly {
        readonly key: string;
        readonly value: string;
      }[];
      readonly namespaceName: string;
      readonly serviceName: string;
    };
    readonly dns?: {
      readonly hostname: string;
      readonly responseType?: 'ENDPOINTS' | 'LOADBALANCER';
    };
  };
};

/** `spec` of appmesh.k8s.aws/v1beta2 VirtualRouter. */
export type VirtualRouterSpec = {
  readonly awsName?: string;
  readonly listeners?: readonly {
    readonly portMapping: {
      readonly port: number;
      readonly protocol: 'grpc' | 'http' | 'http2' | 'tcp';
    };
  }[];
  readonly meshRef?: {
    readonly name: string;
    readonly uid: string;
  };
  readonly routes?: readonly {
    readonly grpcRoute?: {
      readonly action: {
        readonly weightedTargets: readonly {
          readonly port?: number;
          readonly virtualNodeARN?: string;
          readonly virtualNodeRef?: {
            readonly name: string;
            readonly namespace?: string;
          };
          readonly weight: number;
        }[];
      };
      readonly match: {
        readonly metadata?: readonly {
          readonly invert?: boolean;
          readonly match?: {
            readonly exact?: string;
            readonly prefix?: string;
            readonly range?: {
              readonly end: number;
              readonly start: number;
            };
            readonly regex?: string;
            readonly suffix?: string;
          };
          readonly name: string;
        }[];
        readonly methodName?: string;
        readonly port?: number;
        readonly serviceName?: string;
      };
      readonly retryPolicy?: {
        readonly grpcRetryEvents?: readonly ('cancelled' | 'deadline-exceeded' | 'internal' | 'resource-exhausted' | 'unavailable')[];
        readonly httpRetryEvents?: readonly ('server-error' | 'gateway-error' | 'client-error' | 'stream-error')[];
        readonly maxRetries: number;
        readonly perRetryTimeout: {
          readonly unit: 's' | 'ms';
          readonly value: number;
        };
        readonly tcpRetryEvents?: readonly 'connection-error'[];
      };
      readonly timeout?: {
        readonly idle?: {
          readonly unit: 's' | 'ms';
          readonly value: number;
        };
        readonly perRequest?: {
          readonly unit: 's' | 'ms';
          readonly value: number;
        };
      };
    };
    readonly http2Route?: {
      readonly action: {
        readonly weightedTargets: readonly {
          readonly port?: number;
          readonly virtualNodeARN?: string;
          readonly virtualNodeRef?: {
            readonly name: string;
            readonly namespace?: string;
          };
          readonly weight: number;
        }[];
      };
      readonly match: {
        readonly headers?: readonly {
          readonly invert?: boolean;
          readonly match?: {
            readonly exact?: string;
            readonly prefix?: string;
            readonly range?: {
              readonly end: number;
              readonly start: number;
            };
            readonly regex?: string;
            readonly suffix?: string;
          };
          readonly name: string;
        }[];
        readonly method?: 'CONNECT' | 'DELETE' | 'GET' | 'HEAD' | 'OPTIONS' | 'PATCH' | 'POST' | 'PUT' | 'TRACE';
        readonly path?: {
          readonly exact?: string;
          readonly regex?: string;
        };
        readonly port?: number;
        readonly prefix?: string;
        readonly queryParameters?: readonly {
          readonly match?: {
            readonly exact?: string;
          };
          readonly name: string;
        }[];
        readonly scheme?: 'http' | 'https';
      };
      readonly retryPolicy?: {
        readonly httpRetryEvents?: readonly ('server-error' | 'gateway-error' | 'client-error' | 'stream-error')[];
        readonly maxRetries: number;
        readonly perRetryTimeout: {
          readonly unit: 's' | 'ms';
          readonly value: number;
        };
        readonly tcpRetryEvents?: readonly 'connection-error'[];
      };
      readonly timeout?: {
        readonly idle?: {
          readonly unit: 's' | 'ms';
          readonly value: number;
        };
        readonly perRequest?: {
          readonly unit: 's' | 'ms';
          readonly value: number;
        };
      };
    };
    readonly httpRoute?: {
      readonly action: {
        readonly weightedTargets: readonly {
          readonly port?: number;
          readonly virtualNodeARN?: string;
          readonly virtualNodeRef?: {
            readonly name: string;
            readonly namespace?: string;
          };
          readonly weight: number;
        }[];
      };
      readonly match: {
        readonly headers?: readonly {
          readonly invert?: boolean;
          readonly match?: {
            readonly exact?: string;
            readonly prefix?: string;
            readonly range?: {
              readonly end: number;
              readonly start: number;
            };
            readonly regex?: string;
            readonly suffix?: string;
          };
          readonly name: string;
        }[];
        readonly method?: 'CONNECT' | 'DELETE' | 'GET' | 'HEAD' | 'OPTIONS' | 'PATCH' | 'POST' | 'PUT' | 'TRACE';
        readonly path?: {
          readonly exact?: string;
          readonly regex?: string;
        };
        readonly port?: number;
        readonly prefix?: string;
        readonly queryParameters?: readonly {
          readonly match?: {
            readonly exact?: string;
          };
          readonly name: string;
        }[];
        readonly scheme?: 'http' | 'https';
      };
      readonly retryPolicy?: {
        readonly httpRetryEvents?: readonly ('server-error' | 'gateway-error' | 'client-error' | 'stream-error')[];
        readonly maxRetries: number;
        readonly perRetryTimeout: {
          readonly unit: 's' | 'ms';
          readonly value: number;
        };
        readonly tcpRetryEvents?: readonly 'connection-error'[];
      };
      readonly timeout?: {
        readonly idle?: {
          readonly unit: 's' | 'ms';
          readonly value: number;
        };
        readonly perRequest?: {
          readonly unit: 's' | 'ms';
          readonly value: number;
        };
      };
    };
    readonly name: string;
    readonly priority?: number;
    readonly tcpRoute?: {
      readonly action: {
        readonly weightedTargets: readonly {
          readonly port?: number;
          readonly virtualNodeARN?: string;
          readonly virtualNodeRef?: {
            readonly name: string;
            readonly namespace?: string;
          };
          readonly weight: number;
        }[];
      };
      readonly match?: {
        readonly port?: number;
      };
      readonly timeout?: {
        readonly idle?: {
          readonly unit: 's' | 'ms';
          readonly value: number;
        };
      };
    };
  }[];
};

/** `spec` of appmesh.k8s.aws/v1beta2 VirtualService. */
export type VirtualServiceSpec = {
  readonly awsName?: string;
  readonly meshRef?: {
    readonly name: string;
    readonly uid: string;
  };
  readonly provider?: {
    readonly virtualNode?: {
      readonly virtualNodeARN?: string;
      readonly virtualNodeRef?: {
        readonly name: string;
        readonly namespace?: string;
      };
    };
    readonly virtualRouter?: {
      readonly virtualRouterARN?: string;
      readonly virtualRouterRef?: {
        readonly name: string;
        readonly namespace?: string;
      };
    };
  };
};
