/** A header, or a family of headers, that proxies write, join or drop on the way. */
export interface OwnedHeader {
  /** In lower case; a `*` at the end stands for any further characters. */
  readonly name: string;
  /** The reason why no rule can rely on the header, as a predicate of "proxies". */
  readonly reason: string;
  /** The condition to write instead, in the imperative. */
  readonly instead: string;
  /** True if a Route may set, add and remove the header. */
  readonly changeable: boolean;
}

const otherName = 'let callers send it under a name that no proxy writes';
const byHost = 'use `hosts` in Access, `hostnames` in a Route at a gateway';
const answered = 'use it up for the connection';
const traced = 'change it when they trace';
const unchecked = 'pass on whatever a caller writes there';

/** The headers that proxies own. If several entries fit a name, the first counts. */
export const ownedHeaders: readonly OwnedHeader[] = [
  { name: 'host', reason: 'route by it', instead: byHost, changeable: false },
  { name: 'cookie', reason: 'join its lines or take them apart', instead: 'use `cookies`', changeable: true },
  { name: 'connection', reason: answered, instead: otherName, changeable: false },
  { name: 'keep-alive', reason: answered, instead: otherName, changeable: false },
  { name: 'proxy-connection', reason: answered, instead: otherName, changeable: false },
  { name: 'expect', reason: 'answer it', instead: otherName, changeable: false },
  { name: 'te', reason: answered, instead: 'use `grpc` to match gRPC calls', changeable: false },
  {
    name: 'upgrade',
    reason: answered,
    instead: 'match on `path`; a WebSocket upgrade passes on every rule',
    changeable: false,
  },
  { name: 'transfer-encoding', reason: answered, instead: otherName, changeable: false },
  { name: 'content-length', reason: 'write it anew', instead: otherName, changeable: false },
  { name: 'forwarded', reason: unchecked, instead: byHost, changeable: true },
  { name: 'via', reason: unchecked, instead: otherName, changeable: true },
  {
    name: 'x-forwarded-for',
    reason: 'append to it',
    instead: 'use `from: [{address: …}]` in Access of the gateway',
    changeable: false,
  },
  {
    name: 'x-forwarded-client-cert',
    reason: 'drop it',
    instead: 'use `from`, which is the verified identity',
    changeable: false,
  },
  {
    name: 'x-forwarded-proto',
    reason: 'overwrite it',
    instead: 'use `httpsRedirect` of the listener, or `port` for the listener that takes the call',
    changeable: true,
  },
  { name: 'x-forwarded-host', reason: unchecked, instead: byHost, changeable: true },
  { name: 'x-forwarded-port', reason: unchecked, instead: 'use `port`', changeable: true },
  { name: 'x-forwarded-prefix', reason: unchecked, instead: 'use `path`', changeable: true },
  { name: 'x-forwarded-*', reason: unchecked, instead: otherName, changeable: false },
  { name: 'x-envoy-*', reason: 'drop it', instead: otherName, changeable: false },
  { name: 'x-meshwright-*', reason: 'drop it', instead: otherName, changeable: false },
  { name: 'x-request-id', reason: traced, instead: otherName, changeable: true },
  { name: 'traceparent', reason: traced, instead: otherName, changeable: false },
  { name: 'tracestate', reason: traced, instead: otherName, changeable: false },
];

/** Returns the entry that fits a header name in any case, or undefined if no proxy owns the header. */
export function ownedHeader(name: string): OwnedHeader | undefined {
  const lower = name.toLowerCase();
  return ownedHeaders.find((owned) =>
    owned.name.endsWith('*') ? lower.startsWith(owned.name.slice(0, -1)) : lower === owned.name,
  );
}
