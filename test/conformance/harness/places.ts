import type { Ir } from '../../../src/core/ir/ir.ts';
import type { Pair } from './authorities.ts';
import type { EchoPlace } from './echo.ts';

/**
 * Returns the address of each application: every instance's, every fixed address of an External, and hosts that the
 * mesh doesn't name.
 */
export function places(ir: Ir, hosts: readonly string[], tls: Pair): EchoPlace[] {
  return [...servicePlaces(ir, tls), ...externalPlaces(ir, tls), ...hosts.map(hostPlace)];
}

function servicePlaces(ir: Ir, tls: Pair): EchoPlace[] {
  const found: EchoPlace[] = [];
  for (const service of Object.values(ir.services)) {
    for (const version of service.versions) {
      for (const instance of version.instances ?? []) {
        for (const port of service.ports) {
          const { name, protocol } = port;
          const address = instance.app[name];
          if (address === undefined) continue;
          const place = { service: service.id, version: version.name, port: name, instance: instance.id };
          found.push({ ...place, protocol, address, ...(protocol === 'tls' || port.tls ? { tls } : {}) });
        }
      }
    }
  }
  return found;
}

/** Returns one server for each address, even if several Externals name it. */
function externalPlaces(ir: Ir, tls: Pair): EchoPlace[] {
  const byAddress = new Map<string, EchoPlace>();
  for (const external of Object.values(ir.externals)) {
    for (const port of external.ports) {
      for (const host of external.addresses) {
        const secured = port.applicationTls || external.tls !== undefined;
        byAddress.set(`${host}:${String(port.targetPort)}`, {
          service: external.id,
          version: '*',
          port: port.name,
          instance: host,
          protocol: port.protocol,
          address: { host, port: port.targetPort },
          ...(secured ? { tls } : {}),
        });
      }
    }
  }
  return [...byAddress.values()];
}

function hostPlace(host: string): EchoPlace {
  const [name = '', port = ''] = host.split(':');
  return {
    service: host,
    version: '*',
    port: 'http',
    instance: host,
    protocol: 'http',
    address: { host: name, port: Number(port) },
  };
}
