import { defineMessages, finding } from '../../diagnostics/message.ts';
import { record } from '../../lib/record.ts';
import type { Address } from '../service.ts';
import { addressOf, isLoopback } from './address.ts';
import type { Linking } from './linking.ts';
import { destinationId } from './names.ts';
import { reportUnknownPort } from './ports.ts';
import { entriesOf, keyLocationOf, locationOf } from './spec-place.ts';
import { writtenPorts } from './written-ports.ts';

export const messages = defineMessages({
  MESH2025: {
    severity: 'error',
    text: '{key} is an HTTP port: its calls go to `outbound`, where `Host` picks the service',
    explanation:
      'An HTTP call names its destination in `Host`. Only calls of other protocols name no destination and need an address in `tcp`. Remove this entry.',
  },
  MESH2026: {
    severity: 'warning',
    text: 'the address {address} for calls to {key} is not loopback: whoever reaches it acts as this service',
    explanation:
      'Anybody who can reach the outbound port of a proxy makes calls with the identity of its service. Keep the address on 127.0.0.1.',
  },
});

/** Returns the addresses at which a proxy accepts the application's non-HTTP calls, by `<service id>:<port name>`. */
export function outboundTcpOf(
  linking: Linking,
  namespace: string,
  tcp: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, Address>> {
  const addresses: [string, Address][] = [];
  for (const [key, written, at] of entriesOf(tcp)) {
    const [name = '', port = ''] = key.split(':');
    const id = destinationId(linking.names, { name, namespace, ...at, part: 'key' }, linking.report);
    if (id === undefined) continue;
    const owner = writtenPorts(linking, id);
    if (!owner.portNames.includes(port)) reportUnknownPort(linking, owner, port, { ...at, part: 'key' });
    else if (owner.speaksHttp(port))
      linking.report(finding(messages, 'MESH2025', keyLocationOf(at), { key }));
    else addresses.push([`${id}:${port}`, addressOf(written)]);
    if (!isLoopback(addressOf(written).host)) {
      linking.report(finding(messages, 'MESH2026', locationOf(at), { key, address: written }));
    }
  }
  return record(addresses);
}
