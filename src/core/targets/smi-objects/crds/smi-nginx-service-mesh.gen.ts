/** Types of SMI in NGINX Service Mesh, written from its CRDs (npm run generate:native). */

/** `spec` of access.smi-spec.io/v1alpha2 TrafficTarget. */
export type TrafficTargetSpec = {
  readonly destination: {
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
    readonly port?: number;
  };
  readonly rules?: readonly {
    readonly kind: string;
    readonly matches?: readonly string[];
    readonly name: string;
  }[];
  readonly sources?: readonly {
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
    readonly port?: number;
  }[];
};

/** `spec` of specs.smi-spec.io/v1alpha3 HTTPRouteGroup. */
export type HTTPRouteGroupSpec = {
  readonly matches?: readonly {
    readonly headers?: { readonly [key: string]: string };
    readonly methods?: readonly string[];
    readonly name?: string;
    readonly pathRegex?: string;
  }[];
};

/** `spec` of split.smi-spec.io/v1alpha3 TrafficSplit. */
export type TrafficSplitSpec = {
  readonly backends: readonly {
    readonly service: string;
    readonly weight: number;
  }[];
  readonly matches?: readonly {
    readonly apiGroup?: string;
    readonly kind: string;
    readonly name: string;
  }[];
  readonly service: string;
};
