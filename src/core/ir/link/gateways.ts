import { defineMessages, finding } from '../../diagnostics/message.ts';
import { originOf } from '../../source/location.ts';
import type { SpecObject } from '../../spec/spec.ts';
import type {
  GatewayDocument,
  Listener as WrittenListener,
  ListenerTls as WrittenTls,
} from '../../spec/types.gen.ts';
import type { Gateway, GatewayInstance, ListenerTls } from '../gateway.ts';
import { instancePart } from './instance-ids.ts';
import { localAddress } from './instances.ts';
import type { Linking } from './linking.ts';
import { idOf } from './names.ts';
import { reportNamesakes } from './namesakes.ts';
import { gatewayPrincipal } from './principals.ts';
import type { BareListener } from './virtual-hosts.ts';
import { type At, entriesOf, itemsOf, keyLocationOf, locationOf, originOfWritten } from './written.ts';

export const messages = defineMessages({
  MESH2140: {
    severity: 'error',
    text: 'the listeners {first} and {second} have the same port {port}',
    explanation:
      'A listener is known by its port. One listener serves several hosts: list them in `hostnames`.',
  },
  MESH2141: {
    severity: 'error',
    text: 'a listener for https needs `tls`',
    explanation:
      'TLS ends at an https listener, so it needs a certificate: `tls: {certificate: {issued: true}}` takes one of the mesh.',
  },
  MESH2142: {
    severity: 'error',
    text: 'a listener for {protocol} has no `{field}`',
    explanation:
      '`tls` belongs to https listeners, where TLS ends; `httpsRedirect` to http listeners; `hostnames` are not seen at tcp listeners.',
  },
});

/** A Gateway as far as it is known before its Routes and rules are. */
export type BareGateway = Omit<Gateway, 'listeners' | 'access' | 'authentication'> & {
  readonly listeners: readonly BareListener[];
};

/** What a Gateway document says by itself. */
export function gatewayOf(linking: Linking, gateway: SpecObject<GatewayDocument>): BareGateway {
  const { spec } = gateway.value;
  const id = idOf(gateway);
  return {
    origin: originOf(gateway.location),
    id,
    namespace: gateway.namespace,
    name: gateway.name,
    type: spec.type ?? 'ingress',
    workload: {
      labels: spec.workload?.labels ?? { app: gateway.name },
      principal: gatewayPrincipal(linking, id),
    },
    listeners: listenersOf(linking, spec.listeners),
    ...(spec.endpoints && { instances: instancesOf(linking, gateway, spec.endpoints) }),
  };
}

function listenersOf(
  linking: Linking,
  written: Readonly<Record<string, WrittenListener>> | undefined,
): readonly BareListener[] {
  const byPort = new Map<number, At & { readonly key: string }>();
  return entriesOf(written).flatMap(([name, listener, at]) => {
    const first = byPort.get(listener.port);
    if (first !== undefined) {
      const values = { first: first.key, second: name, port: listener.port };
      const related = [{ location: keyLocationOf(first), message: `the listener ${first.key}` }];
      linking.report(
        finding(messages, 'MESH2140', locationOf({ container: listener, key: 'port' }), values, { related }),
      );
      return [];
    }
    byPort.set(listener.port, { container: at.container, key: name });
    check(linking, listener, at);
    return {
      origin: originOfWritten(at),
      name,
      port: listener.port,
      protocol: listener.protocol,
      hostnames: listener.hostnames ?? ['*'],
      httpsRedirect: listener.httpsRedirect ?? false,
      ...(listener.protocol === 'https' && listener.tls && { tls: tlsOf(listener.tls) }),
    };
  });
}

function check(linking: Linking, listener: WrittenListener, at: At): void {
  const { protocol } = listener;
  if (protocol === 'https' && listener.tls === undefined) {
    linking.report(finding(messages, 'MESH2141', keyLocationOf(at), {}));
  }
  const misplaced = [
    ...(protocol !== 'https' && listener.tls !== undefined ? ['tls'] : []),
    ...(protocol !== 'http' && listener.httpsRedirect === true ? ['httpsRedirect'] : []),
    ...(protocol === 'tcp' && listener.hostnames !== undefined ? ['hostnames'] : []),
  ];
  for (const field of misplaced) {
    const location = keyLocationOf({ container: listener, key: field });
    linking.report(finding(messages, 'MESH2142', location, { protocol, field }));
  }
}

function tlsOf(tls: WrittenTls): ListenerTls {
  const { certificate, clientCertificates } = tls;
  return {
    origin: originOfWritten({ container: tls }),
    certificate: certificateOf(certificate),
    minVersion: tls.minVersion ?? '1.2',
    ...(clientCertificates && {
      clientCertificates: { ca: caOf(clientCertificates.ca), required: clientCertificates.required ?? true },
    }),
  };
}

/** A file or Secret of certificate authorities, exactly one of which the schema lets through. */
export function caOf(ca: { readonly file?: string; readonly secret?: string }): {
  readonly type: 'file' | 'secret';
  readonly name: string;
} {
  return ca.file === undefined ? { type: 'secret', name: ca.secret ?? '' } : { type: 'file', name: ca.file };
}

function certificateOf({ secret, files }: WrittenTls['certificate']): ListenerTls['certificate'] {
  if (secret !== undefined) return { type: 'secret', name: secret };
  return files === undefined
    ? { type: 'issued' }
    : { type: 'files', certificate: files.certificate, key: files.key };
}

function instancesOf(
  linking: Linking,
  { namespace, name }: SpecObject<GatewayDocument>,
  endpoints: NonNullable<GatewayDocument['spec']['endpoints']>,
): readonly GatewayInstance[] {
  reportNamesakes(linking, endpoints);
  return itemsOf(endpoints).map(([endpoint, at], position) => ({
    origin: originOfWritten(at),
    id: linking.instanceId([namespace, name, instancePart(endpoint, position)]),
    host: endpoint.address,
    admin: localAddress(linking, endpoint, 'admin', '127.0.0.1:15000'),
  }));
}
