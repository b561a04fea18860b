import type { Field } from '../../../import/field.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type {
  Connections,
  LoadBalancing,
  OutlierDetection,
  RetryBudget,
  Settings,
} from '../../../spec/types.gen.ts';
import { readDuration } from './http-settings.ts';
import { readLocality } from './locality.ts';

/** Reads the settings of a TrafficPolicy; `tls` and settings by port are read by the caller. */
export function readTrafficPolicy(field: Field, { clusters = {} }: ReadContext): Settings {
  const loadBalancing = readLoadBalancer(field.at('loadBalancer'));
  const locality = readLocality(field.along('loadBalancer', 'localityLbSetting'), clusters);
  const connections = readConnectionPool(field.at('connectionPool'));
  const outlierDetection = readOutlierDetection(field.at('outlierDetection'));
  const retryBudget = readRetryBudget(field.at('retryBudget'));
  field.at('tunnel').lost({ callers: 'connections are not tunnelled through another proxy' });
  field.at('proxyProtocol').lost({ callers: 'the server is not told the address of the client' });
  return {
    ...(connections === undefined ? {} : { connections }),
    ...(outlierDetection === undefined ? {} : { outlierDetection }),
    ...(loadBalancing === undefined ? {} : { loadBalancing }),
    ...(locality === undefined ? {} : { locality }),
    ...(retryBudget === undefined ? {} : { retryBudget }),
  };
}

const algorithms: Readonly<Record<string, LoadBalancing['algorithm']>> = {
  ROUND_ROBIN: 'round-robin',
  LEAST_CONN: 'least-request',
  LEAST_REQUEST: 'least-request',
  RANDOM: 'random',
};

function readLoadBalancer(field: Field): LoadBalancing | undefined {
  const simple = field.at('simple');
  const word = simple.text();
  const algorithm = word === undefined ? undefined : algorithms[word];
  if (word !== undefined && word !== 'UNSPECIFIED' && algorithm === undefined)
    simple.lost({ callers: 'the proxy chooses the instance, not the caller' });
  for (const warm of ['warmup', 'warmupDurationSecs'])
    field.at(warm).lost({ callers: 'new instances get their whole share at once' });
  const hash = field.at('consistentHash');
  const affinity = readAffinity(hash);
  hash.at('minimumRingSize').withoutEffect('the size of the ring changes no single choice');
  hash.along('ringHash', 'minimumRingSize').withoutEffect('the size of the ring changes no single choice');
  const maglev = hash.at('maglev');
  maglev.at('tableSize').withoutEffect('the size of the table changes no single choice');
  if (hash.at('ringHash').isPresent) hash.at('ringHash').entries();
  if (maglev.isPresent) maglev.entries();
  if (affinity === undefined) return algorithm === undefined ? undefined : { algorithm };
  return { algorithm: maglev.isPresent ? 'maglev' : 'ring-hash', affinity };
}

function readAffinity(field: Field): LoadBalancing['affinity'] {
  const header = field.at('httpHeaderName').text();
  const query = field.at('httpQueryParameterName').text();
  const source = field.at('useSourceIp').boolean();
  const cookie = field.at('httpCookie');
  if (header !== undefined) return { header };
  if (query !== undefined) return { query };
  if (source === true) return { sourceAddress: true };
  const name = cookie.at('name').text();
  if (name === undefined) return undefined;
  const ttl = readDuration(cookie.at('ttl'));
  const path = cookie.at('path');
  if (path.text() !== '/') path.lost({ callers: 'the cookie holds for all paths' });
  cookie.at('attributes').lost({ callers: 'the cookie has no further attributes' });
  return { cookie: { name, ...(ttl === undefined ? {} : { ttl }) } };
}

function readConnectionPool(field: Field): Connections | undefined {
  const tcp = field.at('tcp');
  const http = field.at('http');
  const lost = (part: Field, name: string, callers: string): void => part.at(name).lost({ callers });
  lost(tcp, 'tcpKeepalive', 'idle connections are not probed');
  lost(tcp, 'maxConnectionDuration', 'connections live as long as they are used');
  lost(http, 'http2KeepAlive', 'idle connections are not probed');
  lost(http, 'maxRetries', 'retries have no limit of their own: see Service.retryBudget');
  lost(http, 'h2UpgradePolicy', 'the port says whether calls are HTTP/2');
  lost(http, 'useClientProtocol', 'the port says whether calls are HTTP/2');
  lost(http, 'maxConcurrentStreams', 'a connection carries as many streams as the server allows');
  const connect = readDuration(tcp.at('connectTimeout'));
  const idle = readDuration(http.at('idleTimeout'));
  const tcpIdle = readDuration(tcp.at('idleTimeout'));
  if (idle !== undefined && tcpIdle !== undefined && idle !== tcpIdle)
    tcp.at('idleTimeout').lost({ callers: 'connections of all protocols have the idle timeout of HTTP' });
  const idleTimeout = idle ?? tcpIdle;
  const read: Connections = {
    ...limit('maxConnections', tcp.at('maxConnections')),
    ...limit('maxPendingRequests', http.at('http1MaxPendingRequests')),
    ...limit('maxRequests', http.at('http2MaxRequests')),
    ...limit('maxRequestsPerConnection', http.at('maxRequestsPerConnection')),
    ...(connect === undefined || connect === '0s' ? {} : { connectTimeout: connect }),
    ...(idleTimeout === undefined ? {} : { idleTimeout }),
  };
  return Object.keys(read).length > 0 ? read : undefined;
}

/** Zero is the default of the native API, which is unlimited. */
function limit(name: keyof Connections, field: Field): Connections {
  const value = field.number();
  if (value === undefined || (value === 0 && name !== 'maxRequestsPerConnection')) return {};
  return { [name]: Math.min(value, 4_294_967_295) };
}

/** An empty outlierDetection is on, with defaults that differ from those of the language. */
function readOutlierDetection(field: Field): OutlierDetection | undefined {
  if (!field.isPresent) return undefined;
  if (field.entries().length === 0) return nativeOutliers;
  for (const name of ['splitExternalLocalOriginErrors', 'consecutiveLocalOriginFailures'])
    field.at(name).lost({ callers: 'failed connections count as failed calls' });
  const consecutive = field.at('consecutive5xxErrors').number();
  const gateway = field.at('consecutiveGatewayErrors').number() ?? field.at('consecutiveErrors').number();
  const interval = readDuration(field.at('interval'));
  const base = readDuration(field.at('baseEjectionTime'));
  const most = field.at('maxEjectionPercent').number();
  const least = field.at('minHealthPercent').number();
  return {
    consecutive5xx: consecutive ?? 5,
    ...(gateway === undefined ? {} : { consecutiveGatewayErrors: gateway }),
    ...(interval === undefined || interval === '0s' ? {} : { interval }),
    ...(base === undefined || base === '0s' ? {} : { baseEjectionTime: base }),
    maxEjectionPercent: percent(most ?? 10),
    ...(least === undefined || least === 0 ? {} : { minHealthPercent: percent(least) }),
  };
}

const nativeOutliers: OutlierDetection = { maxEjectionPercent: '10%' };

function percent(value: number): string {
  return `${String(Math.min(100, Math.max(0, value)))}%`;
}

function readRetryBudget(field: Field): RetryBudget | undefined {
  if (!field.isPresent) return undefined;
  const share = field.at('percent').number() ?? 20;
  const least = field.at('minRetryConcurrency').number() ?? 3;
  return { percent: percent(share), minRetryConcurrency: least };
}
