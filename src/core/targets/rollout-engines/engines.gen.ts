/** Types of the engines of rollouts, written from its CRDs (npm run generate:native). */
import type { Fields } from '../kubernetes-objects/fields.ts';

/** `spec` of argoproj.io/v1alpha1 AnalysisTemplate. */
export type AnalysisTemplateSpec = {
  readonly args?: readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: {
      readonly fieldRef?: {
        readonly fieldPath: string;
      };
      readonly secretKeyRef?: {
        readonly key: string;
        readonly name: string;
      };
    };
  }[];
  readonly dryRun?: readonly {
    readonly metricName: string;
  }[];
  readonly measurementRetention?: readonly {
    readonly limit: number;
    readonly metricName: string;
  }[];
  readonly metrics?: readonly {
    readonly consecutiveErrorLimit?: number | string;
    readonly consecutiveSuccessLimit?: number | string;
    readonly count?: number | string;
    readonly failureCondition?: string;
    readonly failureLimit?: number | string;
    readonly inconclusiveLimit?: number | string;
    readonly initialDelay?: string;
    readonly interval?: string;
    readonly name: string;
    readonly provider: {
      readonly cloudWatch?: {
        readonly interval?: string;
        readonly metricDataQueries: readonly {
          readonly expression?: string;
          readonly id?: string;
          readonly label?: string;
          readonly metricStat?: {
            readonly metric?: {
              readonly dimensions?: readonly {
                readonly name?: string;
                readonly value?: string;
              }[];
              readonly metricName?: string;
              readonly namespace?: string;
            };
            readonly period?: number | string;
            readonly stat?: string;
            readonly unit?: string;
          };
          readonly period?: number | string;
          readonly returnData?: boolean;
        }[];
      };
      readonly datadog?: {
        readonly aggregator?: 'avg' | 'min' | 'max' | 'sum' | 'last' | 'percentile' | 'mean' | 'l2norm' | 'area';
        readonly apiVersion?: 'v1' | 'v2';
        readonly formula?: string;
        readonly interval?: string;
        readonly queries?: { readonly [key: string]: string };
        readonly query?: string;
        readonly requestTimeout?: string;
        readonly secretRef?: {
          readonly name?: string;
          readonly namespaced?: boolean;
        };
      };
      readonly graphite?: {
        readonly address?: string;
        readonly query?: string;
      };
      readonly influxdb?: {
        readonly profile?: string;
        readonly query?: string;
      };
      readonly job?: {
        readonly metadata?: {
          readonly annotations?: { readonly [key: string]: string };
          readonly labels?: { readonly [key: string]: string };
        };
        readonly spec: {
          readonly activeDeadlineSeconds?: number;
          readonly backoffLimit?: number;
          readonly backoffLimitPerIndex?: number;
          readonly completionMode?: string;
          readonly completions?: number;
          readonly managedBy?: string;
          readonly manualSelector?: boolean;
          readonly maxFailedIndexes?: number;
          readonly parallelism?: number;
          readonly podFailurePolicy?: {
            readonly rules: readonly {
              readonly action: string;
              readonly onExitCodes?: {
                readonly containerName?: string;
                readonly operator: string;
                readonly values: readonly number[];
              };
              readonly onPodConditions?: readonly {
                readonly status: string;
                readonly type: string;
              }[];
            }[];
          };
          readonly podReplacementPolicy?: string;
          readonly selector?: {
            readonly matchExpressions?: readonly {
              readonly key: string;
              readonly operator: string;
              readonly values?: readonly string[];
            }[];
            readonly matchLabels?: { readonly [key: string]: string };
          };
          readonly successPolicy?: {
            readonly rules: readonly {
              readonly succeededCount?: number;
              readonly succeededIndexes?: string;
            }[];
          };
          readonly suspend?: boolean;
          readonly template: Fields;
          readonly ttlSecondsAfterFinished?: number;
        };
      };
      readonly kayenta?: {
        readonly address: string;
        readonly application: string;
        readonly canaryConfigName: string;
        readonly configurationAccountName: string;
        readonly lookback?: boolean;
        readonly metricsAccountName: string;
        readonly scopes: readonly {
          readonly controlScope: {
            readonly end?: string;
            readonly region: string;
            readonly scope: string;
            readonly start?: string;
            readonly step: number;
          };
          readonly experimentScope: {
            readonly end?: string;
            readonly region: string;
            readonly scope: string;
            readonly start?: string;
            readonly step: number;
          };
          readonly name: string;
        }[];
        readonly storageAccountName: string;
        readonly threshold: {
          readonly marginal: number;
          readonly pass: number;
        };
      };
      readonly newRelic?: {
        readonly profile?: string;
        readonly query: string;
        readonly timeout?: number;
      };
      readonly plugin?: Fields;
      readonly prometheus?: {
        readonly address?: string;
        readonly authentication?: {
          readonly oauth2?: {
            readonly clientId?: string;
            readonly clientSecret?: string;
            readonly scopes?: readonly string[];
            readonly tokenUrl?: string;
          };
          readonly sigv4?: {
            readonly profile?: string;
            readonly region?: string;
            readonly roleArn?: string;
          };
        };
        readonly headers?: readonly {
          readonly key: string;
          readonly value: string;
        }[];
        readonly insecure?: boolean;
        readonly query?: string;
        readonly rangeQuery?: {
          readonly end?: string;
          readonly start?: string;
          readonly step?: string;
        };
        readonly timeout?: number;
      };
      readonly skywalking?: {
        readonly address?: string;
        readonly interval?: string;
        readonly query?: string;
      };
      readonly wavefront?: {
        readonly address?: string;
        readonly query?: string;
      };
      readonly web?: {
        readonly authentication?: {
          readonly oauth2?: {
            readonly clientId?: string;
            readonly clientSecret?: string;
            readonly scopes?: readonly string[];
            readonly tokenUrl?: string;
          };
          readonly sigv4?: {
            readonly profile?: string;
            readonly region?: string;
            readonly roleArn?: string;
          };
        };
        readonly body?: string;
        readonly headers?: readonly {
          readonly key: string;
          readonly value: string;
        }[];
        readonly insecure?: boolean;
        readonly jsonBody?: Fields;
        readonly jsonPath?: string;
        readonly method?: string;
        readonly timeoutSeconds?: number;
        readonly url: string;
      };
    };
    readonly successCondition?: string;
  }[];
  readonly templates?: readonly {
    readonly clusterScope?: boolean;
    readonly templateName?: string;
  }[];
};

/** `spec` of argoproj.io/v1alpha1 Rollout. */
export type RolloutSpec = {
  readonly analysis?: {
    readonly successfulRunHistoryLimit?: number;
    readonly unsuccessfulRunHistoryLimit?: number;
  };
  readonly minReadySeconds?: number;
  readonly paused?: boolean;
  readonly progressDeadlineAbort?: boolean;
  readonly progressDeadlineSeconds?: number;
  readonly replicas?: number;
  readonly restartAt?: string;
  readonly revisionHistoryLimit?: number;
  readonly rollbackWindow?: {
    readonly revisions?: number;
  };
  readonly selector?: {
    readonly matchExpressions?: readonly {
      readonly key: string;
      readonly operator: string;
      readonly values?: readonly string[];
    }[];
    readonly matchLabels?: { readonly [key: string]: string };
  };
  readonly strategy?: {
    readonly blueGreen?: {
      readonly abortScaleDownDelaySeconds?: number;
      readonly activeMetadata?: {
        readonly annotations?: { readonly [key: string]: string };
        readonly labels?: { readonly [key: string]: string };
      };
      readonly activeService: string;
      readonly antiAffinity?: {
        readonly preferredDuringSchedulingIgnoredDuringExecution?: {
          readonly weight: number;
        };
        readonly requiredDuringSchedulingIgnoredDuringExecution?: Fields;
      };
      readonly autoPromotionEnabled?: boolean;
      readonly autoPromotionSeconds?: number;
      readonly maxUnavailable?: number | string;
      readonly postPromotionAnalysis?: {
        readonly analysisRunMetadata?: {
          readonly annotations?: { readonly [key: string]: string };
          readonly labels?: { readonly [key: string]: string };
        };
        readonly args?: readonly {
          readonly name: string;
          readonly value?: string;
          readonly valueFrom?: {
            readonly fieldRef?: {
              readonly fieldPath: string;
            };
            readonly podTemplateHashValue?: string;
          };
        }[];
        readonly dryRun?: readonly {
          readonly metricName: string;
        }[];
        readonly measurementRetention?: readonly {
          readonly limit: number;
          readonly metricName: string;
        }[];
        readonly templates?: readonly {
          readonly clusterScope?: boolean;
          readonly templateName?: string;
        }[];
      };
      readonly prePromotionAnalysis?: {
        readonly analysisRunMetadata?: {
          readonly annotations?: { readonly [key: string]: string };
          readonly labels?: { readonly [key: string]: string };
        };
        readonly args?: readonly {
          readonly name: string;
          readonly value?: string;
          readonly valueFrom?: {
            readonly fieldRef?: {
              readonly fieldPath: string;
            };
            readonly podTemplateHashValue?: string;
          };
        }[];
        readonly dryRun?: readonly {
          readonly metricName: string;
        }[];
        readonly measurementRetention?: readonly {
          readonly limit: number;
          readonly metricName: string;
        }[];
        readonly templates?: readonly {
          readonly clusterScope?: boolean;
          readonly templateName?: string;
        }[];
      };
      readonly previewMetadata?: {
        readonly annotations?: { readonly [key: string]: string };
        readonly labels?: { readonly [key: string]: string };
      };
      readonly previewReplicaCount?: number;
      readonly previewService?: string;
      readonly scaleDownDelayRevisionLimit?: number;
      readonly scaleDownDelaySeconds?: number;
    };
    readonly canary?: {
      readonly abortScaleDownDelaySeconds?: number;
      readonly analysis?: {
        readonly analysisRunMetadata?: {
          readonly annotations?: { readonly [key: string]: string };
          readonly labels?: { readonly [key: string]: string };
        };
        readonly args?: readonly {
          readonly name: string;
          readonly value?: string;
          readonly valueFrom?: {
            readonly fieldRef?: {
              readonly fieldPath: string;
            };
            readonly podTemplateHashValue?: string;
          };
        }[];
        readonly dryRun?: readonly {
          readonly metricName: string;
        }[];
        readonly measurementRetention?: readonly {
          readonly limit: number;
          readonly metricName: string;
        }[];
        readonly startingStep?: number;
        readonly templates?: readonly {
          readonly clusterScope?: boolean;
          readonly templateName?: string;
        }[];
      };
      readonly antiAffinity?: {
        readonly preferredDuringSchedulingIgnoredDuringExecution?: {
          readonly weight: number;
        };
        readonly requiredDuringSchedulingIgnoredDuringExecution?: Fields;
      };
      readonly canaryMetadata?: {
        readonly annotations?: { readonly [key: string]: string };
        readonly labels?: { readonly [key: string]: string };
      };
      readonly canaryService?: string;
      readonly dynamicStableScale?: boolean;
      readonly maxSurge?: number | string;
      readonly maxUnavailable?: number | string;
      readonly minPodsPerReplicaSet?: number;
      readonly pingPong?: {
        readonly pingService: string;
        readonly pongService: string;
      };
      readonly replicaProgressThreshold?: {
        readonly type: string;
        readonly value: number;
      };
      readonly scaleDownDelayRevisionLimit?: number;
      readonly scaleDownDelaySeconds?: number;
      readonly stableMetadata?: {
        readonly annotations?: { readonly [key: string]: string };
        readonly labels?: { readonly [key: string]: string };
      };
      readonly stableService?: string;
      readonly steps?: readonly {
        readonly analysis?: {
          readonly analysisRunMetadata?: {
            readonly annotations?: { readonly [key: string]: string };
            readonly labels?: { readonly [key: string]: string };
          };
          readonly args?: readonly {
            readonly name: string;
            readonly value?: string;
            readonly valueFrom?: {
              readonly fieldRef?: {
                readonly fieldPath: string;
              };
              readonly podTemplateHashValue?: string;
            };
          }[];
          readonly dryRun?: readonly {
            readonly metricName: string;
          }[];
          readonly measurementRetention?: readonly {
            readonly limit: number;
            readonly metricName: string;
          }[];
          readonly templates?: readonly {
            readonly clusterScope?: boolean;
            readonly templateName?: string;
          }[];
        };
        readonly experiment?: {
          readonly analyses?: readonly {
            readonly args?: readonly {
              readonly name: string;
              readonly value?: string;
              readonly valueFrom?: {
                readonly fieldRef?: {
                  readonly fieldPath: string;
                };
                readonly podTemplateHashValue?: string;
              };
            }[];
            readonly clusterScope?: boolean;
            readonly name: string;
            readonly requiredForCompletion?: boolean;
            readonly templateName: string;
          }[];
          readonly analysisRunMetadata?: {
            readonly annotations?: { readonly [key: string]: string };
            readonly labels?: { readonly [key: string]: string };
          };
          readonly dryRun?: readonly {
            readonly metricName: string;
          }[];
          readonly duration?: string;
          readonly scaleDownDelaySeconds?: number;
          readonly templates: readonly {
            readonly metadata?: {
              readonly annotations?: { readonly [key: string]: string };
              readonly labels?: { readonly [key: string]: string };
            };
            readonly name: string;
            readonly replicas?: number;
            readonly selector?: {
              readonly matchExpressions?: readonly {
                readonly key: string;
                readonly operator: string;
                readonly values?: readonly string[];
              }[];
              readonly matchLabels?: { readonly [key: string]: string };
            };
            readonly service?: {
              readonly name?: string;
            };
            readonly specRef: string;
            readonly weight?: number;
          }[];
        };
        readonly pause?: {
          readonly duration?: number | string;
        };
        readonly plugin?: {
          readonly config?: Fields;
          readonly name: string;
        };
        readonly setCanaryScale?: {
          readonly matchTrafficWeight?: boolean;
          readonly replicas?: number;
          readonly weight?: number;
        };
        readonly setHeaderRoute?: {
          readonly match?: readonly {
            readonly headerName: string;
            readonly headerValue: {
              readonly exact?: string;
              readonly prefix?: string;
              readonly regex?: string;
            };
          }[];
          readonly name?: string;
        };
        readonly setMirrorRoute?: {
          readonly match?: readonly {
            readonly headers?: { readonly [key: string]: {
              readonly exact?: string;
              readonly prefix?: string;
              readonly regex?: string;
            } };
            readonly method?: {
              readonly exact?: string;
              readonly prefix?: string;
              readonly regex?: string;
            };
            readonly path?: {
              readonly exact?: string;
              readonly prefix?: string;
              readonly regex?: string;
            };
          }[];
          readonly name: string;
          readonly percentage?: number;
        };
        readonly setWeight?: number;
      }[];
      readonly trafficRouting?: {
        readonly alb?: {
          readonly annotationPrefix?: string;
          readonly ingress?: string;
          readonly ingresses?: readonly string[];
          readonly rootService?: string;
          readonly servicePort: number;
          readonly stickinessConfig?: {
            readonly durationSeconds: number;
            readonly enabled: boolean;
          };
        };
        readonly ambassador?: {
          readonly mappings: readonly string[];
        };
        readonly apisix?: {
          readonly route?: {
            readonly name: string;
            readonly rules?: readonly string[];
          };
        };
        readonly appMesh?: {
          readonly virtualNodeGroup?: {
            readonly canaryVirtualNodeRef: {
              readonly name: string;
            };
            readonly stableVirtualNodeRef: {
              readonly name: string;
            };
          };
          readonly virtualService?: {
            readonly name: string;
            readonly routes?: readonly string[];
          };
        };
        readonly istio?: {
          readonly destinationRule?: {
            readonly additionalSubsetNames?: readonly string[];
            readonly canarySubsetName: string;
            readonly name: string;
            readonly stableSubsetName: string;
          };
          readonly virtualService?: {
            readonly name: string;
            readonly routes?: readonly string[];
            readonly tcpRoutes?: readonly {
              readonly port?: number;
            }[];
            readonly tlsRoutes?: readonly {
              readonly port?: number;
              readonly sniHosts?: readonly string[];
            }[];
          };
          readonly virtualServices?: readonly {
            readonly name: string;
            readonly routes?: readonly string[];
            readonly tcpRoutes?: readonly {
              readonly port?: number;
            }[];
            readonly tlsRoutes?: readonly {
              readonly port?: number;
              readonly sniHosts?: readonly string[];
            }[];
          }[];
        };
        readonly managedRoutes?: readonly {
          readonly name: string;
        }[];
        readonly maxTrafficWeight?: number;
        readonly nginx?: {
          readonly additionalIngressAnnotations?: { readonly [key: string]: string };
          readonly annotationPrefix?: string;
          readonly canaryIngressAnnotations?: { readonly [key: string]: string };
          readonly stableIngress?: string;
          readonly stableIngresses?: readonly string[];
        };
        readonly plugins?: Fields;
        readonly smi?: {
          readonly rootService?: string;
          readonly trafficSplitName?: string;
        };
        readonly traefik?: {
          readonly weightedTraefikServiceName: string;
        };
      };
    };
  };
  readonly template?: Fields;
  readonly workloadRef?: {
    readonly apiVersion?: string;
    readonly kind?: string;
    readonly name?: string;
    readonly scaleDown?: string;
  };
};

/** `spec` of flagger.app/v1beta1 Canary. */
export type CanarySpec = {
  readonly provider?: string;
  readonly metricsServer?: string;
  readonly progressDeadlineSeconds?: number;
  readonly targetRef: {
    readonly apiVersion: string;
    readonly kind: 'DaemonSet' | 'Deployment' | 'Service';
    readonly name: string;
  };
  readonly autoscalerRef?: {
    readonly apiVersion: string;
    readonly kind: 'HorizontalPodAutoscaler' | 'ScaledObject';
    readonly name: string;
    readonly primaryScalerQueries?: { readonly [key: string]: string };
    readonly primaryScalerReplicas?: {
      readonly minReplicas?: number;
      readonly maxReplicas?: number;
    };
  };
  readonly ingressRef?: {
    readonly apiVersion: string;
    readonly kind: 'Ingress';
    readonly name: string;
  };
  readonly routeRef?: {
    readonly apiVersion: string;
    readonly kind: 'ApisixRoute';
    readonly name: string;
  };
  readonly upstreamRef?: {
    readonly apiVersion: string;
    readonly kind: 'Upstream';
    readonly name: string;
    readonly namespace?: string;
  };
  readonly service: {
    readonly name?: string;
    readonly port: number;
    readonly portName?: string;
    readonly appProtocol?: string;
    readonly targetPort?: number | string;
    readonly portDiscovery?: boolean;
    readonly timeout?: string;
    readonly meshName?: string;
    readonly backends?: readonly string[];
    readonly hosts?: readonly string[];
    readonly delegation?: boolean;
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
    readonly retries?: {
      readonly attempts?: number;
      readonly perTryTimeout?: string;
      readonly retryOn?: string;
    };
    readonly rewrite?: {
      readonly uri?: string;
      readonly authority?: string;
      readonly type?: string;
    };
    readonly mirror?: readonly {
      readonly backendRef?: {
        readonly group?: string;
        readonly kind?: string;
        readonly name: string;
        readonly namespace?: string;
        readonly port?: number;
      };
    }[];
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
    readonly gateways?: readonly string[];
    readonly gatewayRefs?: readonly {
      readonly group?: string;
      readonly kind?: string;
      readonly name: string;
      readonly namespace?: string;
      readonly sectionName?: string;
      readonly port?: number;
    }[];
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
    };
    readonly trafficPolicy?: {
      readonly connectionPool?: {
        readonly http?: {
          readonly h2UpgradePolicy?: 'DEFAULT' | 'DO_NOT_UPGRADE' | 'UPGRADE';
          readonly http1MaxPendingRequests?: number;
          readonly http2MaxRequests?: number;
          readonly idleTimeout?: string;
          readonly maxRequestsPerConnection?: number;
          readonly maxRetries?: number;
        };
      };
      readonly loadBalancer?: {
        readonly consistentHash?: {
          readonly httpCookie?: {
            readonly name?: string;
            readonly path?: string;
            readonly ttl?: string;
          };
          readonly httpHeaderName?: string;
          readonly httpQueryParameterName?: string;
          readonly minimumRingSize?: number;
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
        };
        readonly simple?: 'ROUND_ROBIN' | 'LEAST_CONN' | 'RANDOM' | 'PASSTHROUGH' | 'LEAST_REQUEST';
        readonly warmupDurationSecs?: string;
      };
      readonly outlierDetection?: {
        readonly baseEjectionTime?: string;
        readonly consecutive5xxErrors?: number;
        readonly consecutiveErrors?: number;
        readonly consecutiveGatewayErrors?: number;
        readonly interval?: string;
        readonly maxEjectionPercent?: number;
        readonly minHealthPercent?: number;
      };
      readonly tls?: {
        readonly caCertificates?: string;
        readonly clientCertificate?: string;
        readonly mode?: 'DISABLE' | 'SIMPLE' | 'MUTUAL' | 'ISTIO_MUTUAL';
        readonly privateKey?: string;
        readonly sni?: string;
        readonly subjectAltNames?: readonly string[];
      };
    };
    readonly apex?: {
      readonly labels?: { readonly [key: string]: string };
      readonly annotations?: { readonly [key: string]: string };
    };
    readonly primary?: {
      readonly labels?: { readonly [key: string]: string };
      readonly annotations?: { readonly [key: string]: string };
    };
    readonly canary?: {
      readonly labels?: { readonly [key: string]: string };
      readonly annotations?: { readonly [key: string]: string };
    };
  };
  readonly skipAnalysis?: boolean;
  readonly revertOnDeletion?: boolean;
  readonly suspend?: boolean;
  readonly analysis: {
    readonly interval?: string;
    readonly iterations?: number;
    readonly threshold?: number;
    readonly maxWeight?: number;
    readonly stepWeight?: number;
    readonly stepWeights?: readonly number[];
    readonly stepWeightPromotion?: number;
    readonly mirror?: boolean;
    readonly mirrorWeight?: number;
    readonly primaryReadyThreshold?: number;
    readonly canaryReadyThreshold?: number;
    readonly match?: readonly {
      readonly headers?: { readonly [key: string]: {
        readonly exact?: string;
        readonly prefix?: string;
        readonly suffix?: string;
        readonly regex?: string;
      } };
      readonly queryParams?: { readonly [key: string]: {
        readonly exact?: string;
        readonly prefix?: string;
        readonly regex?: string;
      } };
      readonly sourceLabels?: { readonly [key: string]: string };
    }[];
    readonly metrics?: readonly {
      readonly name: string;
      readonly interval?: string;
      readonly threshold?: number;
      readonly thresholdRange?: {
        readonly min?: number;
        readonly max?: number;
      };
      readonly query?: string;
      readonly templateRef?: {
        readonly name: string;
        readonly namespace?: string;
      };
      readonly templateVariables?: { readonly [key: string]: string };
    }[];
    readonly alerts?: readonly {
      readonly name: string;
      readonly severity?: '' | 'info' | 'warn' | 'error';
      readonly providerRef: {
        readonly name: string;
        readonly namespace?: string;
      };
    }[];
    readonly webhooks?: readonly {
      readonly name: string;
      readonly type?: '' | 'confirm-rollout' | 'pre-rollout' | 'rollout' | 'confirm-promotion' | 'post-rollout' | 'event' | 'rollback' | 'confirm-traffic-increase';
      readonly muteAlert?: boolean;
      readonly url: string;
      readonly timeout?: string;
      readonly retries?: number;
      readonly metadata?: { readonly [key: string]: string };
    }[];
    readonly sessionAffinity?: {
      readonly cookieName: string;
      readonly maxAge?: number;
    };
  };
};

/** `spec` of flagger.app/v1beta1 MetricTemplate. */
export type MetricTemplateSpec = {
  readonly provider: {
    readonly type: 'prometheus' | 'influxdb' | 'datadog' | 'stackdriver' | 'cloudwatch' | 'newrelic' | 'graphite' | 'dynatrace';
    readonly address?: string;
    readonly secretRef?: {
      readonly name: string;
    };
    readonly region?: string;
    readonly insecureSkipVerify?: boolean;
  };
  readonly query: string;
};
