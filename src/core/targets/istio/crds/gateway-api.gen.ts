/** Types of the Gateway API, written from its CRDs (npm run generate:native). */

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
