import { defined } from '../../../import/defined.ts';
import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import { isChangeableHeader, isHostPattern, isPath } from '../../../import/written-values.ts';
import type { Listener, Redirect, RouteMatch, RouteRule } from '../../../spec/types.gen.ts';
import { readDuration, readHeaders } from '../../istio-objects/read/http-settings.ts';
import { readBackend, readMatches } from './rules.ts';

const guard = (callers: string) =>
  ({ callers, access: 'wider', witness: 'a request that the gateway refuses' }) as const;

/** A server of a gateway, with the list that it stands in. */
interface Server {
  readonly kind: 'http' | 'tls' | 'tlsPassthrough' | 'tcp';
  readonly item: Field;
}

/** The place of the routes of a gateway. */
interface Entrance {
  readonly namespace: string;
  readonly name: string;
  readonly isOnly: boolean;
}

/** Reads a Gateway or IngressGateway: its listeners, and a Route for each server. */
export function readGateway(document: NativeDocument, context: ReadContext): readonly ReadDocument[] {
  const { root } = document;
  const spec = root.at('spec');
  const selector = spec.at('workloadSelector');
  const namespace = selector.at('namespace').text() ?? context.namespaceOf(document);
  const labels = selector.at('labels').labels() ?? {};
  const name = dnsLabel(document.name);
  readRest(spec);
  const servers = (['http', 'tls', 'tlsPassthrough', 'tcp'] as const).flatMap((kind) =>
    spec
      .at(kind)
      .items()
      .map((item): Server => ({ kind, item })),
  );
  const read = servers.flatMap((server) => {
    const listener = readServer(server, namespace);
    return listener === undefined ? [] : [{ server, listener }];
  });
  if (name === undefined || read.length === 0) {
    context.refuse(document, 'it has no name or no server that the language has a form for');
    return [];
  }
  const listeners: Record<string, Listener> = {};
  for (const { listener } of read) {
    const key = keyOf(listener);
    const known = listeners[key];
    listeners[key] = known === undefined ? listener : joined(known, listener);
  }
  const entrance = { namespace, name, isOnly: Object.keys(listeners).length === 1 };
  const workload = Object.keys(labels).length > 0 ? { workload: { labels } } : {};
  return [
    { kind: 'Gateway', namespace, name, spec: { ...workload, listeners }, from: [root] },
    ...read.flatMap(({ server, listener }) => readRoute(server, listener, entrance, context)),
  ];
}

function keyOf({ protocol, port }: Listener): string {
  return `${protocol}-${String(port)}`;
}

function readRest(spec: Field): void {
  for (const key of ['displayName', 'description', 'configGenerationMetadata', 'fqn', 'etag'])
    spec.at(key).withoutEffect('it changes nothing for callers');
  spec.at('egressAuthorization').lost(guard('all callers may leave by the gateway'));
  spec.at('waf').lost(guard('requests that the firewall refuses are let in'));
  for (const key of ['extension', 'wasmPlugins'])
    spec.at(key).lost({ callers: 'the gateway does nothing of what the plugin does' });
}

function readRoute(
  { kind, item }: Server,
  listener: Listener,
  { namespace, name, isOnly }: Entrance,
  context: ReadContext,
): readonly ReadDocument[] {
  const rules = rulesOf(item, kind, context);
  const label = dnsLabel(item.at('name').text() ?? '') ?? 'server';
  if (rules.length === 0) return [];
  const spec = {
    gateways: [name],
    ...(!isOnly && { ports: [keyOf(listener)] }),
    ...(listener.hostnames && { hostnames: listener.hostnames }),
    rules,
  };
  const own = `${name}-${label}`.slice(0, 63).replace(/-+$/, '');
  return [{ kind: 'Route', namespace, name: own, spec, from: [item] }];
}

function joined(one: Listener, other: Listener): Listener {
  const hostnames = [...new Set([...(one.hostnames ?? []), ...(other.hostnames ?? [])])];
  return { ...one, ...(hostnames.length > 0 && { hostnames }) };
}

function readServer({ item, kind }: Server, namespace: string): Listener | undefined {
  const port = item.at('port').port();
  item.at('name').text();
  const host = item.at('hostname').text() ?? '';
  const tls = item.at('tls');
  const mode = tls.at('mode').text() ?? 'DISABLED';
  const secret = dnsLabel(tls.at('secretName').text() ?? '');
  for (const key of ['cipherSuites', 'maxProtocolVersion', 'minProtocolVersion', 'subjectAltNames'])
    tls.at(key).lost({ callers: 'versions of TLS and ciphers are those of the platform' });
  item.at('authentication').lost(guard('no token is checked: write an Authentication'));
  item.at('authorization').lost(guard('conditions on tokens, and an external authorizer, are not asked'));
  item.at('rateLimiting').lost({ callers: 'requests over the limit are served: write a rateLimit' });
  item.at('failoverSettings').lost({ callers: 'no other locality takes the calls' });
  item.at('extensions').lost({ callers: 'the gateway does nothing of what the plugin does' });
  item.at('openapi').lost(guard('requests are not checked against the description of the API'));
  for (const key of ['trafficMode', 'transit'])
    item.at(key).differently({ callers: 'the Gateway takes calls from outside' });
  item
    .along('routing', 'corsPolicy')
    .lost({ callers: 'browsers get no answer about other origins: write `cors`' });
  if (port === undefined) {
    item.lost({ callers: 'nothing enters by a server without a port' });
    return undefined;
  }
  const hostnames = isHostPattern(host) ? { hostnames: [host] } : {};
  if (kind === 'tcp') return { port, protocol: 'tcp' };
  if (kind !== 'http') return { port, protocol: 'tls', ...hostnames };
  if (!tls.isPresent || mode === 'DISABLED') return { port, protocol: 'http', ...hostnames };
  if (mode !== 'SIMPLE' || secret === undefined) {
    item.lost({
      callers: 'nothing enters by this server: the language has no such TLS, or no Secret is named',
    });
    return undefined;
  }
  return {
    port,
    protocol: 'https',
    ...hostnames,
    tls: { certificate: { secret: `${namespace}/${secret}` } },
  };
}

function rulesOf(item: Field, kind: string, context: ReadContext): readonly RouteRule[] {
  if (kind === 'http')
    return item
      .along('routing', 'rules')
      .items()
      .flatMap((rule) => readRule(rule, context) ?? []);
  const backend = readDestination(item.at('route'), context, 'tcp');
  return backend === undefined ? [] : [{ backends: [backend] }];
}

function readRule(item: Field, context: ReadContext): RouteRule | undefined {
  item.entries();
  const matches = readMatches(item.at('match'));
  const timeout = readDuration(item.at('timeout'));
  item.at('corsPolicy').lost({ callers: 'browsers get no answer about other origins: write `cors`' });
  item.at('extensions').lost({ callers: 'the gateway does nothing of what the plugin does' });
  item.at('disableExternalAuthorization').withoutEffect('no external authorizer is asked');
  const modified = readChanges(item.at('modify'), matches ?? []);
  const [redirect, direct] = [item.at('redirect'), item.at('directResponse')];
  const isForwarded = !redirect.isPresent && !direct.isPresent;
  const backend = isForwarded ? readDestination(item.at('route'), context, 'http') : undefined;
  if (matches === undefined || (isForwarded && backend === undefined)) {
    item.lost({ callers: 'such requests go by the next rule, or get 404' });
    return undefined;
  }
  const match = matches.length > 0 ? { match: matches } : {};
  if (redirect.isPresent) return { ...match, redirect: readRedirect(redirect) };
  if (direct.isPresent) return { ...match, respond: readResponse(direct) };
  return { ...match, ...(backend && { backends: [backend] }), ...defined({ timeout }), ...modified };
}

/** Returns the changes of headers, host and path of requests that match. */
function readChanges(modify: Field, matches: readonly RouteMatch[]): Pick<RouteRule, 'headers' | 'rewrite'> {
  let host = modify.along('rewrite', 'authority').text();
  const headers = readHeaders(modify.at('headers'), isChangeableHeader, (written) => {
    host = written;
  });
  const uri = modify.along('rewrite', 'uri');
  const path = readPathChange(uri, matches);
  const rewrite = defined({ path, host: host !== undefined && isHostPattern(host) ? host : undefined });
  return {
    ...(headers && { headers }),
    ...(Object.keys(rewrite).length > 0 && { rewrite }),
  };
}

/** The rewrite takes the place of what the match names: the whole path, or its beginning. */
function readPathChange(uri: Field, matches: readonly RouteMatch[]) {
  const path = uri.text();
  if (path === undefined) return undefined;
  const all = (form: 'exact' | 'startsWith'): boolean =>
    matches.length > 0 && matches.every((match) => match.path?.[form] !== undefined);
  if (isPath(path) && all('exact')) return { replaceFull: path };
  if (isPath(path) && all('startsWith')) return { replacePrefix: path };
  uri.lost({ callers: 'the path is passed on as it is' });
  return undefined;
}

function readDestination(route: Field, context: ReadContext, protocol: 'http' | 'tcp') {
  route
    .at('clusterDestination')
    .lost({ callers: 'gateways of other clusters are not called: the service itself is, where it is named' });
  const named = route.at('serviceDestination');
  const destination = named.isPresent ? named : route;
  destination.at('tls').lost({ callers: 'the backend is called with the TLS of the mesh' });
  return destination.at('host').isPresent
    ? readBackend(destination.at('host'), destination.at('port'), context, protocol)
    : undefined;
}

function readRedirect(field: Field): Redirect {
  const [host, path, scheme] = ['authority', 'uri', 'scheme'].map((key) => field.at(key).text());
  const port = field.at('port').port();
  const code = field.at('redirectCode').number() ?? 301;
  const status = ([301, 302, 303, 307, 308] as const).find((one) => one === code) ?? 301;
  return {
    ...((scheme === 'http' || scheme === 'https') && { scheme }),
    ...(host !== undefined && isHostPattern(host) && { host }),
    ...(port !== undefined && { port }),
    ...(path !== undefined && isPath(path) && { path }),
    status,
  };
}

function readResponse(field: Field) {
  const body = field.along('body', 'string').text() ?? field.along('body', 'string_').text();
  field.along('body', 'bytes').lost({ callers: 'the answer has no body' });
  return { status: field.at('status').number() ?? 200, ...(body !== undefined && { body }) };
}
