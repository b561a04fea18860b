import { defined } from '../../../import/defined.ts';
import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import { hasLabels } from '../../../import/inventory.ts';
import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import { isHostPattern } from '../../../import/written-values.ts';
import type { Listener, ListenerTls } from '../../../spec/types.gen.ts';
import type { KnownGateway, KnownListener } from './surroundings.ts';

/** A Gateway with its document. */
export interface ReadGateway {
  readonly known: KnownGateway;
  readonly document: ReadDocument & { readonly kind: 'Gateway' };
  /** The servers by the names of their listeners. */
  readonly servers: ReadonlyMap<string, Field>;
}

/** Reads a Gateway of networking.istio.io. Returns undefined, with an error, for one without listeners. */
export function readGateway(document: NativeDocument, context: ReadContext): ReadGateway | undefined {
  const { root } = document;
  const namespace = context.namespaceOf(document);
  const spec = root.at('spec');
  const labels = spec.at('selector').labels() ?? {};
  const listeners: Record<string, Listener> = {};
  const known: KnownListener[] = [];
  const servers = new Map<string, Field>();
  for (const server of spec.at('servers').items()) {
    const listener = readServer(server, namespace);
    if (listener === undefined) continue;
    const name = dnsLabel(server.along('port', 'name').text() ?? '') ?? listener.protocol;
    const key = freeName(/^[a-z]/.test(name) ? name : `${listener.protocol}-${name}`, listeners);
    listeners[key] = listener;
    servers.set(key, server);
    known.push(knownListener(key, listener, readAdmitted(server.at('hosts'), namespace)));
  }
  if (Object.keys(listeners).length === 0) {
    context.refuse(document, 'it has no server with a port and a protocol of the language');
    return undefined;
  }
  readHeader(document);
  const pods = context.inventory.workloads.find(
    (one) => Object.keys(labels).length > 0 && hasLabels(one.labels, labels),
  );
  const account = pods?.serviceAccount ?? guessedAccount(labels);
  const name = dnsLabel(document.name) ?? 'gateway';
  const isEgress = /egress/.test(Object.values(labels).join(' '));
  return {
    known: {
      id: `${namespace}/${name}`,
      namespace: pods?.namespace ?? 'istio-system',
      labels,
      listeners: known,
    },
    servers,
    document: {
      kind: 'Gateway',
      namespace,
      name,
      spec: {
        ...(isEgress ? { type: 'egress' } : {}),
        workload: { labels, ...(account === undefined ? {} : { serviceAccount: account }) },
        listeners,
      },
      from: [root],
    },
  };
}

function knownListener(
  name: string,
  { port, protocol }: Listener,
  admits: KnownListener['admits'],
): KnownListener {
  return { name, port, isHttp: protocol === 'http' || protocol === 'https', admits };
}

/** The installation of the mesh names accounts after its gateways. */
function guessedAccount({ istio }: Readonly<Record<string, string>>): string | undefined {
  return istio === 'ingressgateway' || istio === 'egressgateway'
    ? `istio-${istio}-service-account`
    : undefined;
}

function freeName(name: string, taken: Readonly<Record<string, unknown>>): string {
  let free = name;
  for (let count = 2; Object.hasOwn(taken, free); count += 1) free = `${name.slice(0, 58)}-${String(count)}`;
  return free;
}

function readServer(server: Field, namespace: string): Listener | undefined {
  const port = server.along('port', 'number').port();
  const word = (server.along('port', 'protocol').text() ?? '').toUpperCase();
  server.along('port', 'name').text();
  server.along('port', 'targetPort').withoutEffect('the field is no longer read');
  server.at('name').withoutEffect('names of servers stand in metrics alone');
  server.at('bind').lost({ callers: 'the listener takes calls at all addresses of the pods' });
  server.at('defaultEndpoint').lost({ callers: 'calls without a route get 404' });
  const tls = server.at('tls');
  const protocol = protocolOf(word, tls.at('mode').value);
  if (port === undefined || protocol === undefined) {
    server.lost({ callers: 'nothing enters by this server: the language has no such listener' });
    return undefined;
  }
  const hostnames = readHosts(server.at('hosts'));
  const redirect = tls.at('httpsRedirect').boolean();
  const read = protocol === 'https' ? readTls(tls, namespace) : undefined;
  if (protocol === 'https' && read === undefined) {
    server.lost({ callers: 'nothing enters by this server: its certificate is not known' });
    return undefined;
  }
  if (protocol !== 'https') tls.at('mode').text();
  return {
    port,
    protocol,
    ...(hostnames.length > 0 && protocol !== 'tcp' ? { hostnames } : {}),
    ...(redirect === true && protocol === 'http' ? { httpsRedirect: true } : {}),
    ...(read === undefined ? {} : { tls: read }),
  };
}

function protocolOf(word: string, mode: unknown): Listener['protocol'] | undefined {
  if (word === 'HTTP' || word === 'HTTP2' || word === 'GRPC' || word === 'GRPC-WEB') return 'http';
  if (word === 'HTTPS' || word === 'TLS') {
    if (mode === 'PASSTHROUGH') return 'tls';
    return mode === 'AUTO_PASSTHROUGH' || mode === 'ISTIO_MUTUAL' ? undefined : 'https';
  }
  return word === 'TCP' || word === 'MONGO' || word === 'MYSQL' || word === 'REDIS' ? 'tcp' : undefined;
}

/** Reads the namespaces before hosts (`namespace/host`): a dot is the Gateway's own, and a star or none stands for all. */
function readAdmitted(hosts: Field, namespace: string): KnownListener['admits'] {
  const owners = hosts.items().map((item) => {
    const written = /^([^/]*)\//.exec(item.text() ?? '')?.[1] ?? '*';
    return written === '.' ? namespace : written;
  });
  const named = [...new Set(owners)];
  if (named.length > 1)
    hosts.differently({
      callers:
        'hosts are for VirtualServices of different namespaces; only those that all hosts are for enter here',
      access: 'narrower',
    });
  const [own, ...others] = named.filter((one) => one !== '*');
  if (own === undefined) return 'all';
  return others.length === 0 ? [own] : [];
}

/** `namespace/host` limits the VirtualServices that may use the host, which `readAdmitted` reads. */
function readHosts(list: Field): readonly string[] {
  const hosts = list
    .items()
    .map((item) => ({ item, host: (item.text() ?? '').replace(/^[^/]*\//, '').toLowerCase() }));
  if (hosts.some(({ host }) => host === '*')) return [];
  return hosts.flatMap(({ item, host }) => {
    if (!isHostPattern(host)) item.lost({ callers: 'this is no host name: nothing enters by it' });
    return isHostPattern(host) ? [host] : [];
  });
}

function readTls(tls: Field, namespace: string): ListenerTls | undefined {
  const mode = tls.at('mode').text() ?? 'SIMPLE';
  const credential = tls.at('credentialName').text() ?? tls.at('credentialNames').items()[0]?.text();
  const [certificate, key] = [tls.at('serverCertificate').text(), tls.at('privateKey').text()];
  const file = tls.at('caCertificates').text();
  const minVersion = readVersions(tls);
  tls.at('cipherSuites').lost({ callers: 'the usual ciphers are offered' });
  for (const name of ['subjectAltNames', 'verifyCertificateSpki', 'verifyCertificateHash', 'caCrl'])
    tls
      .at(name)
      .lost({ callers: 'every client with a certificate of the authority gets in', access: 'wider' });
  tls.at('httpsRedirect').withoutEffect('the listener takes HTTPS already');
  const required = { MUTUAL: true, OPTIONAL_MUTUAL: false }[mode];
  if (credential !== undefined) {
    if (!/^[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$/.test(credential)) return undefined;
    const secret = `${namespace}/${credential}`;
    const clientCertificates = required === undefined ? undefined : { ca: { secret }, required };
    return { certificate: { secret }, ...defined({ minVersion, clientCertificates }) };
  }
  if (certificate === undefined || key === undefined) return undefined;
  if (required !== undefined && file === undefined) return undefined;
  const clientCertificates =
    required === undefined || file === undefined ? undefined : { ca: { file }, required };
  return { certificate: { files: { certificate, key } }, ...defined({ minVersion, clientCertificates }) };
}

function readVersions(tls: Field): '1.3' | undefined {
  const least = tls.at('minProtocolVersion');
  const version = least.text();
  if (version === 'TLSV1_0' || version === 'TLSV1_1')
    least.differently({ callers: 'clients need TLS 1.2', access: 'narrower' });
  tls.at('maxProtocolVersion').lost({ callers: 'clients may use TLS 1.3' });
  return version === 'TLSV1_3' ? '1.3' : undefined;
}
