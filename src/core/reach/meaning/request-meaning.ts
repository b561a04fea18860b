import type { External } from '../../ir/external.ts';
import type { Gateway, Listener } from '../../ir/gateway.ts';
import type { Ir } from '../../ir/ir.ts';
import { type Port, readsRequests, type Service } from '../../ir/service.ts';
import { own } from '../../lib/own.ts';
import { noChanges } from '../../semantics/answer.ts';
import { askedOwner, askedStreamPort, effectiveHost } from '../../semantics/asked-port.ts';
import { identify, presentedIdentity } from '../../semantics/caller.ts';
import { streamHidden } from '../../semantics/client.ts';
import { connect } from '../../semantics/connection.ts';
import { directPort } from '../../semantics/direct.ts';
import { endsWithDot, hostName, withoutFinalDot } from '../../semantics/host-name.ts';
import {
  closestListener,
  enteredListener,
  httpsPort,
  isOwnHost,
  sharingPort,
  virtualHost,
} from '../../semantics/listener.ts';
import { carriesRequests } from '../../semantics/port.ts';
import type { Request } from '../../semantics/request.ts';
import { resolveHost } from '../../semantics/resolve-host.ts';
import { gatewaySender, serviceSender } from '../../semantics/sender.ts';
import { spread } from '../../semantics/split.ts';
import { withStartedTls } from '../../semantics/started-tls.ts';
import { asSent } from '../language/path-test.ts';
import { branch, type Meaning } from '../meaning.ts';
import { closedLabel, failure, failureOf, hidden } from './labels.ts';
import { preflightMeaning, redirected, routeMeaning } from './route-meaning.ts';
import { type AcceptedLabel, accessMeaning, serverMeaning } from './server-meaning.ts';
import type { SymbolicArrival } from './symbolic-arrival.ts';
import { tokenMeaning } from './token-meaning.ts';

/** The parts of a request that don't vary: caller, destination, port, host and server name. */
export type Entry = Pick<Request, 'from' | 'to' | 'port' | 'host' | 'sni'>;

/** Returns the meaning of all requests with these parts, as `decide` decides. */
export function requestMeaning(ir: Ir, asked: Entry): Meaning {
  const entry = withoutFinalDots(asked);
  if (entry.to.type === 'gateway') {
    const gateway = own(ir.gateways, entry.to.id);
    return gateway === undefined ? { label: hidden(404) } : gatewayMeaning(ir, gateway, entry);
  }
  const caller = identify(ir, entry.from);
  return caller.type === 'service'
    ? clientMeaning(ir, caller.service, entry)
    : directMeaning(ir, caller.identity, entry);
}

function withoutFinalDots(entry: Entry): Entry {
  const { host, sni } = entry;
  return {
    ...entry,
    ...(host !== undefined && { host: withoutFinalDot(host) }),
    ...(sni !== undefined && { sni: withoutFinalDot(sni) }),
  };
}

/** Returns the meaning with unsafe requests refused (400). */
function safely(host: string | undefined, next: () => Meaning): Meaning {
  const refused = (): Meaning => ({ label: failure('refused', 400) });
  if (endsWithDot(host ?? '')) return refused();
  return branch({ of: 'unsafe' }, refused, next);
}

function arrivalOf(
  entry: Entry,
  parts: Pick<SymbolicArrival, 'port' | 'host' | 'identity'> & Partial<SymbolicArrival>,
): SymbolicArrival {
  return {
    scheme: 'http',
    sni: entry.sni === undefined ? undefined : hostName(entry.sni).name,
    hasAddress: false,
    path: parts.port.http ? asSent : '',
    changes: noChanges,
    reserved: [],
    hasToken: true,
    ...parts,
  };
}

/** Returns the requests in the form in which the finite parts of the meaning read them. */
function requestOf(entry: Entry): Request {
  return { ...entry, method: 'GET', path: '/', headers: [] };
}

function clientMeaning(ir: Ir, caller: Service, entry: Entry): Meaning {
  const request = requestOf(entry);
  const owner = askedOwner(ir, request);
  const streamPort = askedStreamPort(owner, request);
  const sender = serviceSender(caller);
  if (streamPort !== undefined) {
    const { name, number, route } = streamPort;
    const port = { name, number, http: false };
    const arrival = arrivalOf(entry, { port, host: '', identity: sender.identity });
    const unseen = streamHidden(ir, caller, entry.to.id, arrival.sni);
    if (unseen !== undefined) return { label: hidden(0) };
    return closing(routeMeaning({ ir, sender, claims: [] }, route, arrival));
  }
  return safely(entry.host, () => {
    const host = effectiveHost(owner, request);
    const destination = resolveHost(ir, caller, host);
    switch (destination.type) {
      case 'nowhere':
        return { label: hidden(destination.failure.status) };
      case 'unknown':
        return unknownHost(ir, host);
      case 'port': {
        const { route, name, number } = destination.port;
        const port = { name, number, http: true };
        const arrival = arrivalOf(entry, { port, host, identity: sender.identity });
        return preflightMeaning(route, arrival, () =>
          routeMeaning({ ir, sender, claims: [] }, route, arrival),
        );
      }
    }
  });
}

function unknownHost(ir: Ir, host: string): Meaning {
  if (ir.egress === 'deny') return { label: hidden(404) };
  return { label: { outcome: 'forwarded', outside: host, timeout: ir.unknownHostTimeout } };
}

function closing(meaning: Meaning): Meaning {
  return { parts: [meaning], join: ([label]) => closedLabel(label ?? {}) };
}

function directMeaning(ir: Ir, presented: string | undefined, entry: Entry): Meaning {
  const request = requestOf(entry);
  const owner = askedOwner(ir, request);
  const port = directPort(owner, request);
  if (owner === undefined || port === undefined) return { label: hidden(0) };
  const service = own(ir.services, owner.id);
  const http = service === undefined ? carriesRequests(port) : readsRequests(service, port);
  const connection = service === undefined ? undefined : connect(ir, service, port, presented);
  if (connection?.failure !== undefined) return { label: failureOf(connection.failure) };
  const arrived = (): Meaning => {
    const arrival = arrivalOf(entry, {
      port: { name: port.name, number: port.number, http },
      host: port.http ? effectiveHost(owner, request) : '',
      identity: undefined,
      path: port.http ? asSent : '',
    });
    if (service === undefined) return { label: sentDirectly(ir, owner, port, arrival) };
    const meaning = serverAlone(ir, service, port, presented, arrival);
    return http ? meaning : closing(meaning);
  };
  return http ? safely(entry.host, arrived) : arrived();
}

function serverAlone(
  ir: Ir,
  service: Service,
  port: Port,
  presented: string | undefined,
  arrival: SymbolicArrival,
): Meaning {
  return {
    parts: [serverMeaning(ir, service, port, presented, arrival)],
    join: ([label = {}]) => {
      if (!('accepted' in label)) return label;
      const sent = sentDirectly(ir, service, port, arrival);
      const { backends } = sent;
      if (backends.length === 0) return failure('unroutable', 0);
      const { claims, reserved, limits } = label as AcceptedLabel;
      const shares = withStartedTls(ir, backends, arrival.host, { direct: true });
      return { ...sent, backends: shares, claims, reserved, rateLimited: limits };
    },
  };
}

function sentDirectly(
  ir: Ir,
  owner: Service | External,
  port: Port,
  { host, port: { http } }: SymbolicArrival,
): Readonly<Record<string, unknown>> & { readonly backends: ReturnType<typeof spread> } {
  return {
    outcome: 'forwarded',
    backends: spread(ir, { service: owner.id, port: port.name }, 1),
    port: port.number,
    portName: port.name,
    host,
    // A path that no proxy reads stays as it was sent.
    path: http ? 'normalised' : port.http ? 'as sent' : 'none',
    direct: true,
  };
}

function gatewayMeaning(ir: Ir, gateway: Gateway, entry: Entry): Meaning {
  const request = requestOf(entry);
  const entrance = enteredListener(gateway, request);
  if ('failure' in entrance) {
    const failed = (): Meaning => ({ label: { ...failureOf(entrance.failure), hidden: true } });
    // Without headers, as `decide` reads it, an empty x-forwarded-proto is not unsafe.
    return entrance.read ? safely(entry.host, failed) : failed();
  }
  const { listener } = entrance;
  const { tls, name, port: number, protocol } = listener;
  const identity = tls?.clientCertificates === undefined ? undefined : presentedIdentity(ir, entry.from);
  if (identity === undefined && tls?.clientCertificates?.required === true)
    return { label: failure('refused', 0) };
  if (protocol === 'tls' || protocol === 'tcp') {
    const port = { name, number, http: false };
    const hasAddress = true;
    return closing(enter(ir, gateway, listener, arrivalOf(entry, { port, host: '', identity, hasAddress })));
  }
  return safely(entry.host, () => {
    const host = entry.host ?? `${gateway.name}.${gateway.namespace}`;
    const port = { name, number, http: true };
    const scheme = protocol === 'https' ? 'https' : 'http';
    const arrival = arrivalOf(entry, { port, host, identity, scheme, hasAddress: true });
    const closest = closestListener(sharingPort(gateway, listener), hostName(host).name);
    if (closest !== undefined && closest !== listener) return { label: failure('unroutable', 421) };
    const inside = (): Meaning => enter(ir, gateway, listener, arrival);
    if (!listener.httpsRedirect || !isOwnHost(listener, hostName(host).name)) return inside();
    // The same label as that of a rule which redirects so.
    const redirect = { scheme: 'https', port: httpsPort(gateway, hostName(host).name), status: 301 } as const;
    const moved = (): Meaning => ({ label: redirected(redirect, undefined, arrival, noChanges) });
    return listener.clientAddress?.type === 'forwarded' ? branch({ of: 'https' }, inside, moved) : moved();
  });
}

function enter(ir: Ir, gateway: Gateway, listener: Listener, arrival: SymbolicArrival): Meaning {
  const { http } = arrival.port;
  const host = virtualHost(listener, http ? hostName(arrival.host).name : (arrival.sni ?? ''));
  const checked = (): Meaning =>
    tokenMeaning(http ? gateway.authentication : undefined, arrival.hasToken, (token) => {
      const reserved = http
        ? (gateway.authentication?.issuers.flatMap((one) => one.claimHeaders.map(({ header }) => header)) ??
          [])
        : [];
      return accessMeaning(gateway.access, { ...arrival, reserved }, token, 403, () => {
        if (host === undefined) return { label: failure('unroutable', 404) };
        const admitted = { ...arrival, reserved, hasToken: arrival.hasToken && token?.forward !== false };
        const claims = token?.claimHeaders ?? [];
        return routeMeaning({ ir, sender: gatewaySender(gateway), claims }, host.route, admitted);
      });
    });
  if (host === undefined || !http) return checked();
  return preflightMeaning(host.route, arrival, checked);
}
