/** Types of Gloo Mesh, written from its CRDs (npm run generate:native). */
import type { Fields } from '../../kubernetes-objects/fields.ts';

/** `spec` of admin.gloo.solo.io/v2 RateLimitServerConfig. */
export type RateLimitServerConfigSpec = {
  readonly raw?: {
    readonly descriptors?: readonly {
      readonly key?: string;
      readonly value?: string;
      readonly rateLimit?: {
        readonly unit?: 'UNKNOWN' | 'SECOND' | 'MINUTE' | 'HOUR' | 'DAY';
        readonly requestsPerUnit?: number;
      };
      readonly descriptors?: readonly Fields[];
      readonly weight?: number;
      readonly alwaysApply?: boolean;
    }[];
    readonly setDescriptors?: readonly {
      readonly simpleDescriptors?: readonly {
        readonly key?: string;
        readonly value?: string;
      }[];
      readonly rateLimit?: {
        readonly unit?: 'UNKNOWN' | 'SECOND' | 'MINUTE' | 'HOUR' | 'DAY';
        readonly requestsPerUnit?: number;
      };
      readonly alwaysApply?: boolean;
    }[];
  };
  readonly destinationServers?: readonly {
    readonly ref?: {
      readonly name?: string;
      readonly namespace?: string;
      readonly cluster?: string;
    };
    readonly awsLambda?: {
      readonly cloudProvider?: {
        readonly name?: string;
        readonly namespace?: string;
        readonly cluster?: string;
      };
      readonly function?: string;
      readonly qualifier?: string;
      readonly options?: {
        readonly requestTransformation?: 'REQUEST_DEFAULT' | 'REQUEST_DISABLE';
        readonly responseTransformation?: 'RESPONSE_DEFAULT' | 'RESPONSE_DISABLE';
        readonly invocationStyle?: 'SYNC' | 'ASYNC';
      };
    };
    readonly kind?: 'SERVICE' | 'VIRTUAL_DESTINATION' | 'EXTERNAL_SERVICE';
    readonly port?: {
      readonly number?: number;
      readonly name?: string;
    };
    readonly subset?: { readonly [key: string]: string };
    readonly weight?: number;
  }[];
};

/** `spec` of admin.gloo.solo.io/v2 RateLimitServerSettings. */
export type RateLimitServerSettingsSpec = {
  readonly destinationServer?: {
    readonly ref?: {
      readonly name?: string;
      readonly namespace?: string;
      readonly cluster?: string;
    };
    readonly awsLambda?: {
      readonly cloudProvider?: {
        readonly name?: string;
        readonly namespace?: string;
        readonly cluster?: string;
      };
      readonly function?: string;
      readonly qualifier?: string;
      readonly options?: {
        readonly requestTransformation?: 'REQUEST_DEFAULT' | 'REQUEST_DISABLE';
        readonly responseTransformation?: 'RESPONSE_DEFAULT' | 'RESPONSE_DISABLE';
        readonly invocationStyle?: 'SYNC' | 'ASYNC';
      };
    };
    readonly kind?: 'SERVICE' | 'VIRTUAL_DESTINATION' | 'EXTERNAL_SERVICE';
    readonly port?: {
      readonly number?: number;
      readonly name?: string;
    };
    readonly subset?: { readonly [key: string]: string };
    readonly weight?: number;
  };
  readonly requestTimeout?: string;
  readonly denyOnFail?: boolean;
};

/** `spec` of admin.gloo.solo.io/v2 Workspace. */
export type WorkspaceSpec = {
  readonly workloadClusters?: readonly {
    readonly name?: string;
    readonly selector?: { readonly [key: string]: string };
    readonly namespaces?: readonly {
      readonly name?: string;
      readonly configEnabled?: boolean;
      readonly labels?: { readonly [key: string]: string };
    }[];
    readonly configEnabled?: boolean;
  }[];
};

/** `spec` of admin.gloo.solo.io/v2 WorkspaceSettings. */
export type WorkspaceSettingsSpec = {
  readonly importFrom?: readonly {
    readonly workspaces?: readonly {
      readonly name?: string;
      readonly selector?: { readonly [key: string]: string };
    }[];
    readonly resources?: readonly {
      readonly kind?: 'ALL' | 'ROUTE_TABLE' | 'SERVICE' | 'VIRTUAL_DESTINATION' | 'EXTERNAL_SERVICE' | 'API_DOC' | 'GRAPHQL_RESOLVER_MAP' | 'GRAPHQL_SCHEMA' | 'GRAPHQL_STITCHED_SCHEMA' | 'EXTERNAL_WORKLOAD';
      readonly labels?: { readonly [key: string]: string };
      readonly name?: string;
      readonly namespace?: string;
      readonly cluster?: string;
    }[];
  }[];
  readonly exportTo?: readonly {
    readonly workspaces?: readonly {
      readonly name?: string;
      readonly selector?: { readonly [key: string]: string };
    }[];
    readonly resources?: readonly {
      readonly kind?: 'ALL' | 'ROUTE_TABLE' | 'SERVICE' | 'VIRTUAL_DESTINATION' | 'EXTERNAL_SERVICE' | 'API_DOC' | 'GRAPHQL_RESOLVER_MAP' | 'GRAPHQL_SCHEMA' | 'GRAPHQL_STITCHED_SCHEMA' | 'EXTERNAL_WORKLOAD';
      readonly labels?: { readonly [key: string]: string };
      readonly name?: string;
      readonly namespace?: string;
      readonly cluster?: string;
    }[];
  }[];
  readonly options?: {
    readonly serviceIsolation?: {
      readonly enabled?: boolean;
      readonly trimProxyConfig?: boolean;
      readonly enforcementLayers?: {
        readonly cni?: boolean;
        readonly mesh?: boolean;
      };
    };
    readonly federation?: {
      readonly enabled?: boolean;
      readonly hostSuffix?: string;
      readonly serviceSelector?: readonly {
        readonly labels?: { readonly [key: string]: string };
        readonly name?: string;
        readonly namespace?: string;
        readonly cluster?: string;
        readonly workspace?: string;
      }[];
      readonly ports?: readonly {
        readonly number?: number;
        readonly name?: string;
      }[];
    };
    readonly eastWestGateways?: readonly {
      readonly selector?: {
        readonly labels?: { readonly [key: string]: string };
        readonly name?: string;
        readonly namespace?: string;
        readonly cluster?: string;
        readonly workspace?: string;
      };
      readonly port?: {
        readonly number?: number;
        readonly name?: string;
      };
      readonly tlsTerminationPort?: {
        readonly number?: number;
        readonly name?: string;
      };
      readonly hostInfoOverrides?: readonly {
        readonly addr?: string;
        readonly port?: number;
      }[];
    }[];
    readonly virtualDestClientMode?: {
      readonly auto?: Fields;
      readonly sniRouting?: Fields;
      readonly tlsTermination?: Fields;
    };
    readonly trimAllProxyConfig?: boolean;
  };
};

/** `spec` of resilience.policy.gloo.solo.io/v2 ActiveHealthCheckPolicy. */
export type ActiveHealthCheckPolicySpec = {
  readonly applyToDestinations?: readonly {
    readonly selector?: {
      readonly labels?: { readonly [key: string]: string };
      readonly name?: string;
      readonly namespace?: string;
      readonly cluster?: string;
      readonly workspace?: string;
    };
    readonly kind?: 'SERVICE' | 'VIRTUAL_DESTINATION' | 'EXTERNAL_SERVICE';
    readonly port?: {
      readonly number?: number;
      readonly name?: string;
    };
  }[];
  readonly config?: {
    readonly healthCheck?: {
      readonly timeout: string;
      readonly interval: string;
      readonly initialJitter?: string;
      readonly intervalJitter?: string;
      readonly intervalJitterPercent?: number;
      readonly unhealthyThreshold: number;
      readonly healthyThreshold: number;
      readonly altPort?: number;
      readonly reuseConnection?: boolean;
      readonly httpHealthCheck?: {
        readonly host?: string;
        readonly path: string;
        readonly send?: {
          readonly text?: string;
          readonly binary?: string;
        };
        readonly receive?: readonly {
          readonly text?: string;
          readonly binary?: string;
        }[];
        readonly responseBufferSize?: number | string;
        readonly requestHeadersToAdd?: readonly {
          readonly header: {
            readonly key: string;
            readonly value?: string;
            readonly rawValue?: string;
          };
          readonly append?: boolean;
          readonly appendAction?: 'APPEND_IF_EXISTS_OR_ADD' | 'ADD_IF_ABSENT' | 'OVERWRITE_IF_EXISTS_OR_ADD' | 'OVERWRITE_IF_EXISTS';
          readonly keepEmptyValue?: boolean;
        }[];
        readonly requestHeadersToRemove?: readonly string[];
        readonly expectedStatuses?: readonly {
          readonly start?: number | string;
          readonly end?: number | string;
        }[];
        readonly retriableStatuses?: readonly {
          readonly start?: number | string;
          readonly end?: number | string;
        }[];
        readonly codecClientType?: 'HTTP1' | 'HTTP2' | 'HTTP3';
        readonly serviceNameMatcher?: {
          readonly exact?: string;
          readonly prefix?: string;
          readonly suffix?: string;
          readonly safeRegex?: {
            readonly googleRe2?: {
              readonly maxProgramSize?: number;
            };
            readonly regex: string;
          };
          readonly contains?: string;
          readonly custom?: {
            readonly name: string;
            readonly typedConfig: {
              readonly '@type': string;
            };
          };
          readonly ignoreCase?: boolean;
        };
        readonly method?: 'METHOD_UNSPECIFIED' | 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'CONNECT' | 'OPTIONS' | 'TRACE' | 'PATCH';
      };
      readonly tcpHealthCheck?: {
        readonly send?: {
          readonly text?: string;
          readonly binary?: string;
        };
        readonly receive?: readonly {
          readonly text?: string;
          readonly binary?: string;
        }[];
        readonly proxyProtocolConfig?: {
          readonly version?: 'V1' | 'V2';
          readonly passThroughTlvs?: {
            readonly matchType?: 'INCLUDE_ALL' | 'INCLUDE';
            readonly tlvType?: readonly number[];
          };
          readonly addedTlvs?: readonly {
            readonly type?: number;
            readonly value?: string;
            readonly formatString?: {
              readonly textFormat?: string;
              readonly jsonFormat?: Fields;
              readonly textFormatSource?: {
                readonly filename?: string;
                readonly inlineBytes?: string;
                readonly inlineString?: string;
                readonly environmentVariable?: string;
                readonly watchedDirectory?: {
                  readonly path: string;
                };
              };
              readonly omitEmptyValues?: boolean;
              readonly contentType?: string;
              readonly formatters?: readonly {
                readonly name: string;
                readonly typedConfig: {
                  readonly '@type': string;
                };
              }[];
              readonly jsonFormatOptions?: {
                readonly sortProperties?: boolean;
              };
            };
          }[];
        };
      };
      readonly grpcHealthCheck?: {
        readonly serviceName?: string;
        readonly authority?: string;
        readonly initialMetadata?: readonly {
          readonly header: {
            readonly key: string;
            readonly value?: string;
            readonly rawValue?: string;
          };
          readonly append?: boolean;
          readonly appendAction?: 'APPEND_IF_EXISTS_OR_ADD' | 'ADD_IF_ABSENT' | 'OVERWRITE_IF_EXISTS_OR_ADD' | 'OVERWRITE_IF_EXISTS';
          readonly keepEmptyValue?: boolean;
        }[];
      };
      readonly customHealthCheck?: {
        readonly name: string;
        readonly typedConfig?: {
          readonly '@type': string;
        };
      };
      readonly noTrafficInterval?: string;
      readonly noTrafficHealthyInterval?: string;
      readonly unhealthyInterval?: string;
      readonly unhealthyEdgeInterval?: string;
      readonly healthyEdgeInterval?: string;
      readonly eventLogPath?: string;
      readonly eventLogger?: readonly {
        readonly name: string;
        readonly typedConfig: {
          readonly '@type': string;
        };
      }[];
      readonly eventService?: {
        readonly grpcService?: {
          readonly envoyGrpc?: {
            readonly clusterName: string;
            readonly authority?: string;
            readonly retryPolicy?: {
              readonly retryBackOff?: {
                readonly baseInterval: string;
                readonly maxInterval?: string;
              };
              readonly numRetries?: number;
              readonly retryOn?: string;
              readonly retryPriority?: {
                readonly name: string;
                readonly typedConfig?: {
                  readonly '@type': string;
                };
              };
              readonly retryHostPredicate?: readonly {
                readonly name: string;
                readonly typedConfig?: {
                  readonly '@type': string;
                };
              }[];
              readonly hostSelectionRetryMaxAttempts?: number | string;
            };
            readonly maxReceiveMessageLength?: number;
            readonly skipEnvoyHeaders?: boolean;
          };
          readonly googleGrpc?: {
            readonly targetUri: string;
            readonly channelCredentials?: {
              readonly sslCredentials?: {
                readonly rootCerts?: {
                  readonly filename?: string;
                  readonly inlineBytes?: string;
                  readonly inlineString?: string;
                  readonly environmentVariable?: string;
                  readonly watchedDirectory?: {
                    readonly path: string;
                  };
                };
                readonly privateKey?: {
                  readonly filename?: string;
                  readonly inlineBytes?: string;
                  readonly inlineString?: string;
                  readonly environmentVariable?: string;
                  readonly watchedDirectory?: {
                    readonly path: string;
                  };
                };
                readonly certChain?: {
                  readonly filename?: string;
                  readonly inlineBytes?: string;
                  readonly inlineString?: string;
                  readonly environmentVariable?: string;
                  readonly watchedDirectory?: {
                    readonly path: string;
                  };
                };
              };
              readonly googleDefault?: Fields;
              readonly localCredentials?: {

              };
            };
            readonly channelCredentialsPlugin?: readonly {
              readonly '@type': string;
            }[];
            readonly callCredentials?: readonly {
              readonly accessToken?: string;
              readonly googleComputeEngine?: Fields;
              readonly googleRefreshToken?: string;
              readonly serviceAccountJwtAccess?: {
                readonly jsonKey?: string;
                readonly tokenLifetimeSeconds?: number | string;
              };
              readonly googleIam?: {
                readonly authorizationToken?: string;
                readonly authoritySelector?: string;
              };
              readonly fromPlugin?: {
                readonly name?: string;
                readonly typedConfig?: {
                  readonly '@type': string;
                };
              };
              readonly stsService?: {
                readonly tokenExchangeServiceUri?: string;
                readonly resource?: string;
                readonly audience?: string;
                readonly scope?: string;
                readonly requestedTokenType?: string;
                readonly subjectTokenPath: string;
                readonly subjectTokenType: string;
                readonly actorTokenPath?: string;
                readonly actorTokenType?: string;
              };
            }[];
            readonly callCredentialsPlugin?: readonly {
              readonly '@type': string;
            }[];
            readonly statPrefix: string;
            readonly credentialsFactoryName?: string;
            readonly config?: Fields;
            readonly perStreamBufferLimitBytes?: number;
            readonly channelArgs?: {
              readonly args?: { readonly [key: string]: {
                readonly stringValue?: string;
                readonly intValue?: number | string;
              } };
            };
          };
          readonly timeout?: string;
          readonly initialMetadata?: readonly {
            readonly key: string;
            readonly value?: string;
            readonly rawValue?: string;
          }[];
          readonly retryPolicy?: {
            readonly retryBackOff?: {
              readonly baseInterval: string;
              readonly maxInterval?: string;
            };
            readonly numRetries?: number;
            readonly retryOn?: string;
            readonly retryPriority?: {
              readonly name: string;
              readonly typedConfig?: {
                readonly '@type': string;
              };
            };
            readonly retryHostPredicate?: readonly {
              readonly name: string;
              readonly typedConfig?: {
                readonly '@type': string;
              };
            }[];
            readonly hostSelectionRetryMaxAttempts?: number | string;
          };
        };
      };
      readonly alwaysLogHealthCheckFailures?: boolean;
      readonly alwaysLogHealthCheckSuccess?: boolean;
      readonly tlsOptions?: {
        readonly alpnProtocols?: readonly string[];
      };
      readonly transportSocketMatchCriteria?: Fields;
    };
    readonly virtualGateways?: readonly {
      readonly name?: string;
      readonly namespace?: string;
      readonly cluster?: string;
    }[];
  };
};

/** `spec` of trafficcontrol.policy.gloo.solo.io/v2 RateLimitClientConfig. */
export type RateLimitClientConfigSpec = {
  readonly raw?: {
    readonly rateLimits?: readonly {
      readonly actions?: readonly {
        readonly sourceCluster?: {

        };
        readonly destinationCluster?: {

        };
        readonly requestHeaders?: {
          readonly headerName?: string;
          readonly descriptorKey?: string;
        };
        readonly remoteAddress?: {

        };
        readonly genericKey?: {
          readonly descriptorValue?: string;
        };
        readonly headerValueMatch?: {
          readonly descriptorValue?: string;
          readonly expectMatch?: boolean;
          readonly headers?: readonly {
            readonly name?: string;
            readonly exactMatch?: string;
            readonly regexMatch?: string;
            readonly rangeMatch?: {
              readonly start?: number | string;
              readonly end?: number | string;
            };
            readonly presentMatch?: boolean;
            readonly prefixMatch?: string;
            readonly suffixMatch?: string;
            readonly invertMatch?: boolean;
          }[];
        };
        readonly metadata?: {
          readonly descriptorKey?: string;
          readonly metadataKey?: {
            readonly key?: string;
            readonly path?: readonly {
              readonly key?: string;
            }[];
          };
          readonly defaultValue?: string;
          readonly source?: 'DYNAMIC' | 'ROUTE_ENTRY';
        };
      }[];
      readonly setActions?: readonly {
        readonly sourceCluster?: {

        };
        readonly destinationCluster?: {

        };
        readonly requestHeaders?: {
          readonly headerName?: string;
          readonly descriptorKey?: string;
        };
        readonly remoteAddress?: {

        };
        readonly genericKey?: {
          readonly descriptorValue?: string;
        };
        readonly headerValueMatch?: {
          readonly descriptorValue?: string;
          readonly expectMatch?: boolean;
          readonly headers?: readonly {
            readonly name?: string;
            readonly exactMatch?: string;
            readonly regexMatch?: string;
            readonly rangeMatch?: {
              readonly start?: number | string;
              readonly end?: number | string;
            };
            readonly presentMatch?: boolean;
            readonly prefixMatch?: string;
            readonly suffixMatch?: string;
            readonly invertMatch?: boolean;
          }[];
        };
        readonly metadata?: {
          readonly descriptorKey?: string;
          readonly metadataKey?: {
            readonly key?: string;
            readonly path?: readonly {
              readonly key?: string;
            }[];
          };
          readonly defaultValue?: string;
          readonly source?: 'DYNAMIC' | 'ROUTE_ENTRY';
        };
      }[];
      readonly limit?: {
        readonly dynamicMetadata?: {
          readonly metadataKey?: {
            readonly key?: string;
            readonly path?: readonly {
              readonly key?: string;
            }[];
          };
        };
      };
    }[];
  };
};

/** `spec` of trafficcontrol.policy.gloo.solo.io/v2 RateLimitPolicy. */
export type RateLimitPolicySpec = {
  readonly applyToRoutes?: readonly {
    readonly route?: {
      readonly labels?: { readonly [key: string]: string };
      readonly namespace?: string;
      readonly cluster?: string;
      readonly workspace?: string;
    };
    readonly withDestinations?: {
      readonly selector?: {
        readonly labels?: { readonly [key: string]: string };
        readonly name?: string;
        readonly namespace?: string;
        readonly cluster?: string;
        readonly workspace?: string;
      };
      readonly kind?: 'SERVICE' | 'VIRTUAL_DESTINATION' | 'EXTERNAL_SERVICE';
      readonly port?: {
        readonly number?: number;
        readonly name?: string;
      };
    };
  }[];
  readonly applyToDestinations?: readonly {
    readonly selector?: {
      readonly labels?: { readonly [key: string]: string };
      readonly name?: string;
      readonly namespace?: string;
      readonly cluster?: string;
      readonly workspace?: string;
    };
    readonly kind?: 'SERVICE' | 'VIRTUAL_DESTINATION' | 'EXTERNAL_SERVICE';
    readonly port?: {
      readonly number?: number;
      readonly name?: string;
    };
  }[];
  readonly config?: {
    readonly phase?: {
      readonly preAuthz?: {
        readonly priority?: number;
      };
      readonly postAuthz?: {
        readonly priority?: number;
      };
    };
    readonly ratelimitServerConfig?: {
      readonly name?: string;
      readonly namespace?: string;
      readonly cluster?: string;
    };
    readonly serverSettings?: {
      readonly name?: string;
      readonly namespace?: string;
      readonly cluster?: string;
    };
    readonly raw?: {
      readonly rateLimits?: readonly {
        readonly actions?: readonly {
          readonly sourceCluster?: {

          };
          readonly destinationCluster?: {

          };
          readonly requestHeaders?: {
            readonly headerName?: string;
            readonly descriptorKey?: string;
          };
          readonly remoteAddress?: {

          };
          readonly genericKey?: {
            readonly descriptorValue?: string;
          };
          readonly headerValueMatch?: {
            readonly descriptorValue?: string;
            readonly expectMatch?: boolean;
            readonly headers?: readonly {
              readonly name?: string;
              readonly exactMatch?: string;
              readonly regexMatch?: string;
              readonly rangeMatch?: {
                readonly start?: number | string;
                readonly end?: number | string;
              };
              readonly presentMatch?: boolean;
              readonly prefixMatch?: string;
              readonly suffixMatch?: string;
              readonly invertMatch?: boolean;
            }[];
          };
          readonly metadata?: {
            readonly descriptorKey?: string;
            readonly metadataKey?: {
              readonly key?: string;
              readonly path?: readonly {
                readonly key?: string;
              }[];
            };
            readonly defaultValue?: string;
            readonly source?: 'DYNAMIC' | 'ROUTE_ENTRY';
          };
        }[];
        readonly setActions?: readonly {
          readonly sourceCluster?: {

          };
          readonly destinationCluster?: {

          };
          readonly requestHeaders?: {
            readonly headerName?: string;
            readonly descriptorKey?: string;
          };
          readonly remoteAddress?: {

          };
          readonly genericKey?: {
            readonly descriptorValue?: string;
          };
          readonly headerValueMatch?: {
            readonly descriptorValue?: string;
            readonly expectMatch?: boolean;
            readonly headers?: readonly {
              readonly name?: string;
              readonly exactMatch?: string;
              readonly regexMatch?: string;
              readonly rangeMatch?: {
                readonly start?: number | string;
                readonly end?: number | string;
              };
              readonly presentMatch?: boolean;
              readonly prefixMatch?: string;
              readonly suffixMatch?: string;
              readonly invertMatch?: boolean;
            }[];
          };
          readonly metadata?: {
            readonly descriptorKey?: string;
            readonly metadataKey?: {
              readonly key?: string;
              readonly path?: readonly {
                readonly key?: string;
              }[];
            };
            readonly defaultValue?: string;
            readonly source?: 'DYNAMIC' | 'ROUTE_ENTRY';
          };
        }[];
        readonly limit?: {
          readonly dynamicMetadata?: {
            readonly metadataKey?: {
              readonly key?: string;
              readonly path?: readonly {
                readonly key?: string;
              }[];
            };
          };
        };
      }[];
    };
    readonly ratelimitClientConfig?: {
      readonly name?: string;
      readonly namespace?: string;
      readonly cluster?: string;
    };
  };
};
