import type { External, ExternalPort } from '../ir/external.ts';
import type { Ir } from '../ir/ir.ts';
import { own } from '../lib/own.ts';
import { hostName } from './host-name.ts';
import type { Share } from './outcome.ts';

/** Shares with the TLS that proxies start for the applications; `host` is the one that the servers receive. */
export function withStartedTls(ir: Ir, shares: readonly Share[], host: string): readonly Share[] {
  return shares.map((share) => {
    const external = own(ir.externals, share.service);
    const port = external?.ports.find(({ name }) => name === share.port);
    const serverName = external && port && serverNameOf(external, port, host);
    return serverName === undefined ? share : { ...share, tls: { serverName } };
  });
}

/** Returns `sni`; the called host if `sni` is left out and the External has several hosts or a `*.`. */
function serverNameOf({ tls, hosts }: External, port: ExternalPort, host: string): string | undefined {
  if (tls === undefined || port.applicationTls) return undefined;
  const [first] = hosts;
  const [name, ...more] = tls.subjectAltNames;
  const byDefault = tls.sni === first && name === first && more.length === 0;
  const several = hosts.length > 1 || first?.startsWith('*.') === true;
  return byDefault && several && host !== '' ? hostName(host).name : tls.sni;
}
