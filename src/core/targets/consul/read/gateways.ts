import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import { isHostPattern } from '../../../import/written-values.ts';
import type { Listener, RouteRule } from '../../../spec/types.gen.ts';
import { readHeaderChanges } from './route-actions.ts';
import type { ServiceNames } from './services.ts';

/** A gateway as routes refer to it. */
export interface ReadGateway {
  readonly document: ReadDocument;
  /** Names of listeners of the language by their names, or ports, in Consul. */
  readonly listeners: ReadonlyMap<string, { readonly name: string; readonly isHttp: boolean }>;
}

/** The rules of services: a gateway sends calls by the router, splitter and resolver of their service. */
export type RulesOf = (id: string) => readonly RouteRule[];

/** Reads the listeners of an ingress gateway or API gateway. */
export function readGateway(document: NativeDocument, context: ReadContext): ReadGateway | undefined {
  const { root, kind } = document;
  const spec = root.at('spec');
  const name = dnsLabel(document.name);
  const listeners: Record<string, Listener> = {};
  const known = new Map<string, { readonly name: string; readonly isHttp: boolean }>();
  const isIssued = kind !== 'APIGateway' && readTls(spec.at('tls'));
  for (const item of spec.at('listeners').items()) {
    const port = item.at('port').port();
    const isHttp = item.at('protocol').text() !== 'tcp';
    if (port === undefined) {
      item.lost({ callers: 'nothing enters by a listener without a port' });
      continue;
    }
    const key = `${isHttp ? 'http' : 'tcp'}-${String(port)}`;
    const certificate =
      kind === 'APIGateway' ? readCertificates(item.at('tls')) : readIssued(item.at('tls'), isIssued);
    listeners[key] = readListener(item, port, isHttp ? certificate : undefined);
    if (certificate !== undefined && !isHttp)
      item.at('port').differently({
        callers: 'the language ends TLS for requests alone: bytes pass as they are',
      });
    known.set(item.at('name').text() ?? String(port), { name: key, isHttp });
  }
  spec.at('defaults').lost({ callers: limits });
  if (name === undefined || known.size === 0) {
    context.refuse(document, 'it has no name or no listener that the language has a form for');
    return undefined;
  }
  const namespace = context.namespaceOf(document);
  return {
    document: { kind: 'Gateway', namespace, name, spec: { listeners }, from: [root] },
    listeners: known,
  };
}

const limits = 'limits of a gateway are those of the services';
const limitFields = ['maxConnections', 'maxPendingRequests', 'maxConcurrentRequests', 'passiveHealthCheck'];

type Certificate = NonNullable<NonNullable<Listener['tls']>['certificate']>;

function readListener(item: Field, port: number, certificate: Certificate | undefined): Listener {
  for (const name of limitFields) item.at(name).lost({ callers: limits });
  const field = item.at('hostname');
  const hostname = field.text() ?? '';
  const isName = isHostPattern(hostname);
  if (hostname !== '' && hostname !== '*' && !isName)
    field.lost({ callers: 'the listener takes every host' });
  const isHttp = item.at('protocol').value !== 'tcp';
  return {
    port,
    ...(certificate === undefined
      ? { protocol: isHttp ? ('http' as const) : ('tcp' as const) }
      : { protocol: 'https' as const, tls: { certificate } }),
    ...(isName && { hostnames: [hostname] }),
  };
}

/** Returns the certificate of Consul's own authority, if the gateway or its listener shows one. */
function readIssued(tls: Field, ofGateway: boolean): Certificate | undefined {
  return readTls(tls) || ofGateway ? { issued: true } : undefined;
}

/** Returns true if the gateway shows a certificate of Consul's own authority. */
function readTls(tls: Field): boolean {
  if (!tls.isPresent) return false;
  const isOn = tls.at('enabled').boolean() === true;
  const sds = tls.at('sds');
  if (sds.isPresent && Object.keys(sds.value as object).length > 0)
    sds.lost({ callers: 'the gateway shows no certificate of another server of secrets' });
  for (const key of ['tlsMinVersion', 'tlsMaxVersion', 'cipherSuites'])
    tls.at(key).lost({ callers: 'versions of TLS and ciphers are those of the platform' });
  return isOn;
}

function readCertificates(tls: Field): Certificate | undefined {
  if (!tls.isPresent) return undefined;
  for (const key of ['minVersion', 'maxVersion', 'cipherSuites'])
    tls.at(key).lost({ callers: 'versions of TLS and ciphers are those of the platform' });
  const [first, ...others] = tls.at('certificates').items();
  for (const other of others) other.lost({ callers: 'a listener shows one certificate' });
  const name = dnsLabel(first?.at('name').text() ?? '');
  if (first === undefined || name === undefined) return undefined;
  first.differently({ callers: 'the certificate has to be in a Secret of this name' });
  return { secret: `default/${name}` };
}

/** Reads the services of an ingress gateway: a Route for each, at its listener. */
export function readIngressRoutes(
  document: NativeDocument,
  gateway: ReadGateway,
  names: ServiceNames,
  rulesOf: RulesOf,
): readonly ReadDocument[] {
  const { namespace, name } = gateway.document;
  return document.root
    .along('spec', 'listeners')
    .items()
    .flatMap((listener) => {
      const found = gateway.listeners.get(String(listener.at('port').value));
      if (found === undefined) return [];
      return listener
        .at('services')
        .items()
        .flatMap((service): readonly ReadDocument[] => {
          const rules = readService(service, found.isHttp, { namespace, names, rulesOf });
          if (rules === undefined) return [];
          const hosts = found.isHttp ? readHosts(service) : undefined;
          if (hosts === 'none') return [];
          const own = dnsLabel(`${name}-${found.name}-${String(service.at('name').value)}`) ?? name;
          return [
            {
              kind: 'Route',
              namespace,
              name: own,
              spec: {
                gateways: [name],
                ...(gateway.listeners.size > 1 && { ports: [found.name] }),
                ...(hosts && { hostnames: hosts }),
                rules,
              },
              from: [service],
            },
          ];
        });
    });
}

interface IngressWorld {
  readonly namespace: string;
  readonly names: ServiceNames;
  readonly rulesOf: RulesOf;
}

function readService(
  service: Field,
  isHttp: boolean,
  { namespace, names, rulesOf }: IngressWorld,
): readonly RouteRule[] | undefined {
  const name = service.at('name').text() ?? '';
  for (const key of limitFields) service.at(key).lost({ callers: limits });
  for (const key of ['namespace', 'partition'])
    service.at(key).lost({ callers: 'the service of this name in the mesh is meant' });
  service.at('tls').lost({ callers: 'the gateway shows the certificate of its listener' });
  const request = readHeaderChanges(service.at('requestHeaders'));
  const response = readHeaderChanges(service.at('responseHeaders'));
  const id = names.idOf(name, namespace, service.at('name'), isHttp ? 'http' : 'tcp');
  if (id === undefined) {
    service.lost({
      callers:
        'services that are not named one by one are not reached by the gateway: write a Route for each',
    });
    return undefined;
  }
  const headers = { ...(request && { request }), ...(response && { response }) };
  const rules = rulesOf(id);
  if (Object.keys(headers).length === 0) return rules;
  return rules.map((rule) => ({ ...rule, headers: { ...rule.headers, ...headers } }));
}

function readHosts(service: Field): readonly string[] | undefined | 'none' {
  const field = service.at('hosts');
  const hosts = field.texts() ?? [];
  const name = String(service.at('name').value);
  if (hosts.length === 0) {
    service.at('name').differently({
      callers: `of the hosts ${name}.ingress.DOMAIN the language can name one: ${name}.ingress.consul`,
    });
    return [`${name}.ingress.consul`];
  }
  if (hosts.includes('*')) return undefined;
  const known = hosts.filter(isHostPattern);
  if (known.length < hosts.length)
    field.differently({ callers: 'hosts with a port or a star inside are not taken' });
  return known.length === 0 ? 'none' : known;
}
