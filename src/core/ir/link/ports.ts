import { defineMessages, finding } from '../../diagnostics/message.ts';
import { insertion } from '../../source/insertion.ts';
import { usualProtocol } from '../../spec/usual-protocol.ts';
import type { MtlsMode, Port, Protocol } from '../service.ts';
import type { ServiceId } from '../service-id.ts';
import type { Linking } from './linking.ts';
import { portTlsOf, type WrittenPortTls } from './port-tls.ts';
import { entriesOf, keyLocationOf, locationOf, originOfWritten, type SpecPlace } from './spec-place.ts';
import { suggestion } from './suggestion.ts';

export const messages = defineMessages({
  MESH2010: {
    severity: 'error',
    text: '{owner} has no port {name}{hint}',
    explanation:
      'Ports are referred to by the name that they have in `ports` (at a Gateway: in `listeners`).',
  },
  MESH2011: {
    severity: 'error',
    text: 'the port {name} needs a protocol',
    explanation:
      'Without `protocol` a port speaks what its name says, and this name is none of http, http2, grpc, tls, tcp, mongo, mysql, postgres, redis. Write `protocol`.',
  },
  MESH2012: {
    severity: 'error',
    text: 'the ports {first} and {second} have the same number {number}',
    explanation: 'Callers tell ports apart by their number. Give each port of a service one of its own.',
  },
});

/** A declared port, before its Route is known. */
export type DeclaredPort = Omit<Port, 'route'>;

interface WrittenPort {
  readonly port: number;
  readonly targetPort?: number;
  readonly protocol?: Protocol;
  readonly mtls?: MtlsMode;
  /** The TLS of a Service's port. For an External it is a boolean, which isn't read here. */
  readonly tls?: WrittenPortTls | boolean;
}

const protocols: ReadonlySet<string> = new Set<Protocol>([
  'http',
  'http2',
  'grpc',
  'tls',
  'tcp',
  'mongo',
  'mysql',
  'postgres',
  'redis',
]);

/**
 * Returns the ports of a Service or External, sorted by number; `host` is the name in its cluster, and `startsTls` is true
 * if the proxy starts TLS at all ports.
 */
export function declaredPorts(
  linking: Linking,
  written: Readonly<Record<string, WrittenPort>> | undefined,
  host: string,
  startsTls = false,
): readonly DeclaredPort[] {
  const byNumber = new Map<number, SpecPlace & { readonly key: string }>();
  const ports: DeclaredPort[] = [];
  for (const [name, port, at] of entriesOf(written)) {
    const first = byNumber.get(port.port);
    if (first !== undefined) {
      const values = { first: first.key, second: name, number: port.port };
      const related = [{ location: keyLocationOf(first), message: `the port ${first.key}` }];
      linking.report(
        finding(messages, 'MESH2012', locationOf({ container: port, key: 'port' }), values, { related }),
      );
      continue;
    }
    byNumber.set(port.port, { container: at.container, key: name });
    const protocol = protocolOf(linking, name, port, at, startsTls);
    ports.push({
      origin: originOfWritten(at),
      name,
      number: port.port,
      targetPort: port.targetPort ?? port.port,
      protocol,
      http: protocol === 'http' || protocol === 'http2' || protocol === 'grpc',
      ...(port.mtls && { mtls: port.mtls }),
      ...(typeof port.tls === 'object' && { tls: portTlsOf(linking, port.tls, protocol, host) }),
    });
  }
  return ports.sort((a, b) => a.number - b.number);
}

/** A Service, an External or a Gateway, with the names of its ports. */
export interface PortOwner {
  /** The name of the owner in messages. */
  readonly title: string;
  readonly portNames: readonly string[];
}

/** Reports that `owner` has no port of this name. */
export function reportUnknownPort(
  linking: Pick<Linking, 'report'>,
  owner: PortOwner,
  name: string,
  at: SpecPlace,
): void {
  const { hint, details } = suggestion(linking.report, { name, ...at }, name, owner.portNames);
  const listed =
    hint === '' && owner.portNames.length > 0 ? ` (it has ${owner.portNames.slice(0, 5).join(', ')})` : hint;
  linking.report(
    finding(
      messages,
      'MESH2010',
      locationOf(at),
      { owner: owner.title, name, hint: listed },
      { ...details, cause: `${owner.title} ${name}` },
    ),
  );
}

/** Returns the port for a `Host` without a port: the only HTTP port, or else the HTTP port 80. */
export function barePort<P extends DeclaredPort>(ports: readonly P[]): P | undefined {
  const http = ports.filter((port) => port.http);
  return http.length === 1 ? http[0] : http.find((port) => port.number === 80);
}

/** Returns the title of a document in messages: its `kind` and `namespace/name`. */
export function titleOf(kind: string, id: ServiceId): string {
  return `${kind} ${id}`;
}

/** Returns true if a port says what it speaks, by `protocol` or by its name. */
export function hasProtocol(name: string, port: Pick<WrittenPort, 'protocol'> | undefined): boolean {
  return port?.protocol !== undefined || protocols.has(name);
}

function protocolOf(
  linking: Linking,
  name: string,
  port: WrittenPort,
  at: SpecPlace,
  startsTls: boolean,
): Protocol {
  if (port.protocol !== undefined) return port.protocol;
  if (hasProtocol(name, port)) return name as Protocol;
  // TLS that the proxy starts leaves HTTP for the application.
  const usual = startsTls && port.port === 443 ? 'http' : usualProtocol(port.port);
  const fix = { title: `write protocol: ${usual}`, edits: [insertion(port, `protocol: ${usual}`)] };
  linking.report(finding(messages, 'MESH2011', keyLocationOf(at), { name }, { fix }));
  return 'tcp';
}
