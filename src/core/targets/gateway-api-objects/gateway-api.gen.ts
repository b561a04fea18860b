/** Types of the Gateway API, written from its CRDs (npm run generate:native). */

/** `spec` of gateway.networking.k8s.io/v1 BackendTLSPolicy. */
export type BackendTLSPolicySpec = {
  readonly options?: { readonly [key: string]: string };
  readonly targetRefs: readonly {
    readonly group: string;
    readonly kind: string;
    readonly name: string;
    readonly sectionName?: string;
  }[];
  readonly validation: {
    readonly caCertificateRefs?: readonly {
      readonly group: string;
      readonly kind: string;
      readonly name: string;
    }[];
    readonly hostname: string;
    readonly subjectAltNames?: readonly {
      readonly hostname?: string;
      readonly type: 'Hostname' | 'URI';
      readonly uri?: string;
    }[];
    readonly wellKnownCACertificates?: string;
  };
};

/** `spec` of gateway.networking.k8s.io/v1 GRPCRoute. */
export type GRPCRouteSpec = {
  readonly hostnames?: readonly string[];
  readonly parentRefs?: readonly {
    readonly group?: string;
    readonly kind?: string;
    readonly name: string;
    readonly namespace?: string;
    readonly port?: number;
    readonly sectionName?: string;
  }[];
  readonly rules?: readonly {
    readonly backendRefs?: readonly {
      readonly filters?: readonly {
        readonly extensionRef?: {
          readonly group: string;
          readonly kind: string;
          readonly name: string;
        };
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
            readonly group?: string;
            readonly kind?: string;
            readonly name: string;
            readonly namespace?: string;
            readonly port?: number;
          };
          readonly fraction?: {
            readonly denominator?: number;
            readonly numerator: number;
          };
          readonly percent?: number;
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
        readonly type: 'ResponseHeaderModifier' | 'RequestHeaderModifier' | 'RequestMirror' | 'ExtensionRef';
      }[];
      readonly group?: string;
      readonly kind?: string;
      readonly name: string;
      readonly namespace?: string;
      readonly port?: number;
      readonly weight?: number;
    }[];
    readonly filters?: readonly {
      readonly extensionRef?: {
        readonly group: string;
        readonly kind: string;
        readonly name: string;
      };
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
          readonly group?: string;
          readonly kind?: string;
          readonly name: string;
          readonly namespace?: string;
          readonly port?: number;
        };
        readonly fraction?: {
          readonly denominator?: number;
          readonly numerator: number;
        };
        readonly percent?: number;
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
      readonly type: 'ResponseHeaderModifier' | 'RequestHeaderModifier' | 'RequestMirror' | 'ExtensionRef';
    }[];
    readonly matches?: readonly {
      readonly headers?: readonly {
        readonly name: string;
        readonly type?: 'Exact' | 'RegularExpression';
        readonly value: string;
      }[];
      readonly method?: {
        readonly method?: string;
        readonly service?: string;
        readonly type?: 'Exact' | 'RegularExpression';
      };
    }[];
    readonly name?: string;
    readonly sessionPersistence?: {
      readonly absoluteTimeout?: string;
      readonly cookieConfig?: {
        readonly lifetimeType?: 'Permanent' | 'Session';
      };
      readonly sessionName?: string;
      readonly type?: 'Cookie' | 'Header';
    };
  }[];
  readonly useDefaultGateways?: 'All' | 'None';
};

/** `spec` of gateway.networking.k8s.io/v1 Gateway. */
export type GatewaySpec = {
  readonly addresses?: readonly {
    readonly type?: string;
    readonly value?: string;
  }[];
  readonly allowedListeners?: {
    readonly namespaces?: {
      readonly from?: 'All' | 'Selector' | 'Same' | 'None';
      readonly selector?: {
        readonly matchExpressions?: readonly {
          readonly key: string;
          readonly operator: string;
          readonly values?: readonly string[];
        }[];
        readonly matchLabels?: { readonly [key: string]: string };
      };
    };
  };
  readonly defaultScope?: 'All' | 'None';
  readonly gatewayClassName: string;
  readonly infrastructure?: {
    readonly annotations?: { readonly [key: string]: string };
    readonly labels?: { readonly [key: string]: string };
    readonly parametersRef?: {
      readonly group: string;
      readonly kind: string;
      readonly name: string;
    };
  };
  readonly listeners: readonly {
    readonly allowedRoutes?: {
      readonly kinds?: readonly {
        readonly group?: string;
        readonly kind: string;
      }[];
      readonly namespaces?: {
        readonly from?: 'All' | 'Selector' | 'Same';
        readonly selector?: {
          readonly matchExpressions?: readonly {
            readonly key: string;
            readonly operator: string;
            readonly values?: readonly string[];
          }[];
          readonly matchLabels?: { readonly [key: string]: string };
        };
      };
    };
    readonly hostname?: string;
    readonly name: string;
    readonly port: number;
    readonly protocol: string;
    readonly tls?: {
      readonly certificateRefs?: readonly {
        readonly group?: string;
        readonly kind?: string;
        readonly name: string;
        readonly namespace?: string;
      }[];
      readonly mode?: 'Terminate' | 'Passthrough';
      readonly options?: { readonly [key: string]: string };
    };
  }[];
  readonly tls?: {
    readonly backend?: {
      readonly clientCertificateRef?: {
        readonly group?: string;
        readonly kind?: string;
        readonly name: string;
        readonly namespace?: string;
      };
    };
    readonly frontend?: {
      readonly default: {
        readonly validation?: {
          readonly caCertificateRefs: readonly {
            readonly group: string;
            readonly kind: string;
            readonly name: string;
            readonly namespace?: string;
          }[];
          readonly mode?: 'AllowValidOnly' | 'AllowInsecureFallback';
        };
      };
      readonly perPort?: readonly {
        readonly port: number;
        readonly tls: {
          readonly validation?: {
            readonly caCertificateRefs: readonly {
              readonly group: string;
              readonly kind: string;
              readonly name: string;
              readonly namespace?: string;
            }[];
            readonly mode?: 'AllowValidOnly' | 'AllowInsecureFallback';
          };
        };
      }[];
    };
  };
};

/** `spec` of gateway.networking.k8s.io/v1 HTTPRoute. */
export type HTTPRouteSpec = {
  readonly hostnames?: readonly string[];
  readonly parentRefs?: readonly {
    readonly group?: string;
    readonly kind?: string;
    readonly name: string;
    readonly namespace?: string;
    readonly port?: number;
    readonly sectionName?: string;
  }[];
  readonly rules?: readonly {
    readonly backendRefs?: readonly {
      readonly filters?: readonly {
        readonly cors?: {
          readonly allowCredentials?: boolean;
          readonly allowHeaders?: readonly string[];
          readonly allowMethods?: readonly ('GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'CONNECT' | 'OPTIONS' | 'TRACE' | 'PATCH' | '*')[];
          readonly allowOrigins?: readonly string[];
          readonly exposeHeaders?: readonly string[];
          readonly maxAge?: number;
        };
        readonly extensionRef?: {
          readonly group: string;
          readonly kind: string;
          readonly name: string;
        };
        readonly externalAuth?: {
          readonly backendRef: {
            readonly group?: string;
            readonly kind?: string;
            readonly name: string;
            readonly namespace?: string;
            readonly port?: number;
          };
          readonly forwardBody?: {
            readonly maxSize?: number;
          };
          readonly grpc?: {
            readonly allowedHeaders?: readonly string[];
          };
          readonly http?: {
            readonly allowedHeaders?: readonly string[];
            readonly allowedResponseHeaders?: readonly string[];
            readonly path?: string;
          };
          readonly protocol: 'HTTP' | 'GRPC';
        };
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
            readonly group?: string;
            readonly kind?: string;
            readonly name: string;
            readonly namespace?: string;
            readonly port?: number;
          };
          readonly fraction?: {
            readonly denominator?: number;
            readonly numerator: number;
          };
          readonly percent?: number;
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
        readonly type: 'RequestHeaderModifier' | 'ResponseHeaderModifier' | 'RequestMirror' | 'RequestRedirect' | 'URLRewrite' | 'ExtensionRef' | 'CORS' | 'ExternalAuth';
        readonly urlRewrite?: {
          readonly hostname?: string;
          readonly path?: {
            readonly replaceFullPath?: string;
            readonly replacePrefixMatch?: string;
            readonly type: 'ReplaceFullPath' | 'ReplacePrefixMatch';
          };
        };
      }[];
      readonly group?: string;
      readonly kind?: string;
      readonly name: string;
      readonly namespace?: string;
      readonly port?: number;
      readonly weight?: number;
    }[];
    readonly filters?: readonly {
      readonly cors?: {
        readonly allowCredentials?: boolean;
        readonly allowHeaders?: readonly string[];
        readonly allowMethods?: readonly ('GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'CONNECT' | 'OPTIONS' | 'TRACE' | 'PATCH' | '*')[];
        readonly allowOrigins?: readonly string[];
        readonly exposeHeaders?: readonly string[];
        readonly maxAge?: number;
      };
      readonly extensionRef?: {
        readonly group: string;
        readonly kind: string;
        readonly name: string;
      };
      readonly externalAuth?: {
        readonly backendRef: {
          readonly group?: string;
          readonly kind?: string;
          readonly name: string;
          readonly namespace?: string;
          readonly port?: number;
        };
        readonly forwardBody?: {
          readonly maxSize?: number;
        };
        readonly grpc?: {
          readonly allowedHeaders?: readonly string[];
        };
        readonly http?: {
          readonly allowedHeaders?: readonly string[];
          readonly allowedResponseHeaders?: readonly string[];
          readonly path?: string;
        };
        readonly protocol: 'HTTP' | 'GRPC';
      };
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
          readonly group?: string;
          readonly kind?: string;
          readonly name: string;
          readonly namespace?: string;
          readonly port?: number;
        };
        readonly fraction?: {
          readonly denominator?: number;
          readonly numerator: number;
        };
        readonly percent?: number;
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
      readonly type: 'RequestHeaderModifier' | 'ResponseHeaderModifier' | 'RequestMirror' | 'RequestRedirect' | 'URLRewrite' | 'ExtensionRef' | 'CORS' | 'ExternalAuth';
      readonly urlRewrite?: {
        readonly hostname?: string;
        readonly path?: {
          readonly replaceFullPath?: string;
          readonly replacePrefixMatch?: string;
          readonly type: 'ReplaceFullPath' | 'ReplacePrefixMatch';
        };
      };
    }[];
    readonly matches?: readonly {
      readonly headers?: readonly {
        readonly name: string;
        readonly type?: 'Exact' | 'RegularExpression';
        readonly value: string;
      }[];
      readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'CONNECT' | 'OPTIONS' | 'TRACE' | 'PATCH';
      readonly path?: {
        readonly type?: 'Exact' | 'PathPrefix' | 'RegularExpression';
        readonly value?: string;
      };
      readonly queryParams?: readonly {
        readonly name: string;
        readonly type?: 'Exact' | 'RegularExpression';
        readonly value: string;
      }[];
    }[];
    readonly name?: string;
    readonly retry?: {
      readonly attempts?: number;
      readonly backoff?: string;
      readonly codes?: readonly number[];
    };
    readonly sessionPersistence?: {
      readonly absoluteTimeout?: string;
      readonly cookieConfig?: {
        readonly lifetimeType?: 'Permanent' | 'Session';
      };
      readonly sessionName?: string;
      readonly type?: 'Cookie' | 'Header';
    };
    readonly timeouts?: {
      readonly backendRequest?: string;
      readonly request?: string;
    };
  }[];
  readonly useDefaultGateways?: 'All' | 'None';
};

/** `spec` of gateway.networking.k8s.io/v1 ListenerSet. */
export type ListenerSetSpec = {
  readonly listeners: readonly {
    readonly allowedRoutes?: {
      readonly kinds?: readonly {
        readonly group?: string;
        readonly kind: string;
      }[];
      readonly namespaces?: {
        readonly from?: 'All' | 'Selector' | 'Same';
        readonly selector?: {
          readonly matchExpressions?: readonly {
            readonly key: string;
            readonly operator: string;
            readonly values?: readonly string[];
          }[];
          readonly matchLabels?: { readonly [key: string]: string };
        };
      };
    };
    readonly hostname?: string;
    readonly name: string;
    readonly port: number;
    readonly protocol: string;
    readonly tls?: {
      readonly certificateRefs?: readonly {
        readonly group?: string;
        readonly kind?: string;
        readonly name: string;
        readonly namespace?: string;
      }[];
      readonly mode?: 'Terminate' | 'Passthrough';
      readonly options?: { readonly [key: string]: string };
    };
  }[];
  readonly parentRef: {
    readonly group?: string;
    readonly kind?: string;
    readonly name: string;
    readonly namespace?: string;
  };
};

/** `spec` of gateway.networking.k8s.io/v1 TCPRoute. */
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
    readonly backendRefs: readonly {
      readonly group?: string;
      readonly kind?: string;
      readonly name: string;
      readonly namespace?: string;
      readonly port?: number;
      readonly weight?: number;
    }[];
    readonly name?: string;
  }[];
  readonly useDefaultGateways?: 'All' | 'None';
};

/** `spec` of gateway.networking.k8s.io/v1 TLSRoute. */
export type TLSRouteSpec = {
  readonly hostnames: readonly string[];
  readonly parentRefs?: readonly {
    readonly group?: string;
    readonly kind?: string;
    readonly name: string;
    readonly namespace?: string;
    readonly port?: number;
    readonly sectionName?: string;
  }[];
  readonly rules: readonly {
    readonly backendRefs: readonly {
      readonly group?: string;
      readonly kind?: string;
      readonly name: string;
      readonly namespace?: string;
      readonly port?: number;
      readonly weight?: number;
    }[];
    readonly name?: string;
  }[];
  readonly useDefaultGateways?: 'All' | 'None';
};

/** `spec` of gateway.networking.k8s.io/v1beta1 ReferenceGrant. */
export type ReferenceGrantSpec = {
  readonly from: readonly {
    readonly group: string;
    readonly kind: string;
    readonly namespace: string;
  }[];
  readonly to: readonly {
    readonly group: string;
    readonly kind: string;
    readonly name?: string;
  }[];
};
