import { defineMessages, finding } from '../../diagnostics/message.ts';
import { absoluteId } from '../../spec/absolute-id.ts';
import type { SpecObject } from '../../spec/spec.ts';
import type { GatewayDocument, Listener as WrittenListener } from '../../spec/types.gen.ts';
import type { ClientAddress } from '../gateway.ts';
import type { ServiceId } from '../service-id.ts';
import { canShareAddress, clientAddressOf } from './client-address.ts';
import type { Linking } from './linking.ts';
import { listenerTlsOf } from './listener-tls.ts';
import { gatewayId } from './names.ts';
import { entriesOf, keyLocationOf, locationOf, originOfWritten, type SpecPlace } from './spec-place.ts';
import type { BareListener } from './virtual-hosts.ts';

export const messages = defineMessages({
  MESH2140: {
    severity: 'error',
    text: 'the listeners {first} and {second} can not share the port {port}: {reason}',
    explanation:
      'Listeners share a port if all speak http, or all https and tls, and no two have the same hostname (left out, `hostnames` is all of them): the most specific one for the server name, at http for the `Host`, takes the call. They find the address of the client in one place (`clientAddress`); only https listeners may count proxies in different ways.',
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
  MESH2312: {
    severity: 'error',
    text: 'a listener for {protocol} has no `clientAddress` in headers',
    explanation:
      'Only requests carry `x-forwarded-for`: where TLS or TCP passes through, a load balancer in front can tell the address of the client by the PROXY protocol (`clientAddress: proxyProtocol`).',
  },
  MESH2274: {
    severity: 'error',
    text: 'Gateway {gateway} admits no listeners of the namespace {namespace}',
    explanation:
      'A Gateway has the listeners of its own document and of those in its namespace; it names other namespaces in `admits`, so that whoever owns it decides who may listen there.',
  },
  MESH2275: {
    severity: 'error',
    text: '`{field}` belongs to the document of Gateway {gateway}',
    explanation:
      'A document with `of` only adds listeners to a Gateway. All other fields belong into the document of the Gateway.',
  },
  MESH2276: {
    severity: 'error',
    text: 'Gateway {gateway} has another listener called {name}',
    explanation:
      'Routes and Access identify the listeners of a Gateway by name, in all of its documents. Rename one of them.',
  },
});

/** Returns the documents that declare listeners of a Gateway, its own document first. */
export function listenerDocuments(
  linking: Linking,
  gateway: ServiceId,
): readonly SpecObject<GatewayDocument>[] {
  const own = linking.names.gateways.get(gateway);
  const attached = linking.spec.gateways.filter((document) => {
    const { of } = document.value.spec;
    if (of === undefined) return false;
    return absoluteId(of, document.namespace) === gateway && isAdmitted(linking, document, gateway);
  });
  return [...(own === undefined ? [] : [own]), ...attached];
}

function isAdmitted(linking: Linking, document: SpecObject<GatewayDocument>, gateway: ServiceId): boolean {
  const own = linking.names.gateways.get(gateway);
  if (own === undefined) return false;
  return document.namespace === own.namespace || own.value.spec.admits?.includes(document.namespace) === true;
}

/** Reports documents of listeners whose Gateway is missing or doesn't admit them, or that have fields of a Gateway. */
export function checkListenerDocuments(linking: Linking): void {
  for (const document of linking.spec.gateways) {
    const { spec } = document.value;
    if (spec.of === undefined) continue;
    const at = { container: spec, key: 'of' };
    const gateway = gatewayId(
      linking.names,
      { name: spec.of, namespace: document.namespace, ...at },
      linking.report,
    );
    if (gateway === undefined) continue;
    if (!isAdmitted(linking, document, gateway))
      linking.report(
        finding(messages, 'MESH2274', locationOf(at), { gateway, namespace: document.namespace }),
      );
    for (const field of ['type', 'workload', 'endpoints', 'admits'] as const)
      if (spec[field] !== undefined)
        linking.report(
          finding(messages, 'MESH2275', keyLocationOf({ container: spec, key: field }), { field, gateway }),
        );
  }
}

interface Placed {
  readonly name: string;
  readonly listener: WrittenListener;
  readonly at: SpecPlace;
}

/**
 * Returns the listeners of a Gateway from all documents, by name; reports listeners that conflict with an earlier one.
 */
export function listenersOf(linking: Linking, gateway: ServiceId): readonly BareListener[] {
  const taken: Placed[] = [];
  const home = gateway.slice(0, gateway.indexOf('/'));
  for (const document of listenerDocuments(linking, gateway)) {
    for (const [name, listener, at] of entriesOf(document.value.spec.listeners)) {
      const placed = { name, listener, at };
      if (!fitsBeside(linking, gateway, taken, placed)) continue;
      taken.push(placed);
      check(linking, listener, at);
    }
  }
  return taken
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ name, listener, at }) => ({
      origin: originOfWritten(at),
      name,
      port: listener.port,
      protocol: listener.protocol,
      hostnames: listener.hostnames ?? ['*'],
      httpsRedirect: listener.httpsRedirect ?? false,
      ...withAddress(listener),
      ...(listener.protocol === 'https' && listener.tls && { tls: listenerTlsOf(listener.tls, home) }),
    }));
}

function withAddress(listener: WrittenListener): { readonly clientAddress?: ClientAddress } {
  const clientAddress = clientAddressOf(listener);
  return clientAddress === undefined ? {} : { clientAddress };
}

function fitsBeside(linking: Linking, gateway: ServiceId, taken: readonly Placed[], own: Placed): boolean {
  const namesake = taken.find(({ name }) => name === own.name);
  if (namesake !== undefined) {
    const related = [{ location: keyLocationOf(namesake.at), message: 'the other one' }];
    linking.report(
      finding(messages, 'MESH2276', keyLocationOf(own.at), { gateway, name: own.name }, { related }),
    );
    return false;
  }
  for (const other of taken) {
    const reason = obstacle(other.listener, own.listener);
    if (reason === undefined) continue;
    const values = { first: other.name, second: own.name, port: own.listener.port, reason };
    const related = [{ location: keyLocationOf(other.at), message: `the listener ${other.name}` }];
    const location = locationOf({ container: own.listener, key: 'port' });
    linking.report(finding(messages, 'MESH2140', location, values, { related }));
    return false;
  }
  return true;
}

/** Returns the reason why two listeners can't share a port; undefined if they can, or if their ports differ. */
function obstacle(one: WrittenListener, other: WrittenListener): string | undefined {
  if (one.port !== other.port) return undefined;
  const http = one.protocol === 'http' && other.protocol === 'http';
  const secure = [one, other].every(({ protocol }) => protocol === 'https' || protocol === 'tls');
  if (!http && !secure) return `one speaks ${one.protocol} and the other ${other.protocol}`;
  if (!canShareAddress(one, other)) return 'they find the address of the client in different places';
  const hostnames = one.hostnames ?? ['*'];
  const shared = (other.hostnames ?? ['*']).find((hostname) => hostnames.includes(hostname));
  if (shared === undefined) return undefined;
  return shared === '*' ? 'both serve every host' : `both serve ${shared}`;
}

function check(linking: Linking, listener: WrittenListener, at: SpecPlace): void {
  const { protocol } = listener;
  if (protocol === 'https' && listener.tls === undefined) {
    linking.report(finding(messages, 'MESH2141', keyLocationOf(at), {}));
  }
  const misplaced = [
    ...(protocol !== 'https' && listener.tls !== undefined ? ['tls'] : []),
    ...(protocol !== 'http' && listener.httpsRedirect === true ? ['httpsRedirect'] : []),
    ...(protocol === 'tcp' && listener.hostnames !== undefined ? ['hostnames'] : []),
  ];
  if (typeof listener.clientAddress === 'object' && protocol !== 'http' && protocol !== 'https') {
    const location = keyLocationOf({ container: listener, key: 'clientAddress' });
    linking.report(finding(messages, 'MESH2312', location, { protocol }));
  }
  for (const field of misplaced) {
    const location = keyLocationOf({ container: listener, key: field });
    linking.report(finding(messages, 'MESH2142', location, { protocol, field }));
  }
}
