/** The documents of the mesh language, written from schemas/v1 (npm run generate). */

/**
 * A document of any kind.
 */
export type SpecDocument =
  | AccessDocument
  | AuthenticationDocument
  | ExternalDocument
  | GatewayDocument
  | GuardrailDocument
  | MeshDocument
  | ProfileDocument
  | RolloutDocument
  | RouteDocument
  | ServiceDocument
  | SuiteDocument;
/**
 * A DNS label: at most 63 lower-case letters, digits and hyphens, with a letter or digit at both ends. Dots, capitals and underscores are errors.
 */
export type DnsLabel = string;
/**
 * The name of a Gateway: public (in the namespace of this document) or infra/public.
 */
export type GatewayReference = string;
/**
 * A caller: trust domain, namespace and service account. Exactly one of the fields, or in short the name of a service (checkout is {service: checkout}).
 */
export type Principal =
  | string
  | {
      /**
       * The service account that this service runs as. Services that share an account are one caller.
       */
      readonly service?: ServiceReference;
      /**
       * This service account, in this trust domain: shop/checkout, or checkout for one in the namespace of this document.
       */
      readonly serviceAccount?: ServiceAccountReference;
      /**
       * Every identity of this namespace and of this trust domain.
       */
      readonly namespace?: DnsLabel;
      /**
       * The identity of this Gateway. A service sees the gateway as its caller, not who called the gateway.
       */
      readonly gateway?: GatewayReference;
      /**
       * Exactly this identity, of a federated trust domain too.
       */
      readonly principal?: SpiffeId;
      /**
       * Clients with an address of this range (CIDR) or this very address, whatever their identity. Only in Access of a gateway, whose listeners say with `clientAddress` where the address stands.
       */
      readonly address?: string;
      /**
       * Any caller with a verified identity. The only value is true.
       */
      readonly authenticated?: true;
      /**
       * Any caller, also one without an identity. The only value is true.
       */
      readonly anyone?: true;
    };
/**
 * The name of a Service or an External: reviews (in the namespace of this document) or shop/reviews. Never a DNS name; those are derived.
 */
export type ServiceReference = string;
/**
 * A service account: shop/checkout, or checkout for one in the namespace of this document.
 */
export type ServiceAccountReference = string;
/**
 * A whole identity, trust domain, namespace and service account: spiffe://shop.example/ns/shop/sa/checkout.
 */
export type SpiffeId = string;
/**
 * Callers, of which one has to fit. An empty list is an error.
 *
 * @minItems 1
 */
export type PrincipalList = readonly Principal[];
/**
 * The name of a port, a key of the `ports` of the service in question; ports are referred to by name, not by number.
 */
export type PortName = string;
/**
 * Ports by name, of which one has to fit. An empty list is an error.
 *
 * @minItems 1
 */
export type PortNameList = readonly PortName[];
/**
 * An HTTP method, a token of RFC 9110; case counts, and the usual ones are written in capitals.
 */
export type HttpMethod = string;
/**
 * HTTP methods, of which one has to fit. An empty list is an error.
 *
 * @minItems 1
 */
export type MethodList = readonly HttpMethod[];
/**
 * A path as it reads after normalisation; it starts with a slash and has no query, no fragment and no blanks.
 */
export type Path = string;
/**
 * A regular expression of RE2 that has to match the whole value, not a part of it. Look-arounds and back-references don't exist in RE2. Proxies match the bytes of UTF-8: characters that the expression names are whole (`é+`, `[à-ï]`, `\x{e9}`), but `.`, negated classes, `\D`, `\S` and `\W` take one byte, and a character beyond ASCII has two to four.
 */
export type Pattern = string;
/**
 * Path matches, of which one has to fit. An empty list is an error.
 *
 * @minItems 1
 */
export type PathMatchList = readonly PathMatch[];
/**
 * A host name without a port, in lower case: shop.example; or *.shop.example, where the star stands for one or more labels.
 */
export type HostPattern = string;
/**
 * The called ports, methods and paths; one of these has to fit. An empty list is an error.
 *
 * @minItems 1
 */
export type AccessToList = readonly AccessTo[];
/**
 * A list of values, of which one has to fit, or a map of claims inside this one.
 *
 * @minItems 1
 */
export type ClaimCondition =
  | readonly (string | number | boolean)[]
  | {
      readonly [k: string]: ClaimCondition;
    };
/**
 * Conditions of which one has to hold. An empty list is an error.
 *
 * @minItems 1
 */
export type AccessWhenList = readonly AccessWhen[];
/**
 * Calls that a rule doesn't mean; a call that fits one entry is none of the rule's. An empty list is an error.
 *
 * @minItems 1
 */
export type AccessExceptionList = readonly AccessException[];
/**
 * An address that starts with https:// or http://, then a host name or IP address and a port where it is not the usual one; without blanks, and without credentials in it.
 */
export type Url = string;
/**
 * The name of an HTTP header, a token of RFC 9110; upper and lower case are the same. Pseudo-headers such as :path are errors.
 */
export type HeaderName = string;
/**
 * A length of time: numbers with the units d, h, m, s and ms, written one after the other, such as 250ms, 2s, 1m30s, 1h, 90d or 1.5s. Where it limits something, 0s means no limit. At most 36500d. A number without a unit is an error.
 */
export type Duration = string;
/**
 * An amount of data, a whole number with the unit B, KiB, MiB or GiB (1 KiB is 1,024 bytes), such as 64KiB.
 */
export type Size = string;
/**
 * An IPv4 or IPv6 address without a port and without brackets, such as 10.0.0.7 or 2001:db8::7. Host names are errors here.
 */
export type IpAddress = string;
/**
 * A TCP port, a whole number from 1 to 65535.
 */
export type PortNumber = number;
/**
 * The protocol of a port: http, http2, grpc, tls (passed on by its server name), tcp, mongo, mysql, postgres or redis.
 */
export type Protocol = 'http' | 'http2' | 'grpc' | 'tls' | 'tcp' | 'mongo' | 'mysql' | 'postgres' | 'redis';
/**
 * A host name in lower case, without a port and without a star, such as reviews.internal.
 */
export type HostName = string;
/**
 * The path of a file or folder; control characters are errors.
 */
export type FilePath = string;
/**
 * The name of a Secret where the target keeps its secrets: public-tls (in the namespace of this document) or infra/public-tls.
 */
export type SecretReference = string;
/**
 * A failure that is tried again: connect-failure, refused-stream, reset, gateway-error, 5xx, a gRPC status in lower case, or a status from 200 to 599.
 */
export type RetryCondition = string | number;
/**
 * A length of time above zero, such as 250ms, 2s, 1m30s, 1h, 90d or 1.5s. Here 0s has no meaning and is an error. At most 36500d.
 */
export type PositiveDuration = string;
/**
 * Only requests with these methods are tried again, or `all`. Left out, GET, HEAD, OPTIONS, TRACE, PUT and DELETE; on grpc ports all.
 *
 * @minItems 1
 */
export type RetryMethods = readonly HttpMethod[] | string;
/**
 * A share of a hundred, written 0.5% or as a number from 0 to 100 (0.5 is half a percent, not a half); four decimals at most.
 */
export type Percentage = string | number;
/**
 * The name of a service account, lower-case letters, digits, hyphens and dots, without its namespace.
 */
export type ServiceAccountName = string;
/**
 * A host and a port: 10.0.0.7:9080, [2001:db8::7]:9080, or vm7.internal:9080 with a host name that the proxies look up. The port is compulsory.
 */
export type EndpointAddress = string;
/**
 * The place of the client's address: connection (the peer of the connection), proxyProtocol (the header that a load balancer writes before anything else; a connection without it is closed) or {forwarded: N} (the Nth entry from the end of x-forwarded-for, written by N trusted proxies in front; http and https only). Access by {address} and logs go by it. A list that is shorter, or an entry that is no plain IP address, leaves the client without address: no allow by {address} fits it, and every deny does. Left out, connection.
 */
export type ClientAddress =
  | string
  | {
      /**
       * Number of trusted proxies in front of the gateway, each of which appends an entry to x-forwarded-for.
       */
      readonly forwarded: number;
    };
/**
 * An expression of the Common Expression Language (CEL).
 */
export type Expression = string;
/**
 * The name of a SPIFFE trust domain, the first part of every identity: lower-case letters, digits, hyphens, underscores and dots, such as shop.example.
 */
export type TrustDomain = string;
/**
 * Writes a line a request. Field by field: left out, what the Mesh says. null is no access log; in an overlay, which deletes with null, write it in the base.
 */
export type ServiceAccessLog = {
  /**
   * The form of a line: json or text. Left out, as the Mesh says, then json.
   */
  readonly format?: 'json' | 'text';
  /**
   * Only requests for which this CEL expression over Envoy's attributes is true are logged. Left out, as the Mesh says, then all.
   */
  readonly when?: Expression;
  /**
   * The receiver of lines: stdout (of the proxy), {file: PATH} or {otlp: {service, port}}. Left out, as the Mesh says, then stdout.
   */
  readonly output?: AccessLogOutput;
} | null;
/**
 * The receiver of lines: stdout (of the proxy), {file: PATH} or {otlp: {service, port}}. Left out, stdout.
 */
export type AccessLogOutput =
  | string
  | {
      /**
       * A file on the machine of the proxy, which lines are added to.
       */
      readonly file?: FilePath;
      /**
       * A service that receives logs by OTLP over gRPC.
       */
      readonly otlp?: OtlpReceiver;
    };
/**
 * Sends spans of requests. Field by field: left out, what the Mesh says. null is no spans; in an overlay, which deletes with null, write it in the base.
 */
export type ServiceTracing = {
  /**
   * The share of the traces that begin at its proxies that are recorded; what a caller has decided for its trace is kept. Left out, as the Mesh says, then 1%.
   */
  readonly sampling?: Percentage;
  /**
   * The service that receives spans by OTLP over gRPC. Left out, as the Mesh says; somebody has to say it.
   */
  readonly otlp?: OtlpReceiver;
  /**
   * Further attributes of spans, by name; the value is a CEL expression over Envoy's attributes. All of them are replaced. Left out, as the Mesh says.
   */
  readonly tags?: {
    readonly [k: string]: Expression;
  };
} | null;
/**
 * A folder on this machine, relative to the root or absolute, written by atomic switches of whole revisions; or {path, seenAs} where proxies see it elsewhere.
 */
export type DirectoryOutput =
  | string
  | {
      /**
       * The folder as this machine sees it, relative to the root or absolute.
       */
      readonly path: FilePath;
      /**
       * The same folder as the proxies see it, an absolute path. Left out, they see it where it is.
       */
      readonly seenAs?: FilePath;
    };
/**
 * The name of a Git branch, without refs/heads/ and without blanks.
 */
export type BranchName = string;
/**
 * The place of a signing key: file (in the user's state folder, one machine signs), age (encrypted in the repository), external (a signer such as step-ca, Vault or a KMS).
 */
export type KeyStorage = 'file' | 'age' | 'external';
/**
 * A public key of age, which starts with age1; what is encrypted for it can be read by the holder of the identity.
 */
export type AgeRecipient = string;
/**
 * A share of `to`: 5%, or an object with further fields.
 */
export type RolloutStep =
  | string
  | number
  | {
      /**
       * The share of `to` in this step. Compulsory.
       */
      readonly weight: Percentage;
      /**
       * The shortest time of the step. Left out, as long as the evidence takes.
       */
      readonly hold?: Duration;
      /**
       * approval: somebody has to agree before the step begins (`mesh canary promote`). Left out, nobody has to.
       */
      readonly require?: 'approval';
    };
/**
 * A kind of bad answer: 4xx, 5xx, grpc, reset, timeout, a gRPC status in lower case, or a status from 100 to 599.
 */
export type FailureClass = string | number;
/**
 * rollback: back to `from`; hold: the share stays until somebody acts.
 */
export type Reaction = 'rollback' | 'hold';
/**
 * The value of an HTTP header, taken literally; line breaks and other control characters are errors. Numbers need quotes.
 */
export type HeaderValue = string;
/**
 * A host name in lower case, if need be with a port, such as reviews.internal or reviews.internal:8080.
 */
export type Authority = string;
/**
 * The whole path there, or what takes the place of the prefix that matched; the query stays. Left out, the path of the request.
 */
export type RedirectPath =
  | string
  | {
      /**
       * Put in place of the `prefix` (by path element) or `startsWith` (by character) that matched, as in `rewrite`; each match of the rule needs one.
       */
      readonly replacePrefix?: Path;
    };
/**
 * An instance. In short the address where the application listens (its proxy is then at port 15006 there, and at 127.0.0.1 15001 for outbound calls and 15000 for administration). In full the addresses one by one, for several proxies on one host.
 */
export type Endpoint =
  | string
  | {
      /**
       * The name that tells it from the other instances of its version. With a name it stays the same proxy when others before it in the list come or go; left out, it is known by its place in the list.
       */
      readonly name?: string;
      /**
       * The address of the application; with several ports a map by port. A pure caller has none.
       */
      readonly app?: PortAddresses;
      /**
       * The address at which its proxy takes calls from others; with several ports a map by port. Left out, port 15006 at the application's address.
       */
      readonly inbound?: PortAddresses;
      /**
       * The address at which its proxy takes HTTP calls of the application; `Host` picks service and port. Other than loopback is warned about. Left out, 127.0.0.1:15001.
       */
      readonly outbound?: EndpointAddress;
      /**
       * The address of its proxy's administration. Other than loopback is warned about. Left out, 127.0.0.1:15000.
       */
      readonly admin?: EndpointAddress;
      /**
       * The addresses at which its proxy takes the application's calls to ports that aren't HTTP: an address for each service and port, shop/db:mysql. Left out, such calls have no address here.
       */
      readonly tcp?: {
        readonly [k: string]: EndpointAddress;
      };
      /**
       * The zone that it is in; `same-zone` compares it. Left out, it shares a zone with no other.
       */
      readonly zone?: string;
      /**
       * The cluster that it is in. Left out, the service's only one; compulsory where `failover` or `same-cluster` is used with several.
       */
      readonly cluster?: DnsLabel;
    };
/**
 * A host and a port, or with several ports of the service a map of such addresses by port name.
 */
export type PortAddresses =
  | string
  | {
      readonly [k: string]: EndpointAddress;
    };
/**
 * A dependency: in short the name of the service; in full with what is called there.
 */
export type Call =
  | string
  | {
      /**
       * The Service or External that is called, name or namespace/name. Compulsory.
       */
      readonly service: ServiceReference;
      /**
       * The methods that it is called with. Left out, any.
       */
      readonly methods?: MethodList;
      /**
       * The paths that are called. Left out, any.
       */
      readonly paths?: PathMatchList;
    };
/**
 * A request: METHOD PATH, a path alone (GET) or a method alone; or its fields, as mesh explain request --batch reads them.
 */
export type TestRequest =
  | string
  | {
      /**
       * The caller: a service, a SPIFFE ID, or anonymous. Left out, anonymous.
       */
      readonly from?: string;
      /**
       * The service or External that is called; instead of `gateway`.
       */
      readonly to?: string;
      /**
       * The gateway where the request comes in; instead of `to`.
       */
      readonly gateway?: string;
      /**
       * Name or number of the port or listener. Left out, the only HTTP port, or else the port 80.
       */
      readonly port?: string | number;
      /**
       * The method. Left out, GET.
       */
      readonly method?: string;
      /**
       * The path as sent, with a query if there is one. Left out, /.
       */
      readonly path?: string;
      /**
       * The raw query, if `path` has none.
       */
      readonly query?: string;
      /**
       * The Host as sent. Left out, the name of the service.
       */
      readonly host?: string;
      /**
       * Headers: a value, or a list of values for a header that is sent several times.
       */
      readonly headers?: {
        /**
         * A value, or a list of values.
         */
        readonly [k: string]: string | number | boolean | readonly (string | number | boolean)[];
      };
      /**
       * The claims of a valid token, whose iss chooses the issuer; the word invalid for a token that is not valid. Left out, no token.
       */
      readonly claims?: {} | string;
      /**
       * The server name of a TLS connection.
       */
      readonly sni?: string;
      /**
       * The address from which the client of a gateway connects.
       */
      readonly address?: string;
    };
/**
 * The expected outcome: a word, the status of an answer that does not come from the application, or the fields of the outcome that count; what is left out may be anything.
 */
export type ExpectedOutcome =
  | string
  | number
  | {
      /**
       * The outcome in a word. Left out, the one that the other fields imply: backends belong to a forwarded request, a location to a redirected one.
       */
      readonly outcome?: OutcomeWord;
      /**
       * The status that the caller sees of a request that is not forwarded; 0 is a failed or closed connection.
       */
      readonly status?: number;
      /**
       * The Location of a redirect.
       */
      readonly location?: string;
      /**
       * The body of an answer that the mesh itself gives.
       */
      readonly body?: string;
      /**
       * The shares of the backends. All backends with a share are listed: one that is not is an error.
       */
      readonly backends?: {
        /**
         * The share of the requests.
         */
        readonly [k: string]: Percentage;
      };
      /**
       * The share that servers refuse, where the servers of several backends decide differently.
       */
      readonly refusedShare?: Percentage;
      /**
       * Name or number of the port that is called.
       */
      readonly port?: string | number;
      /**
       * The longest time of the whole request, all tries included; 0s is no limit.
       */
      readonly timeout?: Duration;
      /**
       * The number of tries in all: retries and the first one.
       */
      readonly tries?: number;
      /**
       * The longest time of one try; 0s is no limit.
       */
      readonly perTryTimeout?: Duration;
      /**
       * The failures that are tried again, in any order; all of them.
       *
       * Items: A failure.
       */
      readonly retryOn?: readonly RetryCondition[];
      /**
       * The copies: for each destination the share of the requests that is copied there. All are listed.
       */
      readonly mirrors?: {
        /**
         * The share of the requests.
         */
        readonly [k: string]: Percentage;
      };
      readonly rewritten?: ExpectedTarget;
      /**
       * Changes of the headers of the request that have to be there.
       */
      readonly requestHeaders?: ExpectedHeaders;
      /**
       * Changes of the headers of the answer that have to be there.
       */
      readonly responseHeaders?: ExpectedHeaders;
      readonly fault?: ExpectedFault;
      /**
       * The limits that count the request, in any order; all of them. [] is none.
       */
      readonly rateLimited?: readonly ExpectedLimit[];
      /**
       * Lines of the spec that decide the request, among others: FILE:LINE, or a part of the text that mesh explain request prints beside a line, such as rule testers.
       *
       * @minItems 1
       */
      readonly decidedBy?: string | readonly string[];
    };
/**
 * The outcome in a word: forwarded to an application; responded or redirected by the mesh; refused; unroutable.
 */
export type OutcomeWord = 'forwarded' | 'refused' | 'responded' | 'redirected' | 'unroutable';
/**
 * The values of a row, in the order of the columns.
 *
 * @minItems 1
 *
 * Items: A value.
 */
export type TestRow = readonly (string | number | boolean | null | readonly unknown[] | {})[];

/**
 * The callers of a service or a gateway. A call passes when some allow matches and no deny does; several documents for one service add up.
 */
export interface AccessDocument {
  /**
   * The version of the mesh language, mesh/v1.
   */
  readonly apiVersion: 'mesh/v1';
  /**
   * The kind of the document, Access.
   */
  readonly kind: 'Access';
  /**
   * Names the document.
   */
  readonly metadata: Metadata;
  readonly spec: AccessSpec;
}
/**
 * Names the document and says in which namespace it stands.
 */
export interface Metadata {
  /**
   * The name, a DNS label, unique among the documents of this kind in the namespace (Services and Externals share one set of names).
   */
  readonly name: DnsLabel;
  /**
   * The namespace, a DNS label; references in this document without a namespace mean this one. Left out, it is `default`.
   */
  readonly namespace?: DnsLabel;
  /**
   * Labels of the document, by which a Profile's selector picks services and people search. Left out, there are none.
   */
  readonly labels?: Labels;
  /**
   * Notes for people and other tools; they never change what the mesh does. Left out, there are none.
   */
  readonly annotations?: Annotations;
}
/**
 * Labels by name, as in Kubernetes. Values are strings of at most 63 characters; numbers and true or false need quotes.
 */
export interface Labels {
  readonly [k: string]: string;
}
/**
 * Notes by name, as in Kubernetes, for people and other tools; they never change what the mesh does.
 */
export interface Annotations {
  readonly [k: string]: string;
}
/**
 * The guarded service or gateway, exactly one of `service` and `gateway`, and the rules.
 */
export interface AccessSpec {
  /**
   * The service that is guarded, or "*" for all of this namespace. Either this or `gateway`.
   */
  readonly service?: string;
  /**
   * The Gateway that is guarded, instead of `service`. A gateway without allows is open.
   */
  readonly gateway?: GatewayReference;
  /**
   * The callers that get in and those that don't. Their order never matters. An empty list, and left out, closes the service to everybody whom no other Access lets in; a gateway stays open.
   */
  readonly rules?: readonly AccessRule[];
}
/**
 * One rule: exactly one of `allow` and `deny`.
 */
export interface AccessRule {
  readonly allow?: AllowRule;
  readonly deny?: DenyRule;
}
/**
 * Calls that get in, unless a deny matches: `from`, `to` and `when` all have to hold.
 */
export interface AllowRule {
  /**
   * The callers, of which one has to fit. Compulsory; {anyone: true} is everybody.
   */
  readonly from: PrincipalList;
  /**
   * The called ports, methods and paths, one of these. Left out, everything of the service.
   */
  readonly to?: AccessToList;
  /**
   * Further conditions, one of these has to hold. Left out, nothing.
   */
  readonly when?: AccessWhenList;
  /**
   * Calls that this rule doesn't mean, although all of the above hold. Left out, none.
   */
  readonly except?: AccessExceptionList;
}
/**
 * The called ports, methods and paths: all fields have to hold, as the server receives the request, after the route's changes. On a port that isn't HTTP an entry with more than `ports` never matches.
 */
export interface AccessTo {
  /**
   * The port of the service, by name, is one of these. Left out, any.
   */
  readonly ports?: PortNameList;
  /**
   * The HTTP method is one of these. Left out, any.
   */
  readonly methods?: MethodList;
  /**
   * The path fits one of these. Left out, any.
   */
  readonly paths?: PathMatchList;
  /**
   * The host, without its port, is one of these; *. stands for one or more labels. Left out, any.
   *
   * @minItems 1
   */
  readonly hosts?: readonly HostPattern[];
  /**
   * The headers, by name; all have to hold. Left out, any.
   */
  readonly headers?: HeaderMatches;
  /**
   * The cookies, by name; all have to hold. Left out, any.
   */
  readonly cookies?: CookieMatches;
}
/**
 * A condition on the path: exactly one of `exact`, `prefix`, `startsWith` and `regex`. It is compared after normalisation (encoded letters, digits and -._~ decoded, backslashes made slashes, /./ and /../ resolved, // merged), without the query, and case counts. A path with an encoded slash or backslash, %00 or #, or with dots before a ; that are written encoded, is refused with 400 before anything matches it.
 */
export interface PathMatch {
  /**
   * Exactly this path; it starts with a slash.
   */
  readonly exact?: Path;
  /**
   * This path and all below it, by path element: /a means /a, /a/ and /a/b, never /ab; /a/ is the same. It starts with a slash.
   */
  readonly prefix?: Path;
  /**
   * Every path that starts with these characters: /a means /a, /ab and /a/b. Istio, Consul and App Mesh call that a prefix. A * is a character like any other.
   */
  readonly startsWith?: Path;
  /**
   * A regular expression of RE2 that has to match the whole path.
   */
  readonly regex?: Pattern;
}
/**
 * Matches by header name; all of them have to hold. Headers that proxies own (host, x-forwarded-*, x-envoy-*, connection and others) can't be matched: what a caller sends there is not what a server can trust.
 */
export interface HeaderMatches {
  readonly [k: string]: HeaderMatch;
}
/**
 * A condition on the values of a header: one of the fields, and besides it, or alone, `not`; both have to hold. Repeated headers are matched one by one, but for the few that proxies join (user-agent, accept and others): one that fits is enough. Names ignore case, values don't. Lines of some common headers, such as user-agent, accept, authorization and content-type, are joined by proxies before anything reads them: rules and servers see one value, with a comma between the lines. Spaces and tabs around a value are no part of it; HTTP/2 forbids them, and a request with them in a header that the mesh reads gets 400.
 */
export interface HeaderMatch {
  /**
   * Exactly this value; numbers need quotes.
   */
  readonly exact?: string;
  /**
   * The value starts with this.
   */
  readonly prefix?: string;
  /**
   * The value ends with this.
   */
  readonly suffix?: string;
  /**
   * The value has this somewhere in it.
   */
  readonly contains?: string;
  /**
   * A regular expression of RE2 that has to match the whole value.
   */
  readonly regex?: Pattern;
  /**
   * true: the header is there, whatever its value; false: it is not there.
   */
  readonly present?: boolean;
  /**
   * The exact opposite of this match: no value of the header may fit. It holds when the header is absent.
   */
  readonly not?: StringMatch;
}
/**
 * A condition on a value: exactly one of the fields. Case counts.
 */
export interface StringMatch {
  /**
   * Exactly this value; numbers need quotes.
   */
  readonly exact?: string;
  /**
   * The value starts with this.
   */
  readonly prefix?: string;
  /**
   * The value ends with this.
   */
  readonly suffix?: string;
  /**
   * The value has this somewhere in it.
   */
  readonly contains?: string;
  /**
   * A regular expression of RE2 that has to match the whole value.
   */
  readonly regex?: Pattern;
  /**
   * true: it is there, whatever its value; false: it is not there.
   */
  readonly present?: boolean;
}
/**
 * Matches by cookie name; all of them have to hold. Cookies count over however many lines (HTTP/1.1) or fields (HTTP/2) they were sent; the case of names counts; a cookie without = is none.
 */
export interface CookieMatches {
  readonly [k: string]: CookieMatch;
}
/**
 * A condition on the values of a cookie: one of the fields, and besides it, or alone, `not`; both have to hold. Of several cookies with one name one that fits is enough. Blanks and one pair of double quotes around a value do not count.
 */
export interface CookieMatch {
  /**
   * Exactly this value, without a ;, and without blanks or quotes around it; numbers need quotes.
   */
  readonly exact?: string;
  /**
   * The value starts with this.
   */
  readonly prefix?: string;
  /**
   * The value ends with this.
   */
  readonly suffix?: string;
  /**
   * The value has this somewhere in it.
   */
  readonly contains?: string;
  /**
   * A regular expression of RE2 that has to match the whole value; it never reaches over the ; behind a cookie.
   */
  readonly regex?: Pattern;
  /**
   * true: the cookie is there, whatever its value; false: it is not there.
   */
  readonly present?: boolean;
  /**
   * The exact opposite of this match: no cookie of the name may fit. It holds when there is none.
   */
  readonly not?: StringMatch;
}
/**
 * A condition beside caller and target. On a port that isn't HTTP a rule with it never matches.
 */
export interface AccessWhen {
  readonly jwt: JwtCondition;
}
/**
 * The request carries a valid token that fits; of several valid ones, one is enough. {} is any valid token.
 */
export interface JwtCondition {
  /**
   * The issuer of the token: a name among the `issuers` of an Authentication. Left out, any issuer.
   */
  readonly issuer?: DnsLabel;
  /**
   * Claims that it has to have, by name; all have to hold. Left out, any claims.
   */
  readonly claims?: Claims;
}
/**
 * Claims by name; all have to hold. A list is values of which the claim equals one, or as a list contains one; a map reaches into the claim. `scope` and `permission` are split at spaces.
 */
export interface Claims {
  readonly [k: string]: ClaimCondition;
}
/**
 * Calls that the rule doesn't mean: those that fit all that is said here.
 */
export interface AccessException {
  /**
   * The callers, of which one has to fit. Left out, everybody.
   */
  readonly from?: PrincipalList;
  /**
   * The called ports, methods and paths, one of these. Left out, everything.
   */
  readonly to?: AccessToList;
}
/**
 * Calls that never get in: `from`, `to` and `when` all have to hold. Without any of them it is every call.
 */
export interface DenyRule {
  /**
   * The callers, of which one has to fit. Left out, everybody.
   */
  readonly from?: PrincipalList;
  /**
   * The called ports, methods and paths, one of these. Left out, everything of the service.
   */
  readonly to?: AccessToList;
  /**
   * Further conditions, one of these has to hold. Left out, nothing.
   */
  readonly when?: AccessWhenList;
  /**
   * Calls that this rule doesn't mean, although all of the above hold. Left out, none.
   */
  readonly except?: AccessExceptionList;
}
/**
 * The tokens (JWT) that services and gateways take, and the service that is asked besides. Several documents for one service add up. Who gets in is said by Access.
 */
export interface AuthenticationDocument {
  /**
   * The version of the mesh language, mesh/v1.
   */
  readonly apiVersion: 'mesh/v1';
  /**
   * The kind of the document, Authentication.
   */
  readonly kind: 'Authentication';
  /**
   * Names the document.
   */
  readonly metadata: Metadata;
  readonly spec: AuthenticationSpec;
}
/**
 * The places where it holds (`services`, `gateways` or both) and what is checked there.
 */
export interface AuthenticationSpec {
  /**
   * Services where it holds. Left out, it holds at `gateways` only.
   *
   * @minItems 1
   */
  readonly services?: readonly ServiceReference[];
  /**
   * Gateways where it holds. Left out, it holds at `services` only.
   *
   * @minItems 1
   */
  readonly gateways?: readonly GatewayReference[];
  /**
   * The issuers of tokens, by a name that Access refers to. Left out, none: nothing is read from requests.
   */
  readonly issuers?: {
    readonly [k: string]: Issuer;
  };
  /**
   * True if a request without a token is refused (401). A bad token, or one of another issuer, is always refused. Left out, false.
   */
  readonly required?: boolean;
  /**
   * A service that is asked about each request, before Access. Left out, none.
   */
  readonly externalAuthorization?: ExternalAuthorization;
}
/**
 * An issuer of tokens, the check of its tokens and their place in a request.
 */
export interface Issuer {
  /**
   * The claim `iss` of its tokens, to the letter. Compulsory.
   */
  readonly issuer: string;
  /**
   * The claim `aud` names one of these. Left out, any audience.
   *
   * @minItems 1
   */
  readonly audiences?: readonly string[];
  /**
   * The public keys that signatures are checked with, `inline` or from a `uri`. Compulsory.
   */
  readonly jwks: Jwks;
  /**
   * The places of tokens in a request; every place is looked at. Left out, the header `authorization` after `Bearer`.
   *
   * @minItems 1
   */
  readonly from?: readonly TokenLocation[];
  /**
   * True if the token is passed on to the application. Left out, true.
   */
  readonly forward?: boolean;
  /**
   * Request headers that the application gets from claims: the header's name, then the claim's, dots reaching into claims. A list or a map arrives as its JSON in base64, the names of a map in any order. What callers send under these names is taken out. Left out, none.
   */
  readonly claimHeaders?: {
    readonly [k: string]: string;
  };
}
/**
 * Public keys as a JSON Web Key Set: exactly one of `inline` and `uri`.
 */
export interface Jwks {
  /**
   * The key set itself, as JSON text or as a map with `keys`. Public keys only.
   */
  readonly inline?:
    | string
    | {
        readonly [k: string]: unknown;
      };
  /**
   * The address of the key set; proxies fetch it again when it has changed.
   */
  readonly uri?: Url;
}
/**
 * The place of a token: exactly one of `header`, `query` and `cookie`; a `prefix` only with `header`.
 */
export interface TokenLocation {
  /**
   * The header that has it.
   */
  readonly header?: HeaderName;
  /**
   * The text before the token in the header; a space after it is skipped. Left out, none.
   */
  readonly prefix?: string;
  /**
   * The query parameter that has it.
   */
  readonly query?: string;
  /**
   * The cookie that has it.
   */
  readonly cookie?: string;
}
/**
 * A service that is asked about each request, and whose no is 403.
 */
export interface ExternalAuthorization {
  /**
   * The Service or External that is asked. Compulsory.
   */
  readonly service: ServiceReference;
  /**
   * Its port, by name. Left out, its only port.
   */
  readonly port?: PortName;
  /**
   * The protocol of the question: grpc (Envoy's ext_authz) or http (a request with the same path). Left out, grpc.
   */
  readonly protocol?: 'grpc' | 'http';
  /**
   * The longest time of an answer; beyond it `onError` decides. Left out, 1s.
   */
  readonly timeout?: Duration;
  /**
   * The decision when there is no answer: deny or allow. Left out, deny.
   */
  readonly onError?: 'deny' | 'allow';
  /**
   * Request headers that it gets to see. Left out, those that the protocol sends by itself.
   *
   * @minItems 1
   */
  readonly includeHeaders?: readonly HeaderName[];
  /**
   * The largest part of the request's body that it gets to see, up to 4095MiB. Left out, none of it.
   */
  readonly maxBody?: Size;
  /**
   * The requests that it is asked about, one of these. Left out, all.
   */
  readonly to?: AccessToList;
  /**
   * Requests that it isn't asked about. Left out, none.
   */
  readonly except?: AccessExceptionList;
}
/**
 * Something outside the mesh that services call. It shares its names with Services and is referred to as they are.
 */
export interface ExternalDocument {
  /**
   * The version of the mesh language, mesh/v1.
   */
  readonly apiVersion: 'mesh/v1';
  /**
   * The kind of the document, External.
   */
  readonly kind: 'External';
  /**
   * Names it; others refer to it by this name.
   */
  readonly metadata: Metadata;
  readonly spec: ExternalSpec;
}
/**
 * The external hosts, their callers, and the settings of calls.
 */
export interface ExternalSpec {
  /**
   * The DNS names that services call; *. stands for one or more labels. Compulsory.
   *
   * @minItems 1
   */
  readonly hosts: readonly HostPattern[];
  /**
   * Fixed IP addresses to connect to; ports that speak tcp need them. Left out, DNS is asked for the host.
   *
   * @minItems 1
   */
  readonly addresses?: readonly IpAddress[];
  /**
   * The ports that it serves, by name. Compulsory.
   */
  readonly ports: {
    readonly [k: string]: ExternalPort;
  };
  /**
   * The proxy starts TLS with it; {} with nothing special. Left out, what the application sends goes out as it is.
   */
  readonly tls?: ExternalTls;
  /**
   * Its callers; to others it is an unknown host. Left out, all.
   */
  readonly from?: PrincipalList;
  /**
   * The egress Gateway that calls take, where Access can guard them. Left out, they go out directly. Calls come to its listener of the same protocol with a hostname for the host, on the same port number if there is one.
   */
  readonly gateway?: GatewayReference;
  /**
   * The longest time of a whole request to it, all tries included; beyond it is 504. 0s is no limit. Left out, the Mesh's, then 15s.
   */
  readonly timeout?: Duration;
  /**
   * Tries again what failed. Field by field: left out, the Mesh's, then no retries.
   */
  readonly retries?: Retries;
  /**
   * Limits of connections and requests to it, the circuit breaker. Field by field: left out, the Mesh's, then no limits.
   */
  readonly connections?: Connections;
  /**
   * Takes addresses that fail out of the balancing for a while. Field by field: left out, the Mesh's, then off.
   */
  readonly outlierDetection?: OutlierDetection;
  /**
   * The choice among its addresses. Field by field: left out, the Mesh's, then least-request without affinity.
   */
  readonly loadBalancing?: LoadBalancing;
  /**
   * Limits how many of the requests to it may be retries. Field by field: left out, the Mesh's, then off.
   */
  readonly retryBudget?: RetryBudget;
  /**
   * Limits requests to it, counted at each calling proxy, for each of its hosts and ports. Field by field: left out, the Mesh's, then off.
   */
  readonly rateLimit?: RateLimit;
  /**
   * Prefers what is near the caller. Field by field: left out, the Mesh's, then none is preferred.
   */
  readonly locality?: LocalityPreference;
}
/**
 * A port of something outside the mesh.
 */
export interface ExternalPort {
  /**
   * The port that callers name, from 1 to 65535; it listens there unless `targetPort` says otherwise. Compulsory.
   */
  readonly port: PortNumber;
  /**
   * The port where it is reached, from 1 to 65535, if that is not the port that callers name. Not with a `*.` host: there the caller's own port is kept. Left out, the same.
   */
  readonly targetPort?: PortNumber;
  /**
   * The protocol there: http, http2, grpc, tls, tcp, mongo, mysql, postgres or redis. Left out, the port's name, which then has to be one of these.
   */
  readonly protocol?: Protocol;
  /**
   * true: the application speaks TLS itself, and the proxy passes it on by its server name. Left out, false.
   */
  readonly tls?: boolean;
}
/**
 * The TLS that the proxy starts.
 */
export interface ExternalTls {
  /**
   * The server name that it asks for. Left out, the host that is called.
   */
  readonly sni?: HostName;
  /**
   * The names of which the server's certificate has to carry one. Left out, the host that is called.
   *
   * @minItems 1
   */
  readonly subjectAltNames?: readonly string[];
  /**
   * The authorities of the server's certificate, `file` or `secret`. Left out, whom the proxy's system trusts.
   */
  readonly ca?: CertificateAuthority;
  readonly clientCertificate?: ClientCertificate;
}
/**
 * The certificates that are trusted: exactly one of `file` and `secret`.
 */
export interface CertificateAuthority {
  /**
   * A file of PEM certificates, on the machine of the proxy.
   */
  readonly file?: FilePath;
  /**
   * A Secret of the target that holds the certificates, name or namespace/name.
   */
  readonly secret?: SecretReference;
}
/**
 * The certificate that the proxy shows. Left out, none.
 */
export interface ClientCertificate {
  /**
   * A Secret of the target with certificate and key, name or namespace/name. Compulsory.
   */
  readonly secret: SecretReference;
}
/**
 * Tries again what failed, at an instance that was not tried before if there is one; a try changes the version only where the backend names none, or there is no Route. The built-in setting is no retries; of a layer that names some fields only, the others come from the next layer.
 */
export interface Retries {
  /**
   * The number of retries after the first try; tries in all are one more. 0, the built-in value, is none.
   */
  readonly attempts?: number;
  /**
   * The longest time of one try; one that takes longer counts as `reset`. 0s, and left out, is no limit but the whole timeout. A request that may not be retried has none.
   */
  readonly perTryTimeout?: Duration;
  /**
   * The failures that are tried again: connect-failure; refused-stream; reset (no answer: these two, a lost connection, perTryTimeout); gateway-error (reset, 502 to 504); 5xx (reset, any 5xx); a status that the server gave; or a gRPC status (cancelled, deadline-exceeded, internal, resource-exhausted, unavailable). Left out, connect-failure and refused-stream.
   *
   * @minItems 1
   */
  readonly on?: readonly RetryCondition[];
  /**
   * The wait before the first retry; it doubles with each one, up to tenfold, with jitter. Left out, 25ms.
   */
  readonly backoff?: PositiveDuration;
  readonly methods?: RetryMethods;
}
/**
 * Limits of connections and requests, the circuit breaker. They hold per client proxy and version; what goes beyond them gets 503 and is never tried again.
 */
export interface Connections {
  /**
   * The most connections at once. At least 1. The built-in value is no limit.
   */
  readonly maxConnections?: number;
  /**
   * The most requests that wait for a connection. At least 1. The built-in value is no limit.
   */
  readonly maxPendingRequests?: number;
  /**
   * The most requests under way at once. At least 1. The built-in value is no limit.
   */
  readonly maxRequests?: number;
  /**
   * The most requests over one connection before it is closed. 0, the built-in value, is no limit.
   */
  readonly maxRequestsPerConnection?: number;
  /**
   * The longest time until a connection is up; beyond it is a connect-failure. 0s is an error: every proxy needs a limit here. The built-in value is 5s.
   */
  readonly connectTimeout?: PositiveDuration;
  /**
   * The time for which a connection without requests is kept; 0s keeps it for good. The built-in value is 1h.
   */
  readonly idleTimeout?: Duration;
}
/**
 * Takes an instance that fails out of the balancing for a while. Off unless written; `outlierDetection: {}` turns it on with the values named below.
 */
export interface OutlierDetection {
  /**
   * The number of 5xx (resets and connect failures too) in a row put an instance out; 0 is off. Left out, 5.
   */
  readonly consecutive5xx?: number;
  /**
   * The number of 502, 503, 504 (resets and connect failures too) in a row put an instance out; 0, and left out, is off.
   */
  readonly consecutiveGatewayErrors?: number;
  /**
   * The time between two looks at the instances, which let them in again. Left out, 10s.
   */
  readonly interval?: PositiveDuration;
  /**
   * The time for which an instance is out the first time; each further time adds as much. Left out, 30s.
   */
  readonly baseEjectionTime?: PositiveDuration;
  /**
   * The share of the instances that may be out at once. Left out, 50%.
   */
  readonly maxEjectionPercent?: Percentage;
  /**
   * Below this share of healthy instances all are used again, the ejected ones too; 0%, and left out, never.
   */
  readonly minHealthPercent?: Percentage;
}
/**
 * The choice among the instances of a version.
 */
export interface LoadBalancing {
  /**
   * The choice of the instance that gets the next request. The built-in value is least-request; with `affinity` it is ring-hash.
   */
  readonly algorithm?: 'round-robin' | 'least-request' | 'random' | 'ring-hash' | 'maglev';
  /**
   * Keeps a caller on one instance, by cookie, header, query parameter or address. Left out, each request is balanced for itself.
   */
  readonly affinity?: Affinity;
}
/**
 * The part of a request that keeps a caller on one instance: exactly one of the fields. It needs ring-hash (its default) or maglev, and holds within a version, not across a split. It merges as a whole, not field by field.
 */
export interface Affinity {
  readonly cookie?: AffinityCookie;
  /**
   * The value of the header with this name; requests without it go anywhere.
   */
  readonly header?: HeaderName;
  /**
   * The value of the query parameter with this name; requests without it go anywhere.
   */
  readonly query?: string;
  /**
   * The IP address that the caller connects from. The only value is true.
   */
  readonly sourceAddress?: true;
}
/**
 * A cookie with this name; the proxy sets one where the request has none.
 */
export interface AffinityCookie {
  /**
   * The name of the cookie, a token of RFC 9110.
   */
  readonly name: string;
  /**
   * The lifetime of the cookie that the proxy sets; 0s, and left out, until the browser is closed.
   */
  readonly ttl?: Duration;
}
/**
 * Limits how many of the requests under way may be retries, whatever `retries` allows. Off unless written.
 */
export interface RetryBudget {
  /**
   * The share of the requests under way that may be retries. Left out, 20%.
   */
  readonly percent?: Percentage;
  /**
   * The number of retries that may be under way in any case, however few requests there are. Left out, 3.
   */
  readonly minRetryConcurrency?: number;
}
/**
 * Limits requests at the server: a bucket that holds `requests` and `burst`, refilled by `requests` every `per`. A request that finds it empty gets 429. Off unless written; after all layers are merged, `requests` and `per` have to be there.
 */
export interface RateLimit {
  /**
   * The number of requests in every `per`. Compulsory, here or in a layer below.
   */
  readonly requests?: number;
  /**
   * The time between two fillings of the bucket. Compulsory, here or in a layer below.
   */
  readonly per?: PositiveDuration;
  /**
   * The number of requests at once beyond `requests`, after a time with fewer. Left out, 0.
   */
  readonly burst?: number;
  /**
   * instance: each instance counts for itself; service: all count together, with the mesh's `rateLimiter`, which has to be there. Left out, instance.
   */
  readonly scope?: 'instance' | 'service';
}
/**
 * Prefers instances that are near, and says which cluster stands in for another.
 */
export interface LocalityPreference {
  /**
   * The instances that come first, as long as they are healthy. The built-in value is none: all alike.
   */
  readonly prefer?: 'none' | 'same-zone' | 'same-region' | 'same-cluster';
  /**
   * The cluster that takes over when another has no healthy instance left, by cluster. It needs outlierDetection. Left out, none does in particular.
   *
   * @minItems 1
   */
  readonly failover?: readonly Failover[];
}
/**
 * One cluster and the one that stands in for it.
 */
export interface Failover {
  /**
   * The cluster, one of the mesh's `clusters`, that has failed.
   */
  readonly from: DnsLabel;
  /**
   * The cluster, one of the mesh's `clusters`, that takes over.
   */
  readonly to: DnsLabel;
}
/**
 * A place where requests enter the mesh (ingress) or leave it (egress): its listeners, their TLS, and the proxies that serve it. Routes name it to say what goes where.
 */
export interface GatewayDocument {
  /**
   * The version of the mesh language, mesh/v1.
   */
  readonly apiVersion: 'mesh/v1';
  /**
   * The kind of the document, Gateway.
   */
  readonly kind: 'Gateway';
  /**
   * Names the gateway; Routes and Access refer to it by this name.
   */
  readonly metadata: Metadata;
  readonly spec: GatewaySpec;
}
/**
 * The proxies of the gateway and its listeners.
 */
export interface GatewaySpec {
  /**
   * ingress: requests enter here; egress: calls to Externals that name it leave here. Left out, ingress.
   */
  readonly type?: 'ingress' | 'egress';
  /**
   * The instances that belong to it and the account they run as, its identity to services. Left out, the label `app` and the account are the gateway's name.
   */
  readonly workload?: Workload;
  /**
   * Its proxies, where no registry knows them (Envoy, VMs). Left out, the target's registry knows.
   */
  readonly endpoints?: readonly GatewayEndpoint[];
  /**
   * The Gateway that these listeners belong to: this document then has `listeners` alone, and Routes and Access name that Gateway. It has to admit the namespace of this document. Left out, this document is a Gateway of its own.
   */
  readonly of?: GatewayReference;
  /**
   * Namespaces whose documents may give this Gateway listeners, with `of`. Left out, its own alone.
   *
   * @minItems 1
   */
  readonly admits?: readonly DnsLabel[];
  /**
   * The listeners, by name. Several may share a port if all speak http, or all https and tls, and no two have the same hostname: the most specific one for the server name (http: the `Host`) takes the call. There a server name that no listener has is a closed connection (a listener alone on its port takes every server name); a `Host` that a more specific listener of the port has is answered with 421, one that no listener has with 404. Compulsory for an ingress.
   */
  readonly listeners?: {
    readonly [k: string]: Listener;
  };
}
/**
 * The instances, and the identity that they have.
 */
export interface Workload {
  /**
   * The labels that its instances carry, all of them. Left out, `app` with the name of the document.
   */
  readonly labels?: Labels;
  /**
   * The service account that its instances run as, in the namespace of the document; it makes their identity. Left out, the name of the document.
   */
  readonly serviceAccount?: ServiceAccountName;
}
/**
 * A proxy of the gateway.
 */
export interface GatewayEndpoint {
  /**
   * The name that tells it from the other proxies of the gateway. With a name it stays the same proxy when others before it in the list come or go; left out, it is known by its place in the list.
   */
  readonly name?: string;
  /**
   * The IP address that it listens at, without a port, as each listener has its own. Compulsory.
   */
  readonly address: IpAddress;
  /**
   * The address of its administration. Other than loopback is warned about. Left out, 127.0.0.1:15000.
   */
  readonly admin?: EndpointAddress;
}
/**
 * A port that the gateway listens on, and what is spoken there.
 */
export interface Listener {
  /**
   * The port, from 1 to 65535. Compulsory.
   */
  readonly port: PortNumber;
  /**
   * The protocol: http, https (TLS ends here), tls (passed through, by its server name) or tcp. Compulsory.
   */
  readonly protocol: 'http' | 'https' | 'tls' | 'tcp';
  /**
   * Hosts that it serves; *. stands for one or more labels. Left out, all.
   *
   * @minItems 1
   */
  readonly hostnames?: readonly HostPattern[];
  /**
   * true answers every request with 301 to the same address by https, before any check; the port becomes that of the https listener for the host. With `clientAddress: {forwarded: N}` requests whose x-forwarded-proto is https go on to the Routes. Left out, false.
   */
  readonly httpsRedirect?: boolean;
  readonly clientAddress?: ClientAddress;
  /**
   * The TLS that ends here; compulsory with https, and only there.
   */
  readonly tls?: ListenerTls;
}
/**
 * The TLS of a listener: with which certificate, from which version on, and whether clients show one.
 */
export interface ListenerTls {
  /**
   * The certificate that clients see: `secret`, `files` or `issued`. Compulsory.
   */
  readonly certificate: ServerCertificate;
  /**
   * The oldest version of TLS that is taken, in quotes: "1.2" or "1.3". Left out, "1.2".
   */
  readonly minVersion?: '1.2' | '1.3';
  /**
   * Asks clients for a certificate, which is their identity. Left out, they aren't asked and have no identity.
   */
  readonly clientCertificates?: ClientCertificates;
}
/**
 * The source of the certificate: exactly one of `secret`, `files` and `issued`.
 */
export interface ServerCertificate {
  /**
   * A Secret of the target with certificate and key, name or namespace/name.
   */
  readonly secret?: SecretReference;
  readonly files?: ServerCertificateFiles;
  /**
   * The mesh issues it, for the listener's host names. The only value is true.
   */
  readonly issued?: true;
}
/**
 * PEM files on the machine of the proxy; neither is read by this tool.
 */
export interface ServerCertificateFiles {
  /**
   * The certificate with its chain, leaf first.
   */
  readonly certificate: FilePath;
  /**
   * The private key of the certificate; it never belongs into the repository.
   */
  readonly key: FilePath;
}
/**
 * Certificates that clients show.
 */
export interface ClientCertificates {
  /**
   * Their authorities, `file` or `secret`. Compulsory.
   */
  readonly ca: CertificateAuthority;
  /**
   * true: a client without a certificate gets no connection; false: it has no identity. Left out, true.
   */
  readonly required?: boolean;
}
/**
 * Conditions on the whole mesh, whoever writes it: expressions over the resolved mesh, and calls that never, only or always get through. Proved, with a witness where it fails.
 */
export interface GuardrailDocument {
  /**
   * The version of the mesh language, mesh/v1.
   */
  readonly apiVersion: 'mesh/v1';
  /**
   * The kind of the document, Guardrail.
   */
  readonly kind: 'Guardrail';
  /**
   * Names the guardrail. A Guardrail has no namespace.
   */
  readonly metadata: GlobalMetadata;
  readonly spec: GuardrailSpec;
}
/**
 * Names a document that belongs to the whole mesh and so has no namespace.
 */
export interface GlobalMetadata {
  /**
   * The name, a DNS label, unique among the documents of this kind.
   */
  readonly name: DnsLabel;
  /**
   * Labels of the document, for people who search. Left out, there are none.
   */
  readonly labels?: Labels;
  /**
   * Notes for people and other tools; they never change what the mesh does. Left out, there are none.
   */
  readonly annotations?: Annotations;
}
/**
 * The conditions, their severity and their exceptions.
 */
export interface GuardrailSpec {
  /**
   * Expressions that have to be true of each document of a kind, after defaults and profiles are applied. Left out, none.
   *
   * @minItems 1
   */
  readonly validations?: readonly Validation[];
  /**
   * Flows that don't exist: no request of `from` is forwarded to any of `to`, by whichever Route; `paths` are those that the server receives. A gateway is a caller by its account and by what its Routes lead on. Copies (`mirror`) don't count. Callers without a proxy of the mesh count at a Service, whose own proxy refuses them; at an External nothing of the mesh sees their calls, so they don't count (a network policy keeps them off). Left out, none.
   *
   * @minItems 1
   */
  readonly never?: readonly Flow[];
  /**
   * Flows that are the only ones: no request of anybody but `from` is forwarded to any of `to`, by whichever Route; `paths` are those that the server receives. Copies (`mirror`) don't count. Callers without a proxy of the mesh count at a Service, whose own proxy refuses them; at an External nothing of the mesh sees their calls, so they don't count (a network policy keeps them off). Left out, none.
   *
   * @minItems 1
   */
  readonly only?: readonly Flow[];
  /**
   * Flows that exist: no request of `from` to any of `to` is refused or unroutable, whatever else it carries; `paths` are those that callers send, and a `namespace` of callers is its services. The short name of a service is its name for callers of its namespace alone. Left out, none.
   *
   * @minItems 1
   */
  readonly must?: readonly Flow[];
  /**
   * The severity of something here that doesn't hold: error (plan and apply refuse) or warning. Left out, error.
   */
  readonly severity?: 'error' | 'warning';
  /**
   * Services that are let off for a time, each with a reason. Left out, none.
   */
  readonly waivers?: readonly Waiver[];
}
/**
 * An expression that has to be true of each document of a kind.
 */
export interface Validation {
  /**
   * The kind of document that `self` stands for. Compulsory.
   */
  readonly each:
    | 'Mesh'
    | 'Service'
    | 'Route'
    | 'Access'
    | 'Authentication'
    | 'Gateway'
    | 'External'
    | 'Rollout'
    | 'Profile'
    | 'Guardrail';
  /**
   * A CEL expression that has to be true: over the resolved document, `self` (the fields of its `spec`, and `metadata`), over the Mesh, `mesh`, and the name of the overlays in force, `environment`. Durations are CEL durations, percentages doubles, sizes bytes, references `namespace/name`; a field that is left out and has no default is missing (`has`). Compulsory.
   */
  readonly expression: Expression;
  /**
   * The message when it isn't true. Left out, the expression.
   */
  readonly message?: string;
}
/**
 * Calls from these callers to these targets.
 */
export interface Flow {
  /**
   * The callers. Services and gateways without a namespace are in the namespace `default`. Compulsory.
   */
  readonly from: PrincipalList;
  /**
   * The called service or namespace. Compulsory.
   *
   * @minItems 1
   */
  readonly to: readonly FlowTarget[];
}
/**
 * The called service or namespace: exactly one of `service` and `namespace`, and of it what the other fields say.
 */
export interface FlowTarget {
  /**
   * This Service or External; without a namespace, the one in `default`. Either this or `namespace`.
   */
  readonly service?: ServiceReference;
  /**
   * All Services and Externals of this namespace, instead of `service`.
   */
  readonly namespace?: DnsLabel;
  /**
   * Only these ports, by name. Left out, all.
   */
  readonly ports?: PortNameList;
  /**
   * Only these HTTP methods; then ports without HTTP don't count. Left out, all.
   */
  readonly methods?: MethodList;
  /**
   * Only these paths; then ports without HTTP don't count. Left out, all.
   */
  readonly paths?: PathMatchList;
}
/**
 * A service that is let off for a time, as target and as caller.
 */
export interface Waiver {
  /**
   * The Service or External that is let off; without a namespace, the one in `default`. Compulsory.
   */
  readonly service: ServiceReference;
  /**
   * The reason, in words that a reviewer understands. Compulsory.
   */
  readonly reason: string;
  /**
   * The last day on which it holds, year-month-day; after it the finding is back. Compulsory.
   */
  readonly expires: string;
}
/**
 * The mesh itself, the one document in mesh.yaml at the root of the repository. It says what holds everywhere, where it is compiled for, and what certificates and telemetry it has.
 */
export interface MeshDocument {
  /**
   * The version of the mesh language, mesh/v1.
   */
  readonly apiVersion: 'mesh/v1';
  /**
   * The kind of the document, Mesh; there is exactly one in a repository.
   */
  readonly kind: 'Mesh';
  /**
   * Names the mesh. A Mesh has no namespace.
   */
  readonly metadata: GlobalMetadata;
  readonly spec: MeshSpec;
}
/**
 * The settings of the whole mesh.
 */
export interface MeshSpec {
  /**
   * The trust domain, the first part of every identity: spiffe://<trust domain>/ns/<namespace>/sa/<service account>. Compulsory; changing it changes every identity.
   */
  readonly trustDomain: TrustDomain;
  /**
   * The security of calls to services: strict (only with a certificate), permissive (plain text too, which has no identity), disabled (nobody has one). A Service may say otherwise. Left out, strict.
   */
  readonly mtls?: 'strict' | 'permissive' | 'disabled';
  /**
   * The access to a service that no Access closes: deny (nobody gets in) or allow (everybody does). Left out, deny.
   */
  readonly access?: 'deny' | 'allow';
  /**
   * The decision on calls to hosts that no External names: deny (unknown host) or allow (they pass). Left out, deny.
   */
  readonly egress?: 'deny' | 'allow';
  /**
   * Settings of all services, with the lowest precedence: profiles, Services and Route rules win over them. Left out, the built-in values hold.
   */
  readonly defaults?: Settings;
  /**
   * The meshes that this is compiled for, by a name of your choice. Left out, the spec can be validated and explained, not compiled.
   */
  readonly targets?: {
    readonly [k: string]: Target;
  };
  /**
   * The clusters, or sites, that services run in, by name. Left out, there is one without a name.
   */
  readonly clusters?: {
    readonly [k: string]: Cluster;
  };
  /**
   * The making of certificates: lifetimes, where keys are kept, who may use them, whom else to trust. Left out, the defaults of each field hold.
   */
  readonly certificates?: Certificates;
  /**
   * The reports of proxies: labels of metrics, access logs, traces. Left out, metrics without labels of your own, no access log, no traces.
   */
  readonly telemetry?: Telemetry;
  readonly metrics?: MetricsSource;
  readonly rateLimiter?: RateLimiter;
  /**
   * Globs, relative to the root, of files that are never read as spec. Left out, only what Git ignores, dot-folders, environments/ and folders with a mesh.yaml of their own are skipped.
   */
  readonly exclude?: readonly string[];
}
/**
 * Settings of calls. Precedence, field by field: Route rule (timeout and retries), Service, its profiles in order, the Mesh's defaults, the built-in values.
 */
export interface Settings {
  /**
   * The longest time of a whole request, all tries included; beyond it is 504. It ends gRPC streams, too: 0s, no limit, for those that live long. The built-in value is 15s.
   */
  readonly timeout?: Duration;
  /**
   * Tries again what failed. The built-in value is no retries.
   */
  readonly retries?: Retries;
  /**
   * Limits of connections and requests, the circuit breaker. The built-in value is no limits, connectTimeout 5s, idleTimeout 1h.
   */
  readonly connections?: Connections;
  /**
   * Takes instances that fail out of the balancing for a while. Off unless written.
   */
  readonly outlierDetection?: OutlierDetection;
  /**
   * The choice among instances, and what keeps a caller on one. The built-in value is least-request without affinity.
   */
  readonly loadBalancing?: LoadBalancing;
  /**
   * Limits how many of the requests under way may be retries. Off unless written.
   */
  readonly retryBudget?: RetryBudget;
  /**
   * Limits requests at the server, for each instance or the whole service. Off unless written.
   */
  readonly rateLimit?: RateLimit;
  /**
   * Prefers instances that are near and says which cluster stands in for another. The built-in value prefers none.
   */
  readonly locality?: LocalityPreference;
  /**
   * The telemetry of a service's proxies. A field that is left out is that of `spec.telemetry` of the Mesh.
   */
  readonly telemetry?: ServiceTelemetry;
}
/**
 * The telemetry of a service's proxies, where it differs from that of the Mesh. Labels of metrics are the Mesh's alone, since a metric has the same labels everywhere.
 */
export interface ServiceTelemetry {
  readonly accessLog?: ServiceAccessLog;
  readonly tracing?: ServiceTracing;
}
/**
 * A receiver of telemetry by OTLP over gRPC.
 */
export interface OtlpReceiver {
  /**
   * The Service or External that receives, namespace/name. A name alone is in the namespace of the Service that says it; in a Mesh and a Profile it is in `default`.
   */
  readonly service: ServiceReference;
  /**
   * Its port, by name. Left out, its only port, or the only one that speaks grpc.
   */
  readonly port?: PortName;
}
/**
 * A mesh that this spec is compiled for.
 */
export interface Target {
  /**
   * The mesh or interface; it decides what native configuration is written. Compulsory.
   */
  readonly platform:
    | 'istio'
    | 'linkerd'
    | 'consul'
    | 'kuma'
    | 'app-mesh'
    | 'osm'
    | 'cilium'
    | 'traefik-mesh'
    | 'gloo-mesh'
    | 'tsb'
    | 'nginx-service-mesh'
    | 'gateway-api'
    | 'smi'
    | 'envoy';
  /**
   * The version that runs there; what is generated depends on it. In quotes, as 1.30 without them is the number 1.3. Left out, the newest that this tool knows.
   */
  readonly version?: string;
  /**
   * The cluster where it runs, one of the mesh's `clusters`; it gets the services that run there. Left out, all services.
   */
  readonly cluster?: DnsLabel;
  /**
   * Options that only this platform knows; each has a schema of its own, and `mesh targets NAME` shows it. Left out, its defaults.
   */
  readonly options?: {
    readonly [k: string]: unknown;
  };
  /**
   * Features, by name, that may be weakened here. Each becomes a warning that says what is lost; of a feature not named here a loss is an error. Left out, none.
   */
  readonly degrade?: readonly string[];
  /**
   * The output that apply writes to: a cluster, a folder or a Git repository. Left out, the target can be compiled, not applied.
   */
  readonly output?: Output;
  /**
   * The rule on applies: by whom, and from where. The rule in force is the one that the last apply recorded. Left out, whoever can write to the output.
   */
  readonly delivery?: Delivery;
}
/**
 * The output that apply writes to: exactly one of `kubernetes`, `directory` and `git`, or `path` with `seenAs`.
 */
export interface Output {
  readonly kubernetes?: KubernetesOutput;
  readonly directory?: DirectoryOutput;
  /**
   * A folder on this machine, as with `directory`, where proxies see it elsewhere, at `seenAs`.
   */
  readonly path?: FilePath;
  /**
   * The folder `path` as the proxies see it, an absolute path. Left out, they see it where it is.
   */
  readonly seenAs?: FilePath;
  readonly git?: GitOutput;
}
/**
 * A Kubernetes cluster, written by server-side apply.
 */
export interface KubernetesOutput {
  /**
   * The context of the kubeconfig to use. Left out, the current one of KUBECONFIG; without KUBECONFIG the cluster that the tool itself runs in, or else the current context of `~/.kube/config`.
   */
  readonly context?: string;
  /**
   * The namespace that keeps inventory, lock, journal and history. Left out, mesh-system.
   */
  readonly stateNamespace?: DnsLabel;
}
/**
 * A deployment repository that a pull-based controller (Argo CD, Flux) carries from there: one commit an apply, nothing is forced.
 */
export interface GitOutput {
  /**
   * The repository, a URL or a path relative to the root; without credentials in it.
   */
  readonly repository: string;
  /**
   * The branch to commit to, or, with `propose`, the one that the proposal is for.
   */
  readonly branch: BranchName;
  /**
   * The folder in that repository, below which everything written stays. Left out, its top.
   */
  readonly path?: FilePath;
  /**
   * true pushes a branch of its own for a pull request; false commits to `branch`. Left out, false.
   */
  readonly propose?: boolean;
  /**
   * The folders of the files. objects: NAMESPACE/KIND/NAME.yaml below one kustomization.yaml. kinds: KIND/NAMESPACE/NAME.yaml, with a kustomization.yaml in the folder of each kind, so that a Flux Kustomization of one kind can wait for that of another (`dependsOn`). Left out, objects.
   */
  readonly layout?: 'objects' | 'kinds';
  /**
   * true annotates each object with its sync wave, in which Argo CD applies it after those that it refers to. Left out, false.
   */
  readonly syncWaves?: boolean;
  readonly observe?: GitObservation;
}
/**
 * The cluster in which the arrival and the health of the commit can be seen. Left out, apply ends with the push.
 */
export interface GitObservation {
  /**
   * The context of the kubeconfig that reaches the cluster which the controller writes to.
   */
  readonly context: string;
}
/**
 * The rule on applies to a target: by whom, and from where.
 */
export interface Delivery {
  /**
   * true refuses an apply without a saved plan that people have approved. Left out, false.
   */
  readonly requirePlan?: boolean;
  /**
   * Only commits that are reachable from one of these branches of the upstream are applied. Left out, any.
   *
   * @minItems 1
   */
  readonly branches?: readonly BranchName[];
  /**
   * Only commits signed by one of these signers are applied: the path of an allowed-signers file of Git, relative to the root. Left out, signatures aren't asked for.
   */
  readonly requireSigned?: FilePath;
}
/**
 * A cluster or site that services run in.
 */
export interface Cluster {
  /**
   * The region that it is in, as its infrastructure calls it; `same-region` compares it. Left out, it shares a region with no other.
   */
  readonly region?: string;
  /**
   * The network that it is in; clusters of one network reach each other's instances directly. Left out, all are of one network.
   */
  readonly network?: string;
}
/**
 * The making of certificates, and the other authorities to trust.
 */
export interface Certificates {
  readonly root?: RootCertificates;
  readonly issuer?: IssuerCertificates;
  readonly workload?: WorkloadCertificates;
  /**
   * The kind of all keys: ecdsa-p256, signed with SHA-256, the one combination that every mesh takes. Left out, that.
   */
  readonly keyAlgorithm?: 'ecdsa-p256';
  readonly recipients?: KeyRecipients;
  /**
   * The issuer of workload certificates in a cluster: none (this tool, or the authority that the mesh brings), cert-manager (signs the issuer that the mesh uses, by `certManager`) or spire (its agents hand out certificates; `certManager` signs SPIRE's own). Directories of Envoys keep this tool. Left out, none.
   */
  readonly delegate?: 'none' | 'cert-manager' | 'spire';
  readonly certManager?: CertManagerIssuer;
  readonly spire?: SpireServer;
  readonly files?: CertificateFiles;
  /**
   * Other trust domains whose certificates are trusted, by their name; each for identities of its own domain alone. Left out, none.
   */
  readonly federation?: {
    readonly [k: string]: FederatedTrust;
  };
}
/**
 * The root certificate, which is offline except when an issuer is made. Left out, 3650d and keys in a file.
 */
export interface RootCertificates {
  /**
   * The lifetime of a root. Left out, 3650d.
   */
  readonly lifetime?: PositiveDuration;
  /**
   * The place of the root's key: file, age or external. Left out, file.
   */
  readonly keys?: KeyStorage;
}
/**
 * The issuers, one a target or cluster, which sign workload certificates. Left out, 90d and keys in a file.
 */
export interface IssuerCertificates {
  /**
   * The lifetime of an issuer, never longer than that of the root. Left out, 90d.
   */
  readonly lifetime?: PositiveDuration;
  /**
   * The place of the issuers' keys: file, age or external. Left out, file.
   */
  readonly keys?: KeyStorage;
}
/**
 * The certificates of services and gateways. Left out, 24h, or 7d where no agent renews.
 */
export interface WorkloadCertificates {
  /**
   * The lifetime of a workload certificate; it is due for renewal at two thirds. Left out, 24h, or 7d where no agent renews (a directory of Envoys).
   */
  readonly lifetime?: PositiveDuration;
}
/**
 * The age recipients who can decrypt keys that are kept with `keys: age`. Compulsory for each such key.
 */
export interface KeyRecipients {
  /**
   * The recipients who can use the root's key; in a team these are people.
   *
   * @minItems 1
   */
  readonly root?: readonly AgeRecipient[];
  /**
   * The recipients who can use the issuers' keys; in a team this is CI.
   *
   * @minItems 1
   */
  readonly issuer?: readonly AgeRecipient[];
}
/**
 * The issuer of cert-manager that `delegate` refers to: it holds a root of this trust domain, or an authority below one. Compulsory with `delegate`.
 */
export interface CertManagerIssuer {
  /**
   * The name of the issuer's object.
   */
  readonly issuer: string;
  /**
   * The kind of the issuer's object: ClusterIssuer, Issuer (in the namespace of the mesh's control plane), or a kind of `group`. Left out, ClusterIssuer.
   */
  readonly kind?: string;
  /**
   * The API group of the issuer's object; other groups are issuers that extend cert-manager. Left out, cert-manager.io.
   */
  readonly group?: string;
}
/**
 * The installation of SPIRE that `delegate: spire` writes objects for. Left out, the namespace spire-server and no class.
 */
export interface SpireServer {
  /**
   * The namespace of SPIRE's server. Left out, spire-server.
   */
  readonly namespace?: string;
  /**
   * The class of objects that SPIRE's controller manager reads. Left out, none, for a controller manager without a class.
   */
  readonly className?: string;
}
/**
 * The owner and mode of key files on disk. Left out, only their owner reads them (0600).
 */
export interface CertificateFiles {
  /**
   * The group that may read key files (0640), where proxies run as another user. Left out, none (0600).
   */
  readonly group?: string;
}
/**
 * The authorities of one other trust domain.
 */
export interface FederatedTrust {
  /**
   * A file of PEM certificates in this repository, relative to the root: the roots of that trust domain.
   */
  readonly bundle: FilePath;
}
/**
 * The reports of proxies. Expressions are CEL over Envoy's attributes, such as request.headers['x-tenant'] or response.code.
 */
export interface Telemetry {
  readonly metrics?: MetricsTelemetry;
  /**
   * Writes a line a request. Left out, there is no access log.
   */
  readonly accessLog?: AccessLog;
  /**
   * Sends spans of requests. Left out, there are none, and trace headers pass unchanged.
   */
  readonly tracing?: Tracing;
}
/**
 * Labels that the proxies add to their metrics. Left out, nothing.
 */
export interface MetricsTelemetry {
  /**
   * Labels that request metrics get, by name; the value is a CEL expression over Envoy's attributes. Left out, none. Values that callers choose make many series.
   */
  readonly labels?: {
    readonly [k: string]: Expression;
  };
}
/**
 * Writes a line a request. Left out, there is no access log.
 */
export interface AccessLog {
  /**
   * The form of a line: json, one object a line, or text. Left out, json.
   */
  readonly format?: 'json' | 'text';
  /**
   * Only requests for which this CEL expression over Envoy's attributes is true are logged. Left out, all.
   */
  readonly when?: Expression;
  /**
   * The receiver of lines: stdout (of the proxy), {file: PATH} or {otlp: {service, port}}. Left out, stdout.
   */
  readonly output?: AccessLogOutput;
}
/**
 * Sends spans of requests. Left out, there are none, and trace headers pass unchanged.
 */
export interface Tracing {
  /**
   * The share of new traces that are recorded; what a caller has decided for its trace is kept. Left out, 1%.
   */
  readonly sampling?: Percentage;
  /**
   * The service that receives spans by OTLP over gRPC. Compulsory.
   */
  readonly otlp: OtlpReceiver;
  /**
   * Further attributes of spans, by name; the value is a CEL expression over Envoy's attributes. Left out, nothing.
   */
  readonly tags?: {
    readonly [k: string]: Expression;
  };
}
/**
 * The sources of metrics of the running mesh, for rollouts and status. Left out, only the proxies themselves can be asked.
 */
export interface MetricsSource {
  readonly prometheus?: PrometheusSource;
}
/**
 * A Prometheus server that scrapes the proxies. Left out, there is none.
 */
export interface PrometheusSource {
  /**
   * The base address of its HTTP API, without /api/v1. Credentials come from the environment, never from here.
   */
  readonly url: Url;
}
/**
 * The service that counts rate limits with `scope: service`. Left out, such limits are errors.
 */
export interface RateLimiter {
  /**
   * The Service or External that speaks Envoy's rate limit protocol over gRPC, namespace/name (a name alone is in the namespace `default`).
   */
  readonly service: ServiceReference;
}
/**
 * Settings with a name, such as gold or batch, that platform teams publish and services take, by name or because a selector picks them.
 */
export interface ProfileDocument {
  /**
   * The version of the mesh language, mesh/v1.
   */
  readonly apiVersion: 'mesh/v1';
  /**
   * The kind of the document, Profile.
   */
  readonly kind: 'Profile';
  /**
   * Names the profile; Services refer to it by this name. A Profile has no namespace.
   */
  readonly metadata: GlobalMetadata;
  readonly spec: ProfileSpec;
}
/**
 * The settings, who gets them unasked, and which of them nobody may change.
 */
export interface ProfileSpec {
  /**
   * The settings that its services get; the Service and its Route rules win over them. Compulsory.
   */
  readonly settings: Settings;
  readonly selector?: ProfileSelector;
  /**
   * Settings that nobody may change, as paths: another value anywhere, or two locks that differ, is an error. Left out, none.
   */
  readonly lock?: readonly string[];
}
/**
 * Services that get it unasked, after the profiles they name, in order of name: all fields have to fit. Left out, only services that name it.
 */
export interface ProfileSelector {
  /**
   * Services in one of these namespaces. Left out, in any.
   *
   * @minItems 1
   */
  readonly namespaces?: readonly DnsLabel[];
  /**
   * Services whose metadata carries all of these labels. Left out, any labels.
   */
  readonly labels?: Labels;
}
/**
 * Takes a service from one version to another, step by step, judged by what callers experience, and back if it gets worse. Before the rollout starts, `from` gets the requests of both versions in every rule that leads to the service, also at gateways and without a Route, and `to` gets none; then the steps divide these requests. Calls of workloads without a proxy of the mesh go to any instance, as ever.
 */
export interface RolloutDocument {
  /**
   * The version of the mesh language, mesh/v1.
   */
  readonly apiVersion: 'mesh/v1';
  /**
   * The kind of the document, Rollout.
   */
  readonly kind: 'Rollout';
  /**
   * Names the rollout.
   */
  readonly metadata: Metadata;
  readonly spec: RolloutSpec;
}
/**
 * A change of versions in steps, and the rule that decides on each.
 */
export interface RolloutSpec {
  /**
   * The service that is rolled out. Compulsory unless `order` names several.
   */
  readonly service?: ServiceReference;
  /**
   * The version that serves now, the baseline. Compulsory.
   */
  readonly from: DnsLabel;
  /**
   * The version that is to serve, the candidate. Compulsory.
   */
  readonly to: DnsLabel;
  /**
   * canary: growing shares; blue-green: all at once, in one step of 100%; ab: growing shares of the requests that fit `match`; shadow: copies of growing shares of requests, whose answers are thrown away. After the last step and the verdict pass, `to` gets everything. Left out, canary.
   */
  readonly strategy?: 'canary' | 'blue-green' | 'ab' | 'shadow';
  /**
   * Conditions on headers, cookies, query and methods. With ab, only matching requests get the new version, by the shares of the steps; with canary, all matching requests get the new version from the first step on, and the others by share. Left out, requests are drawn at random; ab needs it.
   */
  readonly match?: RouteMatch;
  /**
   * The shares of `to`, one after the other, rising up to 100%: 5%, or an object with the time of the step and its approval. Left out, one step to 100%.
   *
   * @minItems 1
   */
  readonly steps?: readonly RolloutStep[];
  /**
   * The end of a step: evidence (its hold is over, the share is confirmed and enough requests are in) or fixed (its hold is over). Left out, evidence.
   */
  readonly pace?: 'evidence' | 'fixed';
  /**
   * session: a cookie keeps a user on the version that served first until the rollout ends, if the client keeps cookies; none: a version is drawn for each request. Left out, none.
   */
  readonly affinity?: 'none' | 'session';
  /**
   * The measurement, and the certainty of a verdict. Left out, the defaults of each field hold.
   */
  readonly judge?: Judge;
  /**
   * The reaction to each verdict. Left out, a failure rolls back and all else holds.
   */
  readonly on?: Reactions;
  /**
   * The longest time of one attempt without its pauses; then `on.inconclusive` decides. Left out, 2h.
   */
  readonly deadline?: PositiveDuration;
  /**
   * The highest share of `to` while nobody could act on a lost runner. Left out, 25%.
   */
  readonly maxWeightUnattended?: Percentage;
  /**
   * The targets of the rollout, with one verdict and one rollback for all. Left out, all targets that have the service.
   *
   * @minItems 1
   */
  readonly targets?: readonly DnsLabel[];
  /**
   * Several services that are rolled out together, in the order of their dependencies, with one verdict; rolled back in reverse. Left out, `service` alone.
   *
   * @minItems 1
   */
  readonly order?: readonly ServiceReference[];
  /**
   * The receivers of events and questions. Left out, none.
   */
  readonly hooks?: readonly Hook[];
  /**
   * The tool that moves the weights: mesh (this tool), or an engine in the cluster, flagger or argo-rollouts. The rollout is then compiled for the engine, which owns the weights. An engine decides by thresholds, and messages name what it can't keep. Left out, mesh.
   */
  readonly engine?: 'mesh' | 'flagger' | 'argo-rollouts';
}
/**
 * Conditions on a request. All fields have to hold, what is left out is no condition; path and headers are those that the caller sent. On tls and tcp ports there are only `sni`, `port` and `from`.
 */
export interface RouteMatch {
  /**
   * The path of the request, one of `exact`, `prefix`, `startsWith` and `regex`. Left out, any path.
   */
  readonly path?: PathMatch;
  /**
   * Its HTTP method is one of these. Left out, any method.
   */
  readonly methods?: MethodList;
  /**
   * Its headers, by name; all have to hold. Left out, any headers.
   */
  readonly headers?: HeaderMatches;
  /**
   * Its cookies, by name; all have to hold. Left out, any cookies.
   */
  readonly cookies?: CookieMatches;
  /**
   * Its query parameters, by name; all have to hold. Left out, any query.
   */
  readonly query?: {
    readonly [k: string]: QueryMatch;
  };
  /**
   * The port, by name, on which it comes in. Left out, any port of the Route.
   */
  readonly port?: PortName;
  readonly grpc?: GrpcMatch;
  /**
   * The server name that the TLS client asks for, one or a list of which one has to fit; a leading *. stands for one or more labels. Only on tls ports. Left out, any.
   *
   * @minItems 1
   */
  readonly sni?: string | readonly HostPattern[];
  /**
   * The caller's verified identity is one of these. Left out, any caller.
   */
  readonly from?: PrincipalList;
}
/**
 * A condition on the value of a query parameter: exactly one of the fields. Values are compared as sent, without decoding; of several with one name the first counts.
 */
export interface QueryMatch {
  /**
   * Exactly this value, as sent; numbers need quotes.
   */
  readonly exact?: string;
  /**
   * The value starts with this, as sent.
   */
  readonly prefix?: string;
  /**
   * The value ends with this, as sent.
   */
  readonly suffix?: string;
  /**
   * The value has this somewhere in it, as sent.
   */
  readonly contains?: string;
  /**
   * A regular expression of RE2 that has to match the whole value, as sent.
   */
  readonly regex?: Pattern;
  /**
   * true: the parameter is there, whatever its value; false: it is not there.
   */
  readonly present?: boolean;
}
/**
 * The gRPC call that it is; at least one of the two fields. Left out, any request, gRPC or not.
 */
export interface GrpcMatch {
  /**
   * The gRPC service with its package, such as shop.v1.Reviews. Left out, any service.
   */
  readonly service?: string;
  /**
   * The gRPC method without its service, such as List. Left out, any method.
   */
  readonly method?: string;
}
/**
 * The measurement, and the certainty of a verdict.
 */
export interface Judge {
  /**
   * The source of counters: prometheus (the mesh's `metrics.prometheus`), scrape (the proxies themselves) or both. Left out, prometheus.
   */
  readonly source?: 'prometheus' | 'scrape' | 'both';
  /**
   * The time between two readings of counters. Left out, 5s.
   */
  readonly interval?: PositiveDuration;
  readonly success?: SuccessCriterion;
  readonly latency?: LatencyCriterion;
  /**
   * Metrics of your own. Left out, none.
   */
  readonly custom?: readonly CustomMetric[];
  /**
   * The chance that a healthy version is rolled back, for the whole rollout, all tests together. Left out, 1%.
   */
  readonly wrongRollback?: Percentage;
  /**
   * The chance that a version worse than the goal is promoted. Left out, 5%.
   */
  readonly wrongPromotion?: Percentage;
  /**
   * The factor by which a version has to be worse for the fast test, which looks at every reading. Left out, 3.
   */
  readonly atLeast?: number;
}
/**
 * The share of requests that have to go well. Left out, 99%.
 */
export interface SuccessCriterion {
  /**
   * The share of requests that have to go well. Left out, 99%.
   */
  readonly slo?: Percentage;
  /**
   * The counted unit: requests. Left out, requests.
   */
  readonly metric?: 'requests';
  /**
   * The answers that count as bad: 4xx, 5xx, a status, grpc (any gRPC error), a gRPC status in lower case, reset, timeout. Left out, 5xx, grpc, reset and timeout.
   *
   * @minItems 1
   */
  readonly bad?: readonly FailureClass[];
}
/**
 * The longest time of requests; slower requests count as bad in a separate test. Left out, latency isn't judged.
 */
export interface LatencyCriterion {
  /**
   * The quantile that is judged, such as p50, p99 or p99.9. Compulsory.
   */
  readonly quantile: string;
  /**
   * The longest time of requests at that quantile. Compulsory.
   */
  readonly max: PositiveDuration;
}
/**
 * A metric of your own that is compared between both versions.
 */
export interface CustomMetric {
  /**
   * The name of the metric, which verdicts print. Compulsory.
   */
  readonly name: DnsLabel;
  /**
   * A PromQL query that gives one series; {{version}} is replaced by each version. Compulsory.
   */
  readonly query: string;
  /**
   * The bad direction: a metric that may not go down says decrease. Compulsory.
   */
  readonly direction: 'increase' | 'decrease';
}
/**
 * The reaction to each verdict: rollback (to `from`) or hold (the share stays until somebody acts).
 */
export interface Reactions {
  /**
   * The reaction if the new version is worse. Left out, rollback.
   */
  readonly fail?: Reaction;
  /**
   * The reaction if the evidence is too small at the deadline. Left out, hold.
   */
  readonly inconclusive?: Reaction;
  /**
   * The reaction when the measurement can't be seen or trusted. Left out, hold.
   */
  readonly blind?: Reaction;
  /**
   * The reaction if a guard finds that the process of the rollout is gone. Left out, hold, at most at `maxWeightUnattended`.
   */
  readonly runnerLost?: Reaction;
}
/**
 * An address, or a program of the repository, that gets a message in JSON for each transition. An address gets it by POST, signed (HMAC-SHA256), in at most three tries of 10 s; a program gets it on its standard input, once, and has 10 s.
 */
export interface Hook {
  /**
   * The transitions with a message: step, verdict, end. Compulsory.
   *
   * @minItems 1
   */
  readonly on: readonly ('step' | 'verdict' | 'end')[];
  /**
   * The address that messages are posted to. Compulsory unless `command` names a program.
   */
  readonly url?: Url;
  /**
   * A program of the repository and its arguments, instead of `url`; its path from the root begins with ./. The program runs without a shell, in the root, only with `mesh canary run --allow-commands`, and only if it equals the file of the commit that is checked out. As a gate its exit code 0 is yes, 1 is no, anything else holds. Left out, messages go to `url`.
   *
   * @minItems 1
   * @maxItems 64
   */
  readonly command?: readonly string[];
  readonly secret?: HookSecret;
  /**
   * true: the hook is asked before the rollout goes on; a 2xx is yes, 403 is no, anything else holds. Left out, false.
   */
  readonly gate?: boolean;
}
/**
 * The key that messages are signed with. Left out, they aren't signed.
 */
export interface HookSecret {
  /**
   * The environment variable that holds the key, by name. Compulsory.
   */
  readonly env: string;
}
/**
 * The ways of requests to a service, inside the mesh and at gateways: rules by path, method, headers and caller, with splits, retries, faults and changes of the request. Without a Route they go to all versions alike.
 */
export interface RouteDocument {
  /**
   * The version of the mesh language, mesh/v1.
   */
  readonly apiVersion: 'mesh/v1';
  /**
   * The kind of the document, Route.
   */
  readonly kind: 'Route';
  /**
   * Names the Route.
   */
  readonly metadata: Metadata;
  readonly spec: RouteSpec;
}
/**
 * The services and gateways of the Route, and its rules. It needs `service`, `gateways` or both.
 */
export interface RouteSpec {
  /**
   * The service that requests inside the mesh are made to, and the default of backends. A port of it has at most one Route. Left out, the Route holds at gateways only.
   */
  readonly service?: ServiceReference;
  /**
   * Gateways at which requests enter that the Route is for, on the listeners that fit. Left out, it holds inside the mesh only.
   *
   * @minItems 1
   */
  readonly gateways?: readonly GatewayReference[];
  /**
   * Hosts at the gateways that it is for; *. stands for one or more labels. The most specific host decides alone. Left out, all hosts.
   *
   * @minItems 1
   */
  readonly hostnames?: readonly HostPattern[];
  /**
   * The ports of the service, by name, that it is for. Left out, its HTTP ports (http, http2, grpc); if it has none, all.
   */
  readonly ports?: PortNameList;
  /**
   * At gateways, which of several Routes with the same host is asked first: the highest. Two of one priority that can match one request are an error. Left out, 0.
   */
  readonly priority?: number;
  /**
   * The rules; the first that matches wins, in this order, on every target. A request that none matches gets 404. Compulsory.
   *
   * @minItems 1
   */
  readonly rules: readonly RouteRule[];
}
/**
 * The treatment of the requests that match: one of `backends`, `redirect` and `respond`; with none of them they go to the Route's service, all versions alike. Beside `redirect` and `respond` there are only `name`, `match`, response headers and `cors`; on tls and tcp ports a rule has only `match` and `backends`.
 */
export interface RouteRule {
  /**
   * A name for the rule, which diffs, traces and overlays use; lists whose entries all have names merge by them. Left out, it is known by its place.
   */
  readonly name?: DnsLabel;
  /**
   * The requests that the rule is for: one of these matches has to hold, and in it all fields. Left out, every request; an empty list is an error.
   *
   * @minItems 1
   */
  readonly match?: readonly RouteMatch[];
  /**
   * The versions and services that answer, by weight. The split is drawn once a request, and all its tries stay with the backend that was drawn: with its version, or, if it names none, with any instance of the service. Left out, beside no `redirect` and no `respond`, the Route's service, all versions alike.
   *
   * @minItems 1
   */
  readonly backends?: readonly Backend[];
  /**
   * The longest time of the whole request, all tries included; beyond it is 504. It ends gRPC streams, too: 0s, no limit, for those that live long. Left out, as the Route's service says.
   */
  readonly timeout?: Duration;
  /**
   * Tries again what failed. Field by field: left out, as the Route's service says.
   */
  readonly retries?: Retries;
  /**
   * The service that gets a copy of the request, once a request, with the answer thrown away. Left out, none.
   */
  readonly mirror?: readonly Mirror[];
  /**
   * Delays or aborts a share of the requests, to test what callers do. Left out, none.
   */
  readonly fault?: Fault;
  readonly headers?: RuleHeaders;
  /**
   * Changes path or host of the request before it is passed on. Left out, both stay.
   */
  readonly rewrite?: Rewrite;
  /**
   * Answers that it is elsewhere. Instead of `backends`.
   */
  readonly redirect?: Redirect;
  /**
   * Answers here, asking nobody. Instead of `backends`.
   */
  readonly respond?: Respond;
  /**
   * The rights of pages of other origins in browsers. Left out, the rule takes no part in CORS, and preflights are ordinary requests.
   */
  readonly cors?: Cors;
  /**
   * Limits requests of this rule, counted at each routing proxy, beside the service's own limit. Left out, none.
   */
  readonly rateLimit?: RuleRateLimit;
}
/**
 * The service or version that answers. What is left out is the Route's.
 */
export interface Backend {
  /**
   * The Service or External. Its own Route isn't asked. Left out, the Route's service.
   */
  readonly service?: ServiceReference;
  /**
   * The version of it. Left out, all versions, every instance with the same chance.
   */
  readonly version?: DnsLabel;
  /**
   * Its port, by name. Left out, the port with the name of the one that the request came in for.
   */
  readonly port?: PortName;
  /**
   * Its share, relative to the weights beside it; 0 gets nothing. Left out, 1.
   */
  readonly weight?: number;
}
/**
 * The service or version that gets a copy of requests. What is left out is the Route's.
 */
export interface Mirror {
  /**
   * The Service or External that gets the copy. Left out, the Route's service.
   */
  readonly service?: ServiceReference;
  /**
   * The version of it. Left out, all versions.
   */
  readonly version?: DnsLabel;
  /**
   * Its port, by name. Left out, the port with the name of the one that the request came in for.
   */
  readonly port?: PortName;
  /**
   * The share of the requests that are copied. Left out, 100%.
   */
  readonly percent?: Percentage;
}
/**
 * Delays, aborts, or both, to test what callers do.
 */
export interface Fault {
  readonly delay?: FaultDelay;
  readonly abort?: FaultAbort;
}
/**
 * Holds a share of the requests back, outside the timeout. Left out, none.
 */
export interface FaultDelay {
  /**
   * The time for which a request is held back. Compulsory.
   */
  readonly duration: PositiveDuration;
  /**
   * The share of the requests that it hits. Left out, 100%.
   */
  readonly percent?: Percentage;
}
/**
 * Answers a share of the requests with an error, which is not tried again: exactly one of `status` and `grpcStatus`. Left out, none.
 */
export interface FaultAbort {
  /**
   * The HTTP status of the answer, from 200 to 599.
   */
  readonly status?: number;
  /**
   * The gRPC status of the answer, by name, instead of `status`.
   */
  readonly grpcStatus?:
    | 'CANCELLED'
    | 'UNKNOWN'
    | 'INVALID_ARGUMENT'
    | 'DEADLINE_EXCEEDED'
    | 'NOT_FOUND'
    | 'ALREADY_EXISTS'
    | 'PERMISSION_DENIED'
    | 'RESOURCE_EXHAUSTED'
    | 'FAILED_PRECONDITION'
    | 'ABORTED'
    | 'OUT_OF_RANGE'
    | 'UNIMPLEMENTED'
    | 'INTERNAL'
    | 'UNAVAILABLE'
    | 'DATA_LOSS'
    | 'UNAUTHENTICATED';
  /**
   * The share of the requests that it hits. Left out, 100%.
   */
  readonly percent?: Percentage;
}
/**
 * Changes of headers. Left out, none.
 */
export interface RuleHeaders {
  /**
   * Changes of the request before it is passed on. Left out, none.
   */
  readonly request?: HeaderChanges;
  /**
   * Changes of every answer that comes through the rule, redirects and direct answers too. Left out, none.
   */
  readonly response?: HeaderChanges;
}
/**
 * Changes of headers; a name is in one of `set`, `add` and `remove`. Values are literal. Of the headers that proxies own only x-forwarded-proto, x-forwarded-host, x-forwarded-port, x-forwarded-prefix, forwarded, via, x-request-id and cookie can be changed.
 */
export interface HeaderChanges {
  /**
   * Headers that get this value, whatever they had before. Left out, none.
   */
  readonly set?: {
    readonly [k: string]: HeaderValue;
  };
  /**
   * Headers that get this value besides those that they have. Left out, none.
   */
  readonly add?: {
    readonly [k: string]: HeaderValue;
  };
  /**
   * Headers that are taken out. Left out, none.
   */
  readonly remove?: readonly HeaderName[];
}
/**
 * Changes of the request before it is passed on.
 */
export interface Rewrite {
  /**
   * The new path, `replacePrefix` or `replaceFull`. Left out, it stays.
   */
  readonly path?: PathRewrite;
  /**
   * The new host, which the server sees as Host. Left out, it stays.
   */
  readonly host?: Authority;
}
/**
 * The new path: exactly one of the fields. The query stays.
 */
export interface PathRewrite {
  /**
   * Put in place of the `prefix` (by path element) or `startsWith` (by character) that matched; each match of the rule needs one. Slashes that would meet become one. A normalised path. If it ends with a slash, a rest of the path whose first segment is . or .. is refused with 400.
   */
  readonly replacePrefix?: Path;
  /**
   * Put in place of the whole path. A normalised path.
   */
  readonly replaceFull?: Path;
}
/**
 * Says where it is instead. What is left out stays as requested, the query included; the old scheme's default port goes.
 */
export interface Redirect {
  /**
   * The scheme there. Left out, the one of the request.
   */
  readonly scheme?: 'http' | 'https';
  /**
   * The host there, without a port. Left out, the one of the request.
   */
  readonly host?: HostName;
  /**
   * The port there. Left out, the one of the request, or none where it was the old scheme's default.
   */
  readonly port?: PortNumber;
  readonly path?: RedirectPath;
  /**
   * The status of the answer: 301, 302, 303, 307 or 308. Left out, 302.
   */
  readonly status?: 301 | 302 | 303 | 307 | 308;
}
/**
 * An answer that the proxy gives itself.
 */
export interface Respond {
  /**
   * The HTTP status of the answer, from 200 to 599. Compulsory.
   */
  readonly status: number;
  /**
   * The body of the answer, as it stands. Left out, none.
   */
  readonly body?: string;
}
/**
 * The rights of pages of other origins in browsers. Of the rules whose path and methods take what a preflight asks for, the first that has `cors`, or that asks for nothing but path and methods, decides: it answers 200 if it has `cors` and allows the origin; otherwise the preflight is an ordinary request.
 */
export interface Cors {
  /**
   * Origins whose pages may ask: scheme, host and port if there is one, or * for all. Compulsory.
   *
   * @minItems 1
   */
  readonly allowOrigins: readonly string[];
  /**
   * Methods that the answer to a preflight allows. Left out, it names none, and browsers keep to the simple ones.
   *
   * @minItems 1
   */
  readonly allowMethods?: readonly HttpMethod[];
  /**
   * Request headers that the answer to a preflight allows. Left out, it names none, and browsers keep to the simple ones.
   *
   * @minItems 1
   */
  readonly allowHeaders?: readonly HeaderName[];
  /**
   * Headers of answers that pages may read. Left out, only the simple ones.
   *
   * @minItems 1
   */
  readonly exposeHeaders?: readonly HeaderName[];
  /**
   * True if pages may send cookies and other credentials along. Left out, false.
   */
  readonly allowCredentials?: boolean;
  /**
   * The time for which browsers may remember the answer to a preflight. Left out, as the browser thinks fit.
   */
  readonly maxAge?: Duration;
}
/**
 * Limits requests of a rule at each routing proxy: a bucket that holds `requests` and `burst`, refilled by `requests` every `per`. A request that finds it empty gets 429.
 */
export interface RuleRateLimit {
  /**
   * The number of requests in every `per`. Compulsory.
   */
  readonly requests: number;
  /**
   * The time between two fillings of the bucket. Compulsory.
   */
  readonly per: PositiveDuration;
  /**
   * The number of requests at once beyond `requests`, after a time with fewer. Left out, 0.
   */
  readonly burst?: number;
  readonly key?: RateLimitKey;
}
/**
 * The header that is counted apart: each value of a header has a bucket of its own, and a request without it isn't counted. Left out, all requests share one bucket.
 */
export interface RateLimitKey {
  /**
   * The header whose value makes the key, by name. Compulsory.
   */
  readonly header: HeaderName;
}
/**
 * A service of the mesh: its ports, versions and instances, what it calls, and how calls to it are made.
 */
export interface ServiceDocument {
  /**
   * The version of the mesh language, mesh/v1.
   */
  readonly apiVersion: 'mesh/v1';
  /**
   * The kind of the document, Service.
   */
  readonly kind: 'Service';
  /**
   * Names the service; others refer to it by this name.
   */
  readonly metadata: Metadata;
  readonly spec: ServiceSpec;
}
/**
 * The instances, the ports and the settings of the service.
 */
export interface ServiceSpec {
  /**
   * The ports that it serves, by name. Left out, it serves none and only calls others.
   */
  readonly ports?: {
    readonly [k: string]: ServicePort;
  };
  /**
   * The instances that belong to it and the account they run as. Left out, the label `app` and the account are the service's name.
   */
  readonly workload?: Workload;
  /**
   * Its versions, by name, between which Routes and Rollouts divide requests. Left out, there is one, called `default`.
   */
  readonly versions?: {
    readonly [k: string]: Version;
  };
  /**
   * Its instances, a list for each version, where no registry knows them (Envoy, VMs). An empty list is a version without instances. Left out, the target's registry knows.
   */
  readonly endpoints?: {
    readonly [k: string]: readonly Endpoint[];
  };
  /**
   * The clusters that it runs in, of the mesh's `clusters`. Left out, all.
   *
   * @minItems 1
   */
  readonly clusters?: readonly DnsLabel[];
  /**
   * The services that it depends on: the call graph, which its proxy is guaranteed to know. [] is nothing. Left out, its proxy knows all services exposed to its namespace.
   */
  readonly calls?: readonly Call[];
  /**
   * Profiles whose settings it takes, by name; the first that sets a field wins. Left out, only those that select it unasked.
   */
  readonly profiles?: readonly DnsLabel[];
  /**
   * Namespaces that may see it, beside its own; to others it is an unknown host. [] is its own alone. Left out, all.
   */
  readonly exposeTo?: readonly DnsLabel[];
  /**
   * The security of calls to it: strict (only with a certificate), permissive (plain text too, which has no identity), disabled (nobody has one). Left out, as the Mesh says.
   */
  readonly mtls?: 'strict' | 'permissive' | 'disabled';
  /**
   * Asks each instance whether it is well; one that fails gets no calls. Its proxy hands the checks of callers to the application, past Access, tokens and limits. Left out, nobody asks.
   */
  readonly healthCheck?: HealthCheck;
  /**
   * The longest time of a whole request to it, all tries included; beyond it is 504. 0s is no limit. Left out, its profiles, then the Mesh, then 15s.
   */
  readonly timeout?: Duration;
  /**
   * Tries again what failed. Field by field: left out, its profiles, then the Mesh, then no retries.
   */
  readonly retries?: Retries;
  /**
   * Limits of connections and requests to it, the circuit breaker. Field by field: left out, its profiles, then the Mesh, then no limits.
   */
  readonly connections?: Connections;
  /**
   * Takes instances that fail out of the balancing for a while. Field by field: left out, its profiles, then the Mesh, then off.
   */
  readonly outlierDetection?: OutlierDetection;
  /**
   * The choice among its instances. Field by field: left out, its profiles, then the Mesh, then least-request without affinity.
   */
  readonly loadBalancing?: LoadBalancing;
  /**
   * Limits how many of the requests to it may be retries. Field by field: left out, its profiles, then the Mesh, then off.
   */
  readonly retryBudget?: RetryBudget;
  /**
   * Limits requests, counted where they arrive. Field by field: left out, its profiles, then the Mesh, then off.
   */
  readonly rateLimit?: RateLimit;
  /**
   * Prefers instances that are near the caller. Field by field: left out, its profiles, then the Mesh, then none is preferred.
   */
  readonly locality?: LocalityPreference;
  /**
   * The reports of its proxies. Field by field: left out, its profiles, then the Mesh's defaults, then `spec.telemetry` of the Mesh. Sampling counts where a trace begins; what the proxy of a caller has decided holds.
   */
  readonly telemetry?: ServiceTelemetry;
}
/**
 * A port of a service.
 */
export interface ServicePort {
  /**
   * The port that callers use, from 1 to 65535. Compulsory.
   */
  readonly port: PortNumber;
  /**
   * The port on which the application listens. Left out, `port`.
   */
  readonly targetPort?: PortNumber;
  /**
   * The protocol there: http, http2, grpc, tls, tcp, mongo, mysql, postgres or redis. Left out, the port's name, which then has to be one of these.
   */
  readonly protocol?: Protocol;
  /**
   * The security of calls to this port: strict (only with a certificate), permissive (plain text too, which has no identity), disabled (nobody has one). Left out, as the service says.
   */
  readonly mtls?: 'strict' | 'permissive' | 'disabled';
  /**
   * The application speaks TLS here itself: its proxy starts TLS when it hands over calls, and checks the application's certificate; {} with nothing special. With `mtls: disabled` the caller's proxy starts it, and the server's sees a connection alone. Left out, the application speaks plain text.
   */
  readonly tls?: PortTls;
}
/**
 * The TLS that an application speaks itself, as the proxy that starts it sees it.
 */
export interface PortTls {
  /**
   * The server name that the proxy asks for. Left out, the service's name in its cluster: reviews.shop.svc.cluster.local.
   */
  readonly sni?: HostName;
  /**
   * The names of which the application's certificate has to carry one. Left out, `sni`.
   *
   * @minItems 1
   */
  readonly subjectAltNames?: readonly string[];
  /**
   * The authorities of the application's certificate, `file` or `secret`. Left out, whom the proxy's system trusts.
   */
  readonly ca?: CertificateAuthority;
}
/**
 * A version of a service. Targets without subsets get one Kubernetes Service a version.
 */
export interface Version {
  /**
   * Labels that its instances carry besides those of the workload. Left out, none; where endpoints are declared none are needed.
   */
  readonly labels?: Labels;
}
/**
 * A check of instances: of a path, by gRPC, or with neither of a connection. `unhealthy` failures in a row put an instance out, `healthy` passes in a row let it in again; the first check decides alone, and before it nothing is sent. With outlierDetection, an ejection outlives a passing check.
 */
export interface HealthCheck {
  /**
   * The port of the service that is asked, for all of its ports. Left out, the only one, else the one called `grpc` with `grpc: true`, else `http`.
   */
  readonly port?: PortName;
  /**
   * Asks this path with GET; an answer from 200 to 399 passes. Left out, a connection is opened, unless `grpc` is true.
   */
  readonly path?: Path;
  /**
   * Asks the gRPC health service (grpc.health.v1.Health) about the whole server; one that says it isn't serving is out at once. Not beside `path`. Left out, a path or a connection is asked for.
   */
  readonly grpc?: true;
  /**
   * The time between two checks of an instance by one caller. Left out, 10s.
   */
  readonly interval?: PositiveDuration;
  /**
   * The longest time of an answer; one that takes longer is a failure. Left out, 2s.
   */
  readonly timeout?: PositiveDuration;
  /**
   * The number of failures in a row that put an instance out. Left out, 3.
   */
  readonly unhealthy?: number;
  /**
   * The number of passes in a row that let an instance in again. Left out, 2.
   */
  readonly healthy?: number;
}
/**
 * Tests of a mesh: requests with the outcomes that people expect. A suite is no part of the mesh: no command but mesh test reads it.
 */
export interface SuiteDocument {
  /**
   * The version of the language of tests, mesh.test/v1.
   */
  readonly apiVersion: 'mesh.test/v1';
  /**
   * The kind of the document, Suite.
   */
  readonly kind: 'Suite';
  readonly metadata?: SuiteMetadata;
  readonly spec: SuiteSpec;
}
/**
 * Names the suite in reports. Left out, the suite has the name of its file.
 */
export interface SuiteMetadata {
  /**
   * The name of the suite in reports.
   */
  readonly name?: DnsLabel;
}
/**
 * The tests, and what they have in common.
 */
export interface SuiteSpec {
  /**
   * Fields of a request that each test has unless it says otherwise; headers and claims are merged by name.
   */
  readonly defaults?: TestRequest;
  /**
   * The tests, in any order; each stands alone.
   *
   * @minItems 1
   */
  readonly tests: readonly Test[];
}
/**
 * A request with its expected outcome; or with `columns` and `rows` a table of such tests.
 */
export interface Test {
  /**
   * The name of the test in reports. Left out, the request itself.
   */
  readonly name?: string;
  /**
   * The request: METHOD and PATH as a text (GET if only a path is given), or its fields. Left out, that of `defaults`.
   */
  readonly request?: TestRequest;
  /**
   * The outcome in a word, the status of an answer that does not come from the application, or the fields of the outcome that count.
   */
  readonly expect?: ExpectedOutcome;
  /**
   * The columns of the table: name, request, expect, fields of a request, or one header or claim, such as headers.x-user.
   *
   * @minItems 1
   *
   * Items: A column.
   */
  readonly columns?: readonly string[];
  /**
   * The rows of the table. Each is a test, with a value for each column; an empty value leaves the field as in `request` and `expect`.
   *
   * @minItems 1
   *
   * Items: A row.
   */
  readonly rows?: readonly TestRow[];
}
/**
 * The path and the host as the server receives them.
 */
export interface ExpectedTarget {
  /**
   * The path, with its query.
   */
  readonly path?: string;
  /**
   * The host.
   */
  readonly host?: string;
}
/**
 * Changes of headers, as a Route writes them; other changes may be there, too.
 */
export interface ExpectedHeaders {
  /**
   * Headers that are set, with their values.
   */
  readonly set?: {
    /**
     * The value.
     */
    readonly [k: string]: string;
  };
  /**
   * Headers that are added, with their values.
   */
  readonly add?: {
    /**
     * The value.
     */
    readonly [k: string]: string;
  };
  /**
   * Headers that are removed.
   *
   * @minItems 1
   *
   * Items: The name of a header.
   */
  readonly remove?: readonly HeaderName[];
}
/**
 * Faults that are injected into a share of the requests.
 */
export interface ExpectedFault {
  readonly delay?: ExpectedDelay;
  readonly abort?: ExpectedAbort;
}
/**
 * The delay of a share of the requests.
 */
export interface ExpectedDelay {
  /**
   * The length of the delay.
   */
  readonly duration?: Duration;
  /**
   * The share of the requests that wait.
   */
  readonly percent?: Percentage;
}
/**
 * The requests that get an error instead of an answer.
 */
export interface ExpectedAbort {
  /**
   * The status of the error.
   */
  readonly status?: number;
  /**
   * The share of the requests that get the error.
   */
  readonly percent?: Percentage;
}
/**
 * A limit that counts the request.
 */
export interface ExpectedLimit {
  /**
   * The place where the limit stands: a rule of a Route, or a service.
   */
  readonly at?: 'rule' | 'service';
  /**
   * The number of requests in each period.
   */
  readonly requests?: number;
  /**
   * The period.
   */
  readonly per?: Duration;
  /**
   * The number of requests above the limit at once.
   */
  readonly burst?: number;
}
