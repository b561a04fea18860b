import { defineMessages, finding } from '../../diagnostics/message.ts';
import { record } from '../../lib/record.ts';
import type { SpecObject } from '../../spec/spec.ts';
import type { Endpoint, PortAddresses, ServiceDocument } from '../../spec/types.gen.ts';
import type { Address, Instance } from '../service.ts';
import { addressOf, isLoopback } from './address.ts';
import { clusterNames, knownCluster } from './clusters.ts';
import { instancePart } from './instance-ids.ts';
import type { Linking } from './linking.ts';
import { reportNamesakes } from './namesakes.ts';
import { outboundTcpOf } from './outbound-tcp.ts';
import { type DeclaredPort, reportUnknownPort, titleOf } from './ports.ts';
import { entriesOf, itemsOf, locationOf, originOfWritten, type SpecPlace } from './spec-place.ts';

export const messages = defineMessages({
  MESH2020: {
    severity: 'error',
    text: 'with several ports, `{field}` is a map with an address for each of them',
    explanation:
      'One address stands for one port. Write `{http: "10.0.0.7:9080", grpc: "10.0.0.7:9090"}`; the ports of a proxy need addresses of their own, too.',
  },
  MESH2021: {
    severity: 'error',
    text: 'the port {name} has no address in `{field}`',
    explanation: 'Each port of the service needs an address at each of its endpoints.',
  },
  MESH2022: {
    severity: 'error',
    text: 'the service has no ports, so an endpoint of it has no `{field}`',
    explanation:
      'A pure caller serves nothing. Write only where its proxy listens (`outbound`, `admin`), or declare `ports`.',
  },
  MESH2023: {
    severity: 'warning',
    text: 'the {what} address {address} is not loopback: whoever reaches it acts as this service',
    explanation:
      'Whoever can reach the outbound port of a proxy can call as its service; whoever can reach its administration port can stop the proxy. Keep both on 127.0.0.1.',
  },
});

/** Returns the declared instances of one version, in the order of the list. */
export function instancesOf(
  linking: Linking,
  service: SpecObject<ServiceDocument>,
  version: string,
  ports: readonly DeclaredPort[],
  endpoints: readonly Endpoint[],
): readonly Instance[] {
  reportNamesakes(linking, endpoints);
  return itemsOf(endpoints).map(([endpoint, at], position) => {
    const { namespace, name } = service;
    const fields = typeof endpoint === 'string' ? { app: endpoint } : endpoint;
    const appAt: SpecPlace = typeof endpoint === 'string' ? at : { container: endpoint, key: 'app' };
    const scope = { linking, service, ports, at };
    const app = addressesOf(
      { ...scope, field: 'app', written: fields.app, writtenAt: appAt },
      () => undefined,
    );
    const inboundAt: SpecPlace = { container: fields, key: 'inbound' };
    const inbound = addressesOf(
      { ...scope, field: 'inbound', written: fields.inbound, writtenAt: inboundAt },
      (port) => besideApp(app[port]),
    );
    const cluster = clusterOf(linking, service, fields);
    return {
      origin: originOfWritten(at),
      id: linking.instanceId([namespace, name, version, instancePart(endpoint, position)]),
      app,
      inbound,
      outbound: localAddress(linking, fields, 'outbound', '127.0.0.1:15001'),
      outboundTcp: outboundTcpOf(linking, namespace, fields.tcp),
      admin: localAddress(linking, fields, 'admin', '127.0.0.1:15000'),
      ...(fields.zone !== undefined && { zone: fields.zone }),
      ...(cluster !== undefined && { cluster }),
    };
  });
}

/**
 * Returns an address at which a proxy serves its own application or its operator; warns about an address that other
 * machines reach.
 */
export function localAddress(
  linking: Linking,
  fields: { readonly outbound?: string; readonly admin?: string },
  what: 'outbound' | 'admin',
  otherwise: string,
): Address {
  const written = fields[what];
  const address = addressOf(written ?? otherwise);
  if (written !== undefined && !isLoopback(address.host)) {
    linking.report(
      finding(messages, 'MESH2023', locationOf({ container: fields, key: what }), { what, address: written }),
    );
  }
  return address;
}

interface Addresses {
  readonly linking: Linking;
  readonly service: SpecObject<ServiceDocument>;
  readonly ports: readonly DeclaredPort[];
  readonly at: SpecPlace;
  readonly field: 'app' | 'inbound';
  readonly written: PortAddresses | undefined;
  readonly writtenAt: SpecPlace;
}

/** Returns the addresses of all ports; `otherwise` returns the address of a port that has none in the document. */
function addressesOf(
  { linking, service, ports, at, field, written, writtenAt }: Addresses,
  otherwise: (port: string) => Address | undefined,
): Readonly<Record<string, Address>> {
  const report = linking.report;
  if (ports.length === 0) {
    if (written !== undefined) report(finding(messages, 'MESH2022', locationOf(writtenAt), { field }));
    return record([]);
  }
  if (typeof written === 'string' && ports.length > 1) {
    report(finding(messages, 'MESH2020', locationOf(writtenAt), { field }));
    return record([]);
  }
  const names = ports.map((port) => port.name);
  if (typeof written === 'string') return record(names.map((name) => [name, addressOf(written)] as const));
  const known = new Set(names);
  for (const [name, , entry] of entriesOf(written)) {
    if (known.has(name)) continue;
    const owner = { title: titleOf('Service', `${service.namespace}/${service.name}`), portNames: names };
    reportUnknownPort(linking, owner, name, entry);
  }
  const found: [string, Address][] = [];
  for (const name of names) {
    const text = written?.[name];
    const address = text === undefined ? otherwise(name) : addressOf(text);
    if (address !== undefined) found.push([name, address]);
    else if (field === 'app')
      report(
        finding(
          messages,
          'MESH2021',
          locationOf(written === undefined ? at : writtenAt),
          { name, field },
          { cause: `${service.namespace}/${service.name} ${name}` },
        ),
      );
  }
  return record(found);
}

function besideApp(app: Address | undefined): Address | undefined {
  return app === undefined ? undefined : { host: app.host, port: 15006 };
}

function clusterOf(
  linking: Linking,
  service: SpecObject<ServiceDocument>,
  fields: Exclude<Endpoint, string>,
): string | undefined {
  const clusters = clusterNames(linking, service.value.spec.clusters);
  if (fields.cluster === undefined) return clusters.length === 1 ? clusters[0] : undefined;
  const at = { container: fields, key: 'cluster' };
  return knownCluster(linking, fields.cluster, at) ? fields.cluster : undefined;
}
