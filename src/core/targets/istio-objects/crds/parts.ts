import type {
  AuthorizationPolicySpec,
  DestinationRuleSpec,
  EnvoyFilterSpec,
  GatewaySpec,
  RequestAuthenticationSpec,
  ServiceEntrySpec,
  TelemetrySpec,
  VirtualServiceSpec,
} from './istio.gen.ts';

type Item<T> = NonNullable<T> extends readonly (infer I)[] ? I : never;

/** Parts of objects by the names of Istio's API (`HTTPRoute`, `StringMatch`). */
export type HttpRoute = Item<VirtualServiceSpec['http']>;
export type HttpMatch = Item<HttpRoute['match']>;
export type StringMatch = NonNullable<HttpMatch['uri']>;
/** Conditions by the name of a header or query parameter. */
export type StringMatches = Readonly<Record<string, StringMatch>>;
export type HttpRedirect = NonNullable<HttpRoute['redirect']>;
export type HttpRewrite = NonNullable<HttpRoute['rewrite']>;
export type HttpRetry = NonNullable<HttpRoute['retries']>;
export type HttpFault = NonNullable<HttpRoute['fault']>;
export type CorsPolicy = NonNullable<HttpRoute['corsPolicy']>;
export type Headers = NonNullable<HttpRoute['headers']>;
export type HeaderOperations = NonNullable<Headers['request']>;
export type HttpRouteDestination = Item<HttpRoute['route']>;
export type Destination = HttpRouteDestination['destination'];
export type TlsRoute = Item<VirtualServiceSpec['tls']>;
export type TcpRoute = Item<VirtualServiceSpec['tcp']>;
export type RouteDestination = Item<TcpRoute['route']>;

export type Subset = Item<DestinationRuleSpec['subsets']>;
export type TrafficPolicy = NonNullable<DestinationRuleSpec['trafficPolicy']>;
export type ClientTls = NonNullable<TrafficPolicy['tls']>;
export type ConnectionPool = NonNullable<TrafficPolicy['connectionPool']>;
export type OutlierDetection = NonNullable<TrafficPolicy['outlierDetection']>;
export type LoadBalancer = NonNullable<TrafficPolicy['loadBalancer']>;
export type ConsistentHash = NonNullable<LoadBalancer['consistentHash']>;
export type LocalitySetting = NonNullable<LoadBalancer['localityLbSetting']>;

export type Server = Item<GatewaySpec['servers']>;
export type ServerTls = NonNullable<Server['tls']>;
export type ServicePort = Item<ServiceEntrySpec['ports']>;

export type PolicyRule = Item<AuthorizationPolicySpec['rules']>;
export type PolicyCondition = Item<PolicyRule['when']>;
export type PolicyOperation = NonNullable<Item<PolicyRule['to']>['operation']>;
/** The pods or objects of a policy: its `selector` or its `targetRefs`. */
export type PolicyTarget = Pick<AuthorizationPolicySpec, 'selector' | 'targetRefs'>;
export type JwtRule = Item<RequestAuthenticationSpec['jwtRules']>;

export type ConfigPatch = Item<EnvoyFilterSpec['configPatches']>;
export type Tracing = Item<TelemetrySpec['tracing']>;
export type CustomTags = NonNullable<Tracing['customTags']>;
