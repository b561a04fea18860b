// Types of all that is stored, as format 1.0 has them. Written by npm run freeze:stored; never changed.

export interface Stored {
  readonly Snapshot: Snapshot;
  readonly State: State;
  readonly Pointer: Pointer;
  readonly Material: Material;
  readonly HistoryEntry: HistoryEntry;
  readonly JournalLine: JournalLine;
  readonly SavedPlan: SavedPlan;
}

interface Access {
    readonly closed: boolean;
    readonly allow: readonly AccessRule[];
    readonly deny: readonly AccessRule[];
}

interface AccessCondition extends Node {
    readonly issuer?: string;
    readonly claims: readonly {
        readonly path: readonly string[];
        readonly values: readonly string[];
    }[];
}

interface AccessLog extends Node {
    readonly format: 'json' | 'text';
    readonly when?: string;
    readonly output: {
        readonly type: 'stdout';
    } | {
        readonly type: 'file';
        readonly path: string;
    } | ({
        readonly type: 'otlp';
    } & TelemetryService);
}

interface AccessOperation extends Node {
    readonly ports?: readonly string[];
    readonly methods?: readonly string[];
    readonly paths?: readonly PathMatch[];
    readonly hosts?: readonly string[];
    readonly headers?: readonly HeaderMatch[];
}

interface AccessRule extends Node {
    readonly from?: readonly PrincipalMatch[];
    readonly to?: readonly AccessOperation[];
    readonly when?: readonly AccessCondition[];
}

interface Address {
    readonly host: string;
    readonly port: number;
}

type Affinity = Node & ({
    readonly type: 'cookie';
    readonly name: string;
    readonly ttl: number;
    readonly path?: string;
} | {
    readonly type: 'header' | 'query';
    readonly name: string;
} | {
    readonly type: 'sourceAddress';
});

type Algorithm = 'round-robin' | 'least-request' | 'random' | 'ring-hash' | 'maglev';

interface Allowances {
    readonly prunePercent?: number;
    readonly adopt: readonly string[];
}

type Artifact = ObjectArtifact | FileArtifact | CertificateRequest;

interface Authentication extends Node {
    readonly issuers: readonly Issuer[];
    readonly required: boolean;
    readonly externalAuthorization?: ExternalAuthorization;
}

interface Backend extends Node {
    readonly service: ServiceId;
    readonly version?: string;
    readonly port: string;
    readonly weight: number;
}

interface Call extends Node {
    readonly service: ServiceId;
    readonly methods?: readonly string[];
    readonly paths?: readonly PathMatch[];
}

interface CertificateAction {
    readonly subject: string;
    readonly proxy: string;
    readonly action: 'issue' | 'renew' | 'keep';
    readonly fingerprint?: string;
    readonly why?: string;
}

interface CertificateRequest extends Named {
    readonly type: 'certificate';
    readonly subject: string;
    readonly profile: 'workload' | 'server';
    readonly form: 'envoy-sds';
    readonly proxy: string;
}

interface CertificatesConfig {
    readonly root: {
        readonly lifetime: number;
        readonly keys: KeyStorage;
    };
    readonly issuer: {
        readonly lifetime: number;
        readonly keys: KeyStorage;
    };
    readonly workload: {
        readonly lifetime?: number;
    };
    readonly keyAlgorithm: string;
    readonly recipients: {
        readonly root: readonly string[];
        readonly issuer: readonly string[];
    };
    readonly delegate: 'none' | 'cert-manager' | 'spire';
    readonly fileGroup?: string;
    readonly federation: readonly {
        readonly trustDomain: string;
        readonly bundle: string;
    }[];
}

interface Cluster extends Node {
    readonly name: string;
    readonly region?: string;
    readonly network?: string;
}

type Code = `MESH${number}`;

interface Connections {
    readonly maxConnections?: number;
    readonly maxPendingRequests?: number;
    readonly maxRequests?: number;
    readonly maxRequestsPerConnection: number;
    readonly connectTimeout: number;
    readonly idleTimeout: number;
}

interface Cors extends Node {
    readonly allowOrigins: readonly string[];
    readonly allowMethods: readonly string[];
    readonly allowHeaders: readonly string[];
    readonly exposeHeaders: readonly string[];
    readonly allowCredentials: boolean;
    readonly maxAge?: number;
}

type Counts = Readonly<Record<ObjectOperation, number>>;

interface Diagnostic {
    readonly code: Code;
    readonly severity: Severity;
    readonly message: string;
    readonly location: Location;
    readonly related: readonly Related[];
    readonly fix?: Fix;
}

interface External extends Node {
    readonly id: ServiceId;
    readonly namespace: string;
    readonly name: string;
    readonly hosts: readonly string[];
    readonly addresses: readonly string[];
    readonly ports: readonly ExternalPort[];
    readonly tls?: ExternalTls;
    readonly from?: readonly PrincipalMatch[];
    readonly gateway?: ServiceId;
    readonly settings: Settings;
}

interface ExternalAuthorization extends Node {
    readonly service: ServiceId;
    readonly port: string;
    readonly protocol: 'grpc' | 'http';
    readonly timeout: number;
    readonly onError: 'deny' | 'allow';
    readonly includeHeaders: readonly string[];
    readonly maxBody: number;
}

interface ExternalPort extends Port {
    readonly applicationTls: boolean;
}

interface ExternalTls extends Node {
    readonly sni: string;
    readonly subjectAltNames: readonly string[];
    readonly ca?: {
        readonly type: 'file' | 'secret';
        readonly name: string;
    };
    readonly clientCertificate?: {
        readonly type: 'secret';
        readonly name: string;
    };
}

interface Fault extends Node {
    readonly delay?: {
        readonly duration: number;
        readonly percent: number;
    };
    readonly abort?: {
        readonly percent: number;
        readonly status?: number;
        readonly grpcStatus?: number;
    };
}

type Feature = "route.path-regex" | "route.headers" | "route.cookies" | "route.query" | "route.methods" | "route.from" | "route.split" | "route.redirect" | "route.respond" | "route.rewrite-path" | "route.rewrite-host" | "route.request-headers" | "route.response-headers" | "route.mirror" | "route.fault-delay" | "route.fault-abort" | "route.cors" | "route.rate-limit" | "route.sni" | "settings.timeout" | "settings.retries" | "settings.retry-budget" | "settings.connections" | "settings.outlier-detection" | "settings.load-balancing" | "settings.affinity" | "settings.locality" | "settings.rate-limit" | "settings.rate-limit-service" | "service.expose-to" | "mtls.permissive" | "mtls.disabled" | "access.identity" | "access.http" | "access.deny" | "access.jwt" | "authentication.jwt" | "authentication.external" | "external.hosts" | "external.tls" | "external.gateway" | "egress.allow" | "gateway.http" | "gateway.tls" | "gateway.passthrough" | "telemetry.metric-labels" | "telemetry.access-log" | "telemetry.tracing" | "federation" | "egress.deny" | "request.unsafe-paths" | "route.no-match" | "settings.default-balancing" | "settings.default-connections" | "settings.no-retries" | "mtls.strict";

interface FieldChange {
    readonly path: string;
    readonly before?: Json;
    readonly after?: Json;
    readonly origin?: Origin;
}

interface FileArtifact extends Named {
    readonly type: 'file';
    readonly path: string;
    readonly resource: Json;
    readonly places?: readonly PartPlace[];
}

interface FileChange {
    readonly op: 'create' | 'update' | 'replace' | 'delete' | 'conflict';
    readonly path: string;
    readonly why?: string;
}

interface Fix {
    readonly title: string;
    readonly edits: readonly {
        readonly location: Location;
        readonly text: string;
    }[];
}

interface Forward {
    readonly type: 'forward';
    readonly backends: readonly Backend[];
    readonly timeout: number;
    readonly timeoutOrigin?: Origin;
    readonly retries?: Retries;
    readonly mirrors: readonly Mirror[];
    readonly fault?: Fault;
    readonly requestHeaders: HeaderChanges;
    readonly rewrite?: Rewrite;
    readonly rateLimit?: RuleRateLimit;
}

interface Gateway extends Node {
    readonly id: ServiceId;
    readonly namespace: string;
    readonly name: string;
    readonly type: 'ingress' | 'egress';
    readonly workload: {
        readonly labels: Readonly<Record<string, string>>;
        readonly principal: Principal;
    };
    readonly listeners: readonly Listener[];
    readonly instances?: readonly GatewayInstance[];
    readonly access: Access;
    readonly authentication?: Authentication;
}

interface GatewayInstance extends Node {
    readonly id: string;
    readonly host: string;
    readonly admin: Address;
}

interface Guardrail {
    readonly rule: 'empty' | 'prune-percent';
    readonly target: string;
    readonly message: string;
    readonly allow: string;
}

interface Header {
    readonly name: string;
    readonly value: string;
}

interface HeaderChanges {
    readonly set: readonly Header[];
    readonly add: readonly Header[];
    readonly remove: readonly string[];
}

interface HeaderMatch extends Node {
    readonly name: string;
    readonly cookie?: string;
    readonly match: StringMatch;
    readonly negated: boolean;
}

interface HistoryEntry {
    readonly formatVersion: string;
    readonly id: string;
    readonly epoch?: number;
    readonly command: 'apply' | 'rollback';
    readonly started: string;
    readonly finished?: string;
    readonly outcome: HistoryOutcome;
    readonly cause?: string;
    readonly actor: string;
    readonly commit?: string;
    readonly dirty?: boolean;
    readonly tool: string;
    readonly digests: {
        readonly spec: string;
        readonly compiled: string;
    };
    readonly planId: string;
    readonly counts: Counts;
    readonly objects: readonly HistoryObject[];
    readonly parent?: string;
    readonly rollbackOf?: string;
    readonly resumed?: number;
    readonly supersededBy?: string;
    readonly pinned?: boolean;
    readonly snapshot: string;
    readonly unchanged?: {
        readonly times: number;
        readonly last: string;
    };
}

interface HistoryObject {
    readonly ref: string;
    readonly op: ObjectOperation;
    readonly wave?: number;
    readonly before?: string;
    readonly after?: string;
    readonly result: 'done' | 'not done';
}

type HistoryOutcome = 'running' | 'succeeded' | 'incomplete' | 'unconfirmed' | 'failed' | 'refused' | 'interrupted' | 'superseded';

interface Hold {
    readonly id: string;
    readonly since: string;
    readonly by: string;
    readonly entry: string;
    readonly compiled: string;
}

interface InForce {
    readonly folder: string;
    readonly evidence?: Json;
    readonly isAccepted?: boolean;
}

interface IndexContent {
    readonly target: string;
    readonly platform: string;
    readonly artifacts: readonly Artifact[];
    readonly loss: readonly Loss[];
    readonly proxies?: readonly Proxy[];
}

interface Instance extends Node {
    readonly id: string;
    readonly app: Readonly<Record<string, Address>>;
    readonly inbound: Readonly<Record<string, Address>>;
    readonly outbound: Address;
    readonly outboundTcp: Readonly<Record<string, Address>>;
    readonly admin: Address;
    readonly zone?: string;
    readonly cluster?: string;
}

interface Ir extends Node {
    readonly name: string;
    readonly environment: string;
    readonly trustDomain: string;
    readonly mtls: Service['mtls'];
    readonly egress: 'deny' | 'allow';
    readonly unknownHostTimeout: number;
    readonly clusters: Readonly<Record<string, Cluster>>;
    readonly services: Readonly<Record<ServiceId, Service>>;
    readonly externals: Readonly<Record<ServiceId, External>>;
    readonly gateways: Readonly<Record<ServiceId, Gateway>>;
    readonly targets: Readonly<Record<string, TargetConfig>>;
    readonly telemetry: Telemetry;
    readonly rateLimiter?: RateLimiter;
    readonly certificates: CertificatesConfig;
}

interface Issuer extends Node {
    readonly name: string;
    readonly issuer: string;
    readonly audiences: readonly string[];
    readonly jwks: {
        readonly type: 'inline';
        readonly text: string;
    } | {
        readonly type: 'uri';
        readonly uri: string;
    };
    readonly from: readonly TokenSource[];
    readonly forward: boolean;
    readonly claimHeaders: readonly {
        readonly header: string;
        readonly claim: string;
    }[];
}

interface JournalBegin {
    readonly type: 'begin';
    readonly formatVersion: string;
    readonly run: string;
    readonly epoch: number;
    readonly command: 'apply' | 'rollback';
    readonly from?: string;
    readonly inForce?: InForce;
    readonly altered: readonly string[];
    readonly stages: readonly JournalStage[];
    readonly entry?: HistoryEntry;
}

type JournalLine = JournalBegin | {
    readonly type: 'stage' | 'back' | 'secrets';
    readonly state: 'before' | 'after';
    readonly folder: string;
    readonly at: string;
    readonly evidence?: Json;
} | {
    readonly type: 'end';
    readonly outcome: HistoryOutcome;
    readonly at: string;
    readonly evidence?: Json;
};

interface JournalStage {
    readonly name: StageName;
    readonly folder: string;
    readonly snapshot: string;
    readonly drained: boolean;
}

type Json = string | number | boolean | null | readonly Json[] | {
    readonly [key: string]: Json | undefined;
};

interface KeptCertificate {
    readonly subject: string;
    readonly fingerprint: string;
    readonly issued: string;
    readonly expires: string;
    readonly roots?: string;
}

type KeyStorage = 'file' | 'age' | 'external';

interface Listener extends Node {
    readonly name: string;
    readonly port: number;
    readonly protocol: 'http' | 'https' | 'tls' | 'tcp';
    readonly hostnames: readonly string[];
    readonly httpsRedirect: boolean;
    readonly tls?: ListenerTls;
    readonly virtualHosts: readonly VirtualHost[];
}

interface ListenerTls extends Node {
    readonly certificate: {
        readonly type: 'secret';
        readonly name: string;
    } | {
        readonly type: 'files';
        readonly certificate: string;
        readonly key: string;
    } | {
        readonly type: 'issued';
    };
    readonly minVersion: '1.2' | '1.3';
    readonly clientCertificates?: {
        readonly ca: {
            readonly type: 'file' | 'secret';
            readonly name: string;
        };
        readonly required: boolean;
    };
}

interface LoadBalancing {
    readonly algorithm: Algorithm;
    readonly affinity?: Affinity;
}

interface Locality extends Node {
    readonly prefer: 'none' | 'same-zone' | 'same-region' | 'same-cluster';
    readonly failover: readonly {
        readonly from: string;
        readonly to: string;
    }[];
}

interface Location {
    readonly file: string;
    readonly range: Range;
}

interface Loss {
    readonly feature: Feature;
    readonly diagnostic: Diagnostic;
}

interface Material {
    readonly formatVersion: string;
    readonly certificates: State['certificates'];
}

interface Mirror extends Node {
    readonly service: ServiceId;
    readonly version?: string;
    readonly port: string;
    readonly percent: number;
}

interface Named {
    readonly kind: string;
    readonly name: string;
    readonly namespace: string;
    readonly origins: readonly Origin[];
}

interface Node {
    readonly origin: Origin;
}

interface ObjectArtifact extends Named {
    readonly type: 'object';
    readonly manifest: Json;
}

interface ObjectChange {
    readonly op: ObjectOperation;
    readonly ref: string;
    readonly wave: number;
    readonly fields?: readonly FieldChange[];
    readonly origin?: Origin;
}

type ObjectOperation = 'create' | 'update' | 'replace' | 'delete' | 'adopt' | 'release' | 'conflict';

interface Origin extends Position {
    readonly file: string;
}

interface OutlierDetection extends Node {
    readonly consecutive5xx: number;
    readonly consecutiveGatewayErrors: number;
    readonly interval: number;
    readonly baseEjectionTime: number;
    readonly maxEjectionPercent: number;
    readonly minHealthPercent: number;
}

type Output = {
    readonly type: 'kubernetes';
    readonly context?: string;
    readonly stateNamespace: string;
} | {
    readonly type: 'directory';
    readonly path: string;
    readonly seenAs?: string;
} | {
    readonly type: 'git';
    readonly repository: string;
    readonly branch: string;
    readonly path: string;
    readonly propose: boolean;
    readonly observe?: string;
};

interface Owned {
    readonly revisions: readonly string[];
    readonly material: readonly string[];
    readonly links: readonly string[];
}

interface PartPlace {
    readonly path: string;
    readonly origin: Origin;
}

interface PathMatch {
    readonly type: 'exact' | 'prefix' | 'regex';
    readonly value: string;
}

interface Plan {
    readonly formatVersion: '1.0';
    readonly targets: Readonly<Record<string, TargetReport>>;
    readonly counts: Counts;
    readonly guardrails?: readonly Guardrail[];
    readonly base: Readonly<Record<string, string>>;
    readonly head: {
        readonly commit?: string;
        readonly dirty?: boolean;
        readonly digest: string;
    };
    readonly planId: string;
    readonly expires?: string;
}

interface PlanChecks {
    readonly tool: string;
    readonly environment: string;
    readonly allowed: Allowances;
    readonly spec: string;
    readonly targets: Readonly<Record<string, TargetChecks>>;
}

type Platform = 'istio' | 'linkerd' | 'consul' | 'kuma' | 'app-mesh' | 'osm' | 'cilium' | 'traefik-mesh' | 'gloo-mesh' | 'tsb' | 'nginx-service-mesh' | 'gateway-api' | 'smi' | 'envoy';

interface Pointer {
    readonly formatVersion: string;
    readonly snapshot: string;
    readonly compiled: string;
    readonly stage: string;
    readonly run: string;
    readonly seenAs: string;
    readonly files: Readonly<Record<string, {
        readonly version: string;
        readonly written: string;
    }>>;
}

interface Port extends Node {
    readonly name: string;
    readonly number: number;
    readonly targetPort: number;
    readonly protocol: Protocol;
    readonly http: boolean;
    readonly route: Route;
}

interface Position {
    readonly line: number;
    readonly column: number;
}

interface Principal {
    readonly trustDomain: string;
    readonly namespace: string;
    readonly serviceAccount: string;
}

type PrincipalMatch = {
    readonly type: 'spiffe';
    readonly id: string;
} | {
    readonly type: 'namespace';
    readonly trustDomain: string;
    readonly namespace: string;
} | {
    readonly type: 'authenticated';
} | {
    readonly type: 'anyone';
};

type Protocol = 'http' | 'http2' | 'grpc' | 'tls' | 'tcp' | 'mongo' | 'mysql' | 'postgres' | 'redis';

interface Proxy {
    readonly id: string;
    readonly service: string;
    readonly version: string;
    readonly instance: number;
    readonly bootstrap: string;
    readonly workingDirectory: string;
    readonly arguments: readonly string[];
    readonly admin: string;
    readonly inbound: Readonly<Record<string, string>>;
    readonly outbound: string;
}

interface QueryMatch extends Node {
    readonly name: string;
    readonly match: StringMatch;
}

interface Range {
    readonly start: Position;
    readonly end: Position;
}

interface RateLimit extends Node {
    readonly requests: number;
    readonly per: number;
    readonly burst: number;
}

interface RateLimiter extends Node, TelemetryService {
}

interface RecordedTrust {
    readonly bundles: Readonly<Record<string, string>>;
    readonly roots?: string;
}

interface Redirect extends Node {
    readonly type: 'redirect';
    readonly scheme?: string;
    readonly host?: string;
    readonly port?: number;
    readonly path?: string;
    readonly status: number;
}

interface Related {
    readonly location: Location;
    readonly message: string;
}

interface Respond extends Node {
    readonly type: 'respond';
    readonly status: number;
    readonly body: string;
}

interface Restart {
    readonly proxy: string;
    readonly why: 'new' | 'bootstrap changed' | 'another instance' | 'gone';
}

interface Retries extends Node {
    readonly attempts: number;
    readonly perTryTimeout: number;
    readonly on: readonly RetryCondition[];
    readonly backoff: number;
    readonly methods: readonly string[] | 'all';
}

interface RetryBudget extends Node {
    readonly percent: number;
    readonly minRetryConcurrency: number;
}

type RetryCondition = 'connect-failure' | 'refused-stream' | 'reset' | 'gateway-error' | '5xx' | 'cancelled' | 'deadline-exceeded' | 'internal' | 'resource-exhausted' | 'unavailable' | number;

interface Revision {
    readonly ir: Ir;
    readonly artifacts: readonly Artifact[];
    readonly proxies: readonly Proxy[];
    readonly trust?: RecordedTrust;
    readonly about: Pick<IndexContent, 'target' | 'platform' | 'loss'>;
}

interface Rewrite extends Node {
    readonly path?: {
        readonly type: 'replacePrefix' | 'replaceFull';
        readonly value: string;
    };
    readonly host?: string;
}

interface Route extends Node {
    readonly implicit: boolean;
    readonly name: string;
    readonly rules: readonly Rule[];
}

interface RouteMatch extends Node {
    readonly path?: PathMatch;
    readonly methods?: readonly string[];
    readonly headers: readonly HeaderMatch[];
    readonly query: readonly QueryMatch[];
    readonly from?: readonly PrincipalMatch[];
    readonly port?: number;
    readonly sni?: readonly string[];
}

interface Rule extends Node {
    readonly name?: string;
    readonly matches: readonly RouteMatch[];
    readonly action: Forward | Redirect | Respond;
    readonly responseHeaders: HeaderChanges;
    readonly cors?: Cors;
}

interface RuleRateLimit extends RateLimit {
    readonly keyHeader?: string;
}

interface SavedPlan extends Plan {
    readonly expires: string;
    readonly checks: PlanChecks;
}

interface Service extends Node {
    readonly id: ServiceId;
    readonly namespace: string;
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly workload: {
        readonly labels: Readonly<Record<string, string>>;
        readonly principal: Principal;
    };
    readonly ports: readonly Port[];
    readonly versions: readonly Version[];
    readonly clusters: readonly string[];
    readonly calls?: readonly Call[];
    readonly exposeTo: readonly string[] | 'all';
    readonly mtls: 'strict' | 'permissive' | 'disabled';
    readonly settings: Settings;
    readonly access: Access;
    readonly authentication?: Authentication;
    readonly profiles: readonly string[];
}

type ServiceId = string;

interface ServiceRateLimit extends RateLimit {
    readonly scope: 'instance' | 'service';
}

interface Settings {
    readonly timeout: number;
    readonly retries?: Retries;
    readonly connections: Connections;
    readonly outlierDetection?: OutlierDetection;
    readonly loadBalancing: LoadBalancing;
    readonly retryBudget?: RetryBudget;
    readonly rateLimit?: ServiceRateLimit;
    readonly locality?: Locality;
    readonly origins: Readonly<Record<string, Origin>>;
}

type Severity = 'error' | 'warning' | 'info';

interface Snapshot extends Revision {
    readonly formatVersion: string;
    readonly sources?: readonly {
        readonly file: string;
        readonly text: string;
    }[];
}

type StageName = 'make' | 'switch' | 'break';

interface State {
    readonly formatVersion: string;
    readonly inventory: string;
    readonly epoch: number;
    readonly applied?: string;
    readonly proxies: Readonly<Record<string, {
        readonly seen: string;
    }>>;
    readonly certificates: Readonly<Record<string, KeptCertificate>>;
    readonly owned?: Owned;
    readonly hold?: Hold;
}

type StringMatch = {
    readonly type: 'exact' | 'prefix' | 'suffix' | 'contains' | 'regex';
    readonly value: string;
} | {
    readonly type: 'present';
    readonly value: boolean;
};

interface TargetChecks {
    readonly inventory: string;
    readonly applied: string;
    readonly revision: string;
    readonly compiled: string;
    readonly objects: Readonly<Record<string, string>>;
    readonly altered: readonly string[];
    readonly foreign: readonly string[];
}

interface TargetConfig extends Node {
    readonly name: string;
    readonly platform: Platform;
    readonly version?: string;
    readonly cluster?: string;
    readonly options: Readonly<Record<string, unknown>>;
    readonly degrade: readonly string[];
    readonly output?: Output;
    readonly delivery: {
        readonly requirePlan: boolean;
        readonly branches: readonly string[];
        readonly requireSigned?: string;
    };
}

interface TargetPlan {
    readonly certificates: readonly CertificateAction[];
    readonly restarts: readonly Restart[];
    readonly objects: readonly ObjectChange[];
    readonly files: readonly FileChange[];
    readonly inventory?: number;
}

type TargetReport = Omit<TargetPlan, 'certificates'> & Partial<Pick<TargetPlan, 'certificates'>>;

interface Telemetry {
    readonly metricLabels: readonly (Node & {
        readonly name: string;
        readonly expression: string;
    })[];
    readonly accessLog?: AccessLog;
    readonly tracing?: Tracing;
}

interface TelemetryService {
    readonly service: ServiceId;
    readonly port: string;
}

type TokenSource = {
    readonly type: 'header';
    readonly name: string;
    readonly prefix: string;
} | {
    readonly type: 'query';
    readonly name: string;
} | {
    readonly type: 'cookie';
    readonly name: string;
};

interface Tracing extends Node {
    readonly sampling: number;
    readonly otlp: TelemetryService;
    readonly tags: readonly {
        readonly name: string;
        readonly expression: string;
    }[];
}

interface Version extends Node {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly instances?: readonly Instance[];
}

interface VirtualHost extends Node {
    readonly hostname: string;
    readonly route: Route;
}
