import type { Gateway, Listener, ListenerTls } from '../../../ir/gateway.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { Artifact } from '../../artifact.ts';
import type { Server, ServerTls } from '../crds/parts.ts';
import { object } from '../object.ts';
import { covers } from './egress-listener.ts';

/** Returns the listeners of gateways (Gateway), one object for each gateway. */
export function gateways(ir: Ir): readonly Artifact[] {
  return Object.values(ir.gateways).flatMap((gateway) => {
    const { id, namespace, name, workload, listeners, origin } = gateway;
    const servers = listeners.flatMap((listener) => server(gateway, listener));
    if (servers.length === 0) return [];
    return [
      object({
        kind: 'Gateway',
        namespace,
        name,
        from: `Gateway/${id}`,
        origins: [origin, ...listeners.map((listener) => listener.origin)],
        spec: { selector: workload.labels, servers },
      }),
    ];
  });
}

/**
 * Returns the server of a listener; none for TLS that Istio can't terminate, since no listener is better than plain
 * text.
 */
function server(gateway: Gateway, listener: Listener): readonly Server[] {
  const { name, port, hostnames, protocol } = listener;
  const tls = tlsOf(gateway, listener);
  if (tls === 'impossible') return [];
  const shown = meshListener(gateway, listener) ? meshProtocols[protocol] : protocol.toUpperCase();
  // Only VirtualServices in the gateway's namespace may apply to it.
  const hosts = widest(hostnames).map((hostname) => `./${hostname}`);
  return [{ port: { number: port, name, protocol: shown }, hosts, ...(tls && { tls }) }];
}

/** Returns hostnames without those that a wider one covers: Istio combines the rules of both at the narrower one. */
function widest(hostnames: readonly string[]): readonly string[] {
  return hostnames.filter((name) => !hostnames.some((other) => other !== name && covers(other, name)));
}

const meshProtocols: Readonly<Record<Listener['protocol'], string>> = {
  http: 'HTTPS',
  https: 'HTTPS',
  tls: 'TLS',
  tcp: 'TLS',
};

/** Returns true if callers use the mesh's own TLS: they call an egress gateway that terminates it. */
export function meshListener({ type }: Gateway, { protocol }: Listener): boolean {
  return type === 'egress' && (protocol === 'http' || protocol === 'tcp');
}

function tlsOf(gateway: Gateway, listener: Listener): ServerTls | undefined | 'impossible' {
  if (meshListener(gateway, listener)) return { mode: 'ISTIO_MUTUAL' };
  if (listener.protocol === 'tls') return { mode: 'PASSTHROUGH' };
  return listener.tls && (serverTls(listener.tls) ?? 'impossible');
}

/** Returns true if Istio can terminate the listener's TLS, or doesn't need to. */
export function isServed({ tls }: Listener): boolean {
  return tls === undefined || serverTls(tls) !== undefined;
}

/** Returns true for a listener that redirects to https and whose port no other listener has that gives calls to services. */
export function redirectsAlone({ listeners }: Gateway, { httpsRedirect, port }: Listener): boolean {
  return httpsRedirect && !listeners.some((one) => one.port === port && !one.httpsRedirect && isServed(one));
}

/**
 * Returns the TLS of a server; undefined if Istio can't terminate it: the mesh issues the certificate, or its parts are
 * stored in different ways.
 */
function serverTls({ certificate, clientCertificates, minVersion }: ListenerTls): ServerTls | undefined {
  const versions: ServerTls = { minProtocolVersion: minVersion === '1.3' ? 'TLSV1_3' : 'TLSV1_2' };
  const mode =
    clientCertificates === undefined ? 'SIMPLE' : clientCertificates.required ? 'MUTUAL' : 'OPTIONAL_MUTUAL';
  const ca = clientCertificates?.ca;
  if (certificate.type === 'secret') {
    if (ca?.type === 'file') return undefined;
    const authorities = ca && ca.name !== certificate.name && { caCertCredentialName: ca.name };
    return { mode, credentialName: certificate.name, ...authorities, ...versions };
  }
  if (certificate.type === 'issued' || ca?.type === 'secret') return undefined;
  return {
    mode,
    serverCertificate: certificate.certificate,
    privateKey: certificate.key,
    ...(ca && { caCertificates: ca.name }),
    ...versions,
  };
}
