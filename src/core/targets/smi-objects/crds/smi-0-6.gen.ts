/** Types of SMI 0.6, written from its CRDs (npm run generate:native). */

/** `spec` of access.smi-spec.io/v1alpha3 TrafficTarget. */
export type TrafficTargetSpec = {
  readonly destination: {
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  };
  readonly rules: readonly {
    readonly kind: 'HTTPRouteGroup' | 'TCPRoute' | 'UDPRoute';
    readonly name: string;
    readonly matches?: readonly string[];
  }[];
  readonly sources: readonly {
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  }[];
};

/** `spec` of specs.smi-spec.io/v1alpha4 HTTPRouteGroup. */
export type HTTPRouteGroupSpec = {
  readonly matches: readonly {
    readonly name: string;
    readonly pathRegex?: string;
    readonly methods?: readonly ('*' | 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE' | 'CONNECT' | 'OPTIONS' | 'TRACE' | 'PATCH')[];
    readonly headers?: readonly { readonly [key: string]: string }[];
  }[];
};

/** `spec` of specs.smi-spec.io/v1alpha4 TCPRoute. */
export type TCPRouteSpec = {
  readonly matches: {
    readonly ports: readonly number[];
  };
};

/** `spec` of split.smi-spec.io/v1alpha4 TrafficSplit. */
export type TrafficSplitSpec = {
  readonly service: string;
  readonly matches?: readonly {
    readonly kind: 'HTTPRouteGroup';
    readonly name: string;
  }[];
  readonly backends: readonly {
    readonly service: string;
    readonly weight: number;
  }[];
};
