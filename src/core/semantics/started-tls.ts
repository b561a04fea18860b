import type { External, ExternalPort } from '../ir/external.ts';
import type { Ir } from '../ir/ir.ts';
import { mtlsOf, type Port, type Service } from '../ir/service.ts';
import { own } from '../lib/own.ts';
import { hostName } from './host-name.ts';
import type { Share } from './outcome.ts';

/** The sender of a call; `direct` says that it has no proxy of the mesh, which could start TLS for it. */
interface Sending {
  readonly direct: boolean;
}

/**
 * Returns the shares with the TLS that proxies start with the applications; `host` is the host that the servers
 * receive.
 */
export function withStartedTls(
  ir: Ir,
  shares: readonly Share[],
  host: string,
  sending: Sending = { direct: false },
): readonly Share[] {
  return shares.map((share) => {
    const service = own(ir.services, share.service);
    const external = own(ir.externals, share.service);
    const named = ({ name }: Port): boolean => name === share.port;
    const serverName =
      service === undefined
        ? serverNameOf(external, external?.ports.find(named), host)
        : ofApplication(service, service.ports.find(named), sending);
    return serverName === undefined ? share : { ...share, tls: { serverName } };
  });
}

/** Returns the TLS of an application, which the server's proxy starts or, with `mtls: disabled`, the caller's proxy. */
function ofApplication(service: Service, port: Port | undefined, { direct }: Sending): string | undefined {
  if (port?.tls === undefined) return undefined;
  return direct && mtlsOf(service, port) === 'disabled' ? undefined : port.tls.sni;
}

/**
 * Returns `sni`, or the called host if `sni` is left out and the External has several hosts or a `*.`; undefined if no
 * proxy starts TLS.
 */
function serverNameOf(
  external: External | undefined,
  port: ExternalPort | undefined,
  host: string,
): string | undefined {
  if (external?.tls === undefined || port === undefined || port.applicationTls) return undefined;
  const { tls, hosts } = external;
  const [first] = hosts;
  const [name, ...more] = tls.subjectAltNames;
  const byDefault = tls.sni === first && name === first && more.length === 0;
  const several = hosts.length > 1 || first?.startsWith('*.') === true;
  return byDefault && several && host !== '' ? hostName(host).name : tls.sni;
}
