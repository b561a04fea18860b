/** Types of Cilium, written from its CRDs (npm run generate:native). */

/** `spec` of cilium.io/v2 CiliumNetworkPolicy. */
export type CiliumNetworkPolicySpec = {
  readonly description?: string;
  readonly egress?: readonly {
    readonly authentication?: {
      readonly mode: 'disabled' | 'required' | 'test-always-fail';
    };
    readonly icmps?: readonly {
      readonly fields?: readonly {
        readonly family?: 'IPv4' | 'IPv6';
        readonly type: number | string;
      }[];
    }[];
    readonly toCIDR?: readonly string[];
    readonly toCIDRSet?: readonly {
      readonly cidr?: string;
      readonly cidrGroupRef?: string;
      readonly cidrGroupSelector?: {
        readonly matchExpressions?: readonly {
          readonly key: string;
          readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
          readonly values?: readonly string[];
        }[];
        readonly matchLabels?: { readonly [key: string]: string };
      };
      readonly except?: readonly string[];
    }[];
    readonly toEndpoints?: readonly {
      readonly matchExpressions?: readonly {
        readonly key: string;
        readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
        readonly values?: readonly string[];
      }[];
      readonly matchLabels?: { readonly [key: string]: string };
    }[];
    readonly toEntities?: readonly ('all' | 'world' | 'cluster' | 'host' | 'init' | 'ingress' | 'unmanaged' | 'remote-node' | 'health' | 'none' | 'kube-apiserver')[];
    readonly toFQDNs?: readonly {
      readonly matchName?: string;
      readonly matchPattern?: string;
    }[];
    readonly toGroups?: readonly {
      readonly aws?: {
        readonly labels?: { readonly [key: string]: string };
        readonly region?: string;
        readonly securityGroupsIds?: readonly string[];
        readonly securityGroupsNames?: readonly string[];
      };
    }[];
    readonly toNodes?: readonly {
      readonly matchExpressions?: readonly {
        readonly key: string;
        readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
        readonly values?: readonly string[];
      }[];
      readonly matchLabels?: { readonly [key: string]: string };
    }[];
    readonly toPorts?: readonly {
      readonly listener?: {
        readonly envoyConfig: {
          readonly kind?: 'CiliumEnvoyConfig' | 'CiliumClusterwideEnvoyConfig';
          readonly name: string;
        };
        readonly name: string;
        readonly priority?: number;
      };
      readonly originatingTLS?: {
        readonly certificate?: string;
        readonly privateKey?: string;
        readonly secret: {
          readonly name: string;
          readonly namespace?: string;
        };
        readonly trustedCA?: string;
      };
      readonly ports?: readonly {
        readonly endPort?: number;
        readonly port: string;
        readonly protocol?: 'TCP' | 'UDP' | 'SCTP' | 'ANY';
      }[];
      readonly rules?: {
        readonly dns?: readonly {
          readonly matchName?: string;
          readonly matchPattern?: string;
        }[];
        readonly http?: readonly {
          readonly headerMatches?: readonly {
            readonly mismatch?: 'LOG' | 'ADD' | 'DELETE' | 'REPLACE';
            readonly name: string;
            readonly secret?: {
              readonly name: string;
              readonly namespace?: string;
            };
            readonly value?: string;
          }[];
          readonly headers?: readonly string[];
          readonly host?: string;
          readonly method?: string;
          readonly path?: string;
        }[];
        readonly kafka?: readonly {
          readonly apiKey?: string;
          readonly apiVersion?: string;
          readonly clientID?: string;
          readonly role?: 'produce' | 'consume';
          readonly topic?: string;
        }[];
        readonly l7?: readonly { readonly [key: string]: string }[];
        readonly l7proto?: string;
      };
      readonly serverNames?: readonly string[];
      readonly terminatingTLS?: {
        readonly certificate?: string;
        readonly privateKey?: string;
        readonly secret: {
          readonly name: string;
          readonly namespace?: string;
        };
        readonly trustedCA?: string;
      };
    }[];
    readonly toRequires?: readonly {
      readonly matchExpressions?: readonly {
        readonly key: string;
        readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
        readonly values?: readonly string[];
      }[];
      readonly matchLabels?: { readonly [key: string]: string };
    }[];
    readonly toServices?: readonly {
      readonly k8sService?: {
        readonly namespace?: string;
        readonly serviceName?: string;
      };
      readonly k8sServiceSelector?: {
        readonly namespace?: string;
        readonly selector: {
          readonly matchExpressions?: readonly {
            readonly key: string;
            readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
            readonly values?: readonly string[];
          }[];
          readonly matchLabels?: { readonly [key: string]: string };
        };
      };
    }[];
  }[];
  readonly egressDeny?: readonly {
    readonly icmps?: readonly {
      readonly fields?: readonly {
        readonly family?: 'IPv4' | 'IPv6';
        readonly type: number | string;
      }[];
    }[];
    readonly toCIDR?: readonly string[];
    readonly toCIDRSet?: readonly {
      readonly cidr?: string;
      readonly cidrGroupRef?: string;
      readonly cidrGroupSelector?: {
        readonly matchExpressions?: readonly {
          readonly key: string;
          readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
          readonly values?: readonly string[];
        }[];
        readonly matchLabels?: { readonly [key: string]: string };
      };
      readonly except?: readonly string[];
    }[];
    readonly toEndpoints?: readonly {
      readonly matchExpressions?: readonly {
        readonly key: string;
        readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
        readonly values?: readonly string[];
      }[];
      readonly matchLabels?: { readonly [key: string]: string };
    }[];
    readonly toEntities?: readonly ('all' | 'world' | 'cluster' | 'host' | 'init' | 'ingress' | 'unmanaged' | 'remote-node' | 'health' | 'none' | 'kube-apiserver')[];
    readonly toGroups?: readonly {
      readonly aws?: {
        readonly labels?: { readonly [key: string]: string };
        readonly region?: string;
        readonly securityGroupsIds?: readonly string[];
        readonly securityGroupsNames?: readonly string[];
      };
    }[];
    readonly toNodes?: readonly {
      readonly matchExpressions?: readonly {
        readonly key: string;
        readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
        readonly values?: readonly string[];
      }[];
      readonly matchLabels?: { readonly [key: string]: string };
    }[];
    readonly toPorts?: readonly {
      readonly ports?: readonly {
        readonly endPort?: number;
        readonly port: string;
        readonly protocol?: 'TCP' | 'UDP' | 'SCTP' | 'ANY';
      }[];
    }[];
    readonly toRequires?: readonly {
      readonly matchExpressions?: readonly {
        readonly key: string;
        readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
        readonly values?: readonly string[];
      }[];
      readonly matchLabels?: { readonly [key: string]: string };
    }[];
    readonly toServices?: readonly {
      readonly k8sService?: {
        readonly namespace?: string;
        readonly serviceName?: string;
      };
      readonly k8sServiceSelector?: {
        readonly namespace?: string;
        readonly selector: {
          readonly matchExpressions?: readonly {
            readonly key: string;
            readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
            readonly values?: readonly string[];
          }[];
          readonly matchLabels?: { readonly [key: string]: string };
        };
      };
    }[];
  }[];
  readonly enableDefaultDeny?: {
    readonly egress?: boolean;
    readonly ingress?: boolean;
  };
  readonly endpointSelector?: {
    readonly matchExpressions?: readonly {
      readonly key: string;
      readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
      readonly values?: readonly string[];
    }[];
    readonly matchLabels?: { readonly [key: string]: string };
  };
  readonly ingress?: readonly {
    readonly authentication?: {
      readonly mode: 'disabled' | 'required' | 'test-always-fail';
    };
    readonly fromCIDR?: readonly string[];
    readonly fromCIDRSet?: readonly {
      readonly cidr?: string;
      readonly cidrGroupRef?: string;
      readonly cidrGroupSelector?: {
        readonly matchExpressions?: readonly {
          readonly key: string;
          readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
          readonly values?: readonly string[];
        }[];
        readonly matchLabels?: { readonly [key: string]: string };
      };
      readonly except?: readonly string[];
    }[];
    readonly fromEndpoints?: readonly {
      readonly matchExpressions?: readonly {
        readonly key: string;
        readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
        readonly values?: readonly string[];
      }[];
      readonly matchLabels?: { readonly [key: string]: string };
    }[];
    readonly fromEntities?: readonly ('all' | 'world' | 'cluster' | 'host' | 'init' | 'ingress' | 'unmanaged' | 'remote-node' | 'health' | 'none' | 'kube-apiserver')[];
    readonly fromGroups?: readonly {
      readonly aws?: {
        readonly labels?: { readonly [key: string]: string };
        readonly region?: string;
        readonly securityGroupsIds?: readonly string[];
        readonly securityGroupsNames?: readonly string[];
      };
    }[];
    readonly fromNodes?: readonly {
      readonly matchExpressions?: readonly {
        readonly key: string;
        readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
        readonly values?: readonly string[];
      }[];
      readonly matchLabels?: { readonly [key: string]: string };
    }[];
    readonly fromRequires?: readonly {
      readonly matchExpressions?: readonly {
        readonly key: string;
        readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
        readonly values?: readonly string[];
      }[];
      readonly matchLabels?: { readonly [key: string]: string };
    }[];
    readonly icmps?: readonly {
      readonly fields?: readonly {
        readonly family?: 'IPv4' | 'IPv6';
        readonly type: number | string;
      }[];
    }[];
    readonly toPorts?: readonly {
      readonly listener?: {
        readonly envoyConfig: {
          readonly kind?: 'CiliumEnvoyConfig' | 'CiliumClusterwideEnvoyConfig';
          readonly name: string;
        };
        readonly name: string;
        readonly priority?: number;
      };
      readonly originatingTLS?: {
        readonly certificate?: string;
        readonly privateKey?: string;
        readonly secret: {
          readonly name: string;
          readonly namespace?: string;
        };
        readonly trustedCA?: string;
      };
      readonly ports?: readonly {
        readonly endPort?: number;
        readonly port: string;
        readonly protocol?: 'TCP' | 'UDP' | 'SCTP' | 'ANY';
      }[];
      readonly rules?: {
        readonly dns?: readonly {
          readonly matchName?: string;
          readonly matchPattern?: string;
        }[];
        readonly http?: readonly {
          readonly headerMatches?: readonly {
            readonly mismatch?: 'LOG' | 'ADD' | 'DELETE' | 'REPLACE';
            readonly name: string;
            readonly secret?: {
              readonly name: string;
              readonly namespace?: string;
            };
            readonly value?: string;
          }[];
          readonly headers?: readonly string[];
          readonly host?: string;
          readonly method?: string;
          readonly path?: string;
        }[];
        readonly kafka?: readonly {
          readonly apiKey?: string;
          readonly apiVersion?: string;
          readonly clientID?: string;
          readonly role?: 'produce' | 'consume';
          readonly topic?: string;
        }[];
        readonly l7?: readonly { readonly [key: string]: string }[];
        readonly l7proto?: string;
      };
      readonly serverNames?: readonly string[];
      readonly terminatingTLS?: {
        readonly certificate?: string;
        readonly privateKey?: string;
        readonly secret: {
          readonly name: string;
          readonly namespace?: string;
        };
        readonly trustedCA?: string;
      };
    }[];
  }[];
  readonly ingressDeny?: readonly {
    readonly fromCIDR?: readonly string[];
    readonly fromCIDRSet?: readonly {
      readonly cidr?: string;
      readonly cidrGroupRef?: string;
      readonly cidrGroupSelector?: {
        readonly matchExpressions?: readonly {
          readonly key: string;
          readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
          readonly values?: readonly string[];
        }[];
        readonly matchLabels?: { readonly [key: string]: string };
      };
      readonly except?: readonly string[];
    }[];
    readonly fromEndpoints?: readonly {
      readonly matchExpressions?: readonly {
        readonly key: string;
        readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
        readonly values?: readonly string[];
      }[];
      readonly matchLabels?: { readonly [key: string]: string };
    }[];
    readonly fromEntities?: readonly ('all' | 'world' | 'cluster' | 'host' | 'init' | 'ingress' | 'unmanaged' | 'remote-node' | 'health' | 'none' | 'kube-apiserver')[];
    readonly fromGroups?: readonly {
      readonly aws?: {
        readonly labels?: { readonly [key: string]: string };
        readonly region?: string;
        readonly securityGroupsIds?: readonly string[];
        readonly securityGroupsNames?: readonly string[];
      };
    }[];
    readonly fromNodes?: readonly {
      readonly matchExpressions?: readonly {
        readonly key: string;
        readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
        readonly values?: readonly string[];
      }[];
      readonly matchLabels?: { readonly [key: string]: string };
    }[];
    readonly fromRequires?: readonly {
      readonly matchExpressions?: readonly {
        readonly key: string;
        readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
        readonly values?: readonly string[];
      }[];
      readonly matchLabels?: { readonly [key: string]: string };
    }[];
    readonly icmps?: readonly {
      readonly fields?: readonly {
        readonly family?: 'IPv4' | 'IPv6';
        readonly type: number | string;
      }[];
    }[];
    readonly toPorts?: readonly {
      readonly ports?: readonly {
        readonly endPort?: number;
        readonly port: string;
        readonly protocol?: 'TCP' | 'UDP' | 'SCTP' | 'ANY';
      }[];
    }[];
  }[];
  readonly labels?: readonly {
    readonly key: string;
    readonly source?: string;
    readonly value?: string;
  }[];
  readonly log?: {
    readonly value?: string;
  };
  readonly nodeSelector?: {
    readonly matchExpressions?: readonly {
      readonly key: string;
      readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
      readonly values?: readonly string[];
    }[];
    readonly matchLabels?: { readonly [key: string]: string };
  };
};
