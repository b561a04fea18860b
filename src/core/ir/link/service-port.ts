import { defineMessages, finding } from '../../diagnostics/message.ts';
import type { ServiceId } from '../service-id.ts';
import type { Linking } from './linking.ts';
import { destinationId } from './names.ts';
import { reportUnknownPort } from './ports.ts';
import { keyLocationOf, type SpecPlace } from './spec-place.ts';
import { writtenPorts } from './written-ports.ts';

export const messages = defineMessages({
  MESH2013: {
    severity: 'error',
    text: '{owner} has several ports, or none, so this needs a `port`',
    explanation:
      'Without `port` the only port is used, or the only one with the name of the protocol. Name the port.',
  },
});

/** The name of a service that proxies themselves call (telemetry, authorization), as written. */
export interface WrittenServicePort {
  readonly service: string;
  readonly port?: string;
}

/**
 * Returns the service and port that proxies themselves call; the default is the only port, else the port named `usual`.
 */
export function servicePort(
  linking: Linking,
  namespace: string,
  written: WrittenServicePort,
  usual: string,
): { readonly service: ServiceId; readonly port: string } | undefined {
  const at = (key: string): SpecPlace => ({ container: written, key });
  const service = destinationId(
    linking.names,
    { name: written.service, namespace, ...at('service') },
    linking.report,
  );
  if (service === undefined) return undefined;
  const owner = writtenPorts(linking, service);
  const { portNames } = owner;
  if (written.port !== undefined) {
    if (portNames.includes(written.port)) return { service, port: written.port };
    reportUnknownPort(linking, owner, written.port, at('port'));
    return undefined;
  }
  const [only] = portNames;
  if (portNames.length === 1 && only !== undefined) return { service, port: only };
  if (portNames.includes(usual)) return { service, port: usual };
  linking.report(finding(messages, 'MESH2013', keyLocationOf(at('service')), { owner: owner.title }));
  return undefined;
}
