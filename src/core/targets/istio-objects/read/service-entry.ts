import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import { isHostPattern } from '../../../import/written-values.ts';
import type { ExternalPort, ExternalSpec, Protocol } from '../../../spec/types.gen.ts';
import { isHidden, readExportTo } from './export-to.ts';
import type { KnownExternal } from './surroundings.ts';

/** A ServiceEntry as an External, with its document. */
export interface ReadExternal {
  readonly known: KnownExternal;
  readonly document: ReadDocument;
}

const protocols: Readonly<Record<string, Protocol>> = {
  HTTP: 'http',
  HTTP2: 'http2',
  GRPC: 'grpc',
  'GRPC-WEB': 'http',
  HTTPS: 'tls',
  TLS: 'tls',
  TCP: 'tcp',
  MONGO: 'mongo',
  MYSQL: 'mysql',
  REDIS: 'redis',
};

/**
 * Reads a ServiceEntry. Returns undefined for one that no proxy knows, and, with an error, for one that the language has no form
 * for.
 */
export function readServiceEntry(document: NativeDocument, context: ReadContext): ReadExternal | undefined {
  const { root } = document;
  const namespace = context.namespaceOf(document);
  const spec = root.at('spec');
  const location = spec.at('location').text() ?? 'MESH_EXTERNAL';
  if (location === 'MESH_INTERNAL' || spec.at('workloadSelector').isPresent) {
    context.refuse(
      document,
      'it is a service of the mesh on machines without a registry; write a Service with endpoints',
    );
    return undefined;
  }
  readHeader(document);
  if (isHidden(spec)) return undefined;
  const hosts = spec
    .at('hosts')
    .items()
    .flatMap((item) => {
      const host = (item.text() ?? '').toLowerCase();
      if (!isHostPattern(host)) item.lost({ callers: 'this is no host name that the language takes' });
      return isHostPattern(host) ? [host] : [];
    });
  const addresses = readAddresses(spec);
  const ports = readPorts(spec.at('ports'), {
    isWildcard: hosts.some((host) => host.startsWith('*.')),
    hasAddresses: addresses.length > 0,
  });
  const entries = Object.entries(ports);
  if (hosts.length === 0 || entries.length === 0) {
    context.refuse(
      document,
      'an External needs a host name and a port, and addresses for connections of bytes',
    );
    return undefined;
  }
  const from = readExportTo(spec.at('exportTo'), namespace)?.map((name) => ({ namespace: name }));
  const names = spec.at('subjectAltNames').texts() ?? [];
  if (names.length > 0)
    spec
      .at('subjectAltNames')
      .differently({ callers: 'the names are checked only where the proxy starts TLS' });
  const name = dnsLabel(document.name) ?? 'external';
  const content: ExternalSpec = {
    hosts,
    ...(addresses.length > 0 ? { addresses } : {}),
    ports,
    ...(from === undefined ? {} : { from }),
  };
  const isHttp = ({ protocol }: ExternalPort, key: string): boolean =>
    ['http', 'http2', 'grpc'].includes(protocol ?? key);
  return {
    known: {
      id: `${namespace}/${name}`,
      hosts,
      ports: entries.map(([key, port]) => ({ name: key, port: port.port, isHttp: isHttp(port, key) })),
      spec: content,
    },
    document: { kind: 'External', namespace, name, spec: content, from: [root] },
  };
}

/** Protocols of which proxies see bytes alone, and so no host. */
const ofBytes: readonly Protocol[] = ['tcp', 'mongo', 'mysql', 'redis'];

function readPorts(
  list: Field,
  { isWildcard, hasAddresses }: { readonly isWildcard: boolean; readonly hasAddresses: boolean },
): Readonly<Record<string, ExternalPort>> {
  const ports: Record<string, ExternalPort> = {};
  for (const item of list.items()) {
    const port = item.at('number').port();
    const word = (item.at('protocol').text() ?? 'TCP').toUpperCase();
    const protocol = protocols[word];
    const name = dnsLabel(item.at('name').text() ?? '') ?? protocol ?? 'tcp';
    const target = item.at('targetPort').port();
    if (isWildcard)
      item.at('targetPort').lost({ callers: 'many hosts are reached at the port that is called' });
    if (port === undefined || protocol === undefined) {
      item.lost({ callers: `the language has no protocol ${word}: the port is not called by proxies` });
      continue;
    }
    if (markNameless(item, protocol, hasAddresses)) continue;
    const key = name in ports ? `${name}-${String(port)}` : name;
    ports[key] = {
      port,
      ...(target === undefined || target === port || isWildcard ? {} : { targetPort: target }),
      ...(key === protocol ? {} : { protocol }),
    };
  }
  return ports;
}

/** Returns true, and says so, for a port of connections that name no host. */
function markNameless(item: Field, protocol: Protocol, hasAddresses: boolean): boolean {
  if (hasAddresses || !ofBytes.includes(protocol)) return false;
  item.lost({
    callers:
      'connections of bytes name no host, so that an External needs addresses for this port: calls to it go by the posture of egress',
    access: 'narrower',
  });
  return true;
}

/** Endpoints with addresses say where the host is; without them its own addresses do. */
function readAddresses(spec: Field): readonly string[] {
  spec.at('resolution').text();
  const isAddress = (text: string): boolean =>
    /^(?:\d{1,3}\.){3}\d{1,3}$|^[0-9a-fA-F:]*:[0-9a-fA-F:]+$/.test(text);
  const endpoints = spec
    .at('endpoints')
    .items()
    .flatMap((item) => {
      const field = item.at('address');
      const address = field.text() ?? '';
      for (const [name, other] of item.entries())
        if (name !== 'address')
          other.lost({ callers: 'all endpoints are alike, on the ports of the External' });
      if (!isAddress(address)) field.lost({ callers: 'the host is asked of DNS under its own name' });
      return isAddress(address) ? [address] : [];
    });
  const own = spec
    .at('addresses')
    .items()
    .flatMap((item) => {
      const address = (item.text() ?? '').replace(/\/32$/, '');
      if (!isAddress(address))
        item.lost({ callers: 'the language has no ranges of addresses: calls by address go nowhere' });
      return isAddress(address) ? [address] : [];
    });
  return endpoints.length > 0 ? endpoints : own;
}
