import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import type { Backend } from '../../../spec/types.gen.ts';
import type { KnownExternal, Place, Surroundings } from './surroundings.ts';

/** The protocol of the rule that a destination stands in. */
export type RuleProtocol = 'http' | 'tls' | 'tcp';

/**
 * Reads a Destination (host, subset, port) as a backend. Returns undefined if no service of the mesh and no ServiceEntry has the
 * host.
 */
export function readDestination(
  field: Field,
  namespace: string,
  protocol: RuleProtocol,
  surroundings: Surroundings,
): Backend | undefined {
  const hostField = field.at('host');
  const host = hostField.text();
  const portField = field.along('port', 'number');
  const number = portField.port();
  const guess = { protocol, ...(number === undefined ? {} : { port: number }) };
  const place = host === undefined ? undefined : surroundings.place(hostField, host, namespace, guess);
  if (place === undefined) return undefined;
  const port = portName(place, number);
  if (number !== undefined && port === undefined && place.type === 'service' && place.service !== undefined)
    portField.differently({
      callers: 'the Service has no such port, so these calls fail; the usual port is written',
    });
  if (place.type === 'service' && surroundings.empty.has(`${place.id} ${String(field.at('subset').value)}`)) {
    field.at('subset').carried();
    return undefined;
  }
  if (protocol === 'http' && place.type === 'external')
    startTls(portField, place.external, port, surroundings);
  const version = readSubset(field.at('subset'), place, surroundings);
  return {
    service: place.id,
    ...(version === undefined ? {} : { version }),
    ...(port === undefined ? {} : { port }),
  };
}

/** A destination without a port means its only one. */
function portName(place: Place, number: number | undefined): string | undefined {
  if (place.type === 'service' && place.guessed !== undefined) return place.guessed;
  const ports = place.type === 'external' ? place.external.ports : (place.service?.ports ?? []);
  if (number === undefined) return ports.length === 1 ? ports[0]?.name : undefined;
  return ports.find(({ port }) => port === number)?.name;
}

function startTls(
  field: Field,
  { id, ports }: KnownExternal,
  name: string | undefined,
  { startedTls }: Surroundings,
): void {
  const port = ports.find((one) => one.name === name);
  if (port === undefined || port.isHttp) return;
  field.differently({
    callers:
      'the port takes requests, and the proxy starts TLS: applications can no longer start it themselves there',
  });
  startedTls.add(`${id} ${port.name}`);
}

/** A subset that no DestinationRule defines has no instances: it becomes a version with labels that no pod has. */
function readSubset(field: Field, { id, type }: Place, surroundings: Surroundings): string | undefined {
  const subset = field.text();
  if (subset === undefined || subset === '') return undefined;
  if (type === 'external') {
    field.lost({ callers: 'an External has no versions: calls go to all of its addresses' });
    return undefined;
  }
  const known = surroundings.subsets.get(id)?.get(subset);
  if (known !== undefined) return known;
  const version = dnsLabel(subset);
  if (version === undefined) return undefined;
  field.differently({
    callers:
      'no DestinationRule defines this subset, so calls to it fail with 503; its version has labels that no pod has',
  });
  surroundings.missing.set(id, new Set([...(surroundings.missing.get(id) ?? []), version]));
  return version;
}
