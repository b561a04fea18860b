import type { GatewaySpec, GRPCRouteSpec, HTTPRouteSpec } from './gateway-api.gen.ts';

type Item<T> = NonNullable<T> extends readonly (infer I)[] ? I : never;

/** Parts of objects by the names of the Gateway API. */
export type ParentRef = Item<HTTPRouteSpec['parentRefs']>;
export type HttpRule = Item<HTTPRouteSpec['rules']>;
export type HttpMatch = Item<HttpRule['matches']>;
export type HttpFilter = Item<HttpRule['filters']>;
export type HttpRewrite = NonNullable<HttpFilter['urlRewrite']>;
export type HttpCors = NonNullable<HttpFilter['cors']>;
export type HttpRetry = NonNullable<HttpRule['retry']>;
export type HeaderFilter = NonNullable<HttpFilter['requestHeaderModifier']>;
export type PathModifier = NonNullable<HttpRewrite['path']>;
export type GrpcRule = Item<GRPCRouteSpec['rules']>;
export type GrpcMatch = Item<GrpcRule['matches']>;
export type GrpcFilter = Item<GrpcRule['filters']>;
export type Listener = Item<GatewaySpec['listeners']>;

/** A reference to a Kubernetes Service with every default of the CRDs. */
export interface ServiceRef {
  readonly group: '';
  readonly kind: 'Service';
  readonly name: string;
  readonly namespace: string;
  readonly port: number;
}

/** A reference to a host outside the mesh, as Istio reads it: without a namespace. */
export interface HostnameRef {
  readonly group: 'networking.istio.io';
  readonly kind: 'Hostname';
  readonly name: string;
  readonly namespace?: never;
  readonly port: number;
}

/** A share of the requests. */
export type BackendRef = (ServiceRef | HostnameRef) & { readonly weight: number };
