import { record } from '../lib/record.ts';
import type { Ir } from './ir.ts';
import type { Route } from './route.ts';

/** Returns another form of a Route, or the same object; `http` is true if the Route sees requests. */
export type ChangeRoute = (route: Route, http: boolean) => Route;

/** Returns the mesh with every Route changed: of services, of Externals and at gateways. Unchanged parts are shared. */
export function mapRoutes(ir: Ir, change: ChangeRoute): Ir {
  const ports = <P extends { readonly http: boolean; readonly route: Route }>(port: P): P =>
    replaced(port, 'route', change(port.route, port.http));
  return {
    ...ir,
    services: values(ir.services, (service) => replaced(service, 'ports', list(service.ports, ports))),
    externals: values(ir.externals, (external) => replaced(external, 'ports', list(external.ports, ports))),
    gateways: values(ir.gateways, (gateway) =>
      replaced(
        gateway,
        'listeners',
        list(gateway.listeners, (listener) => {
          const http = listener.protocol === 'http' || listener.protocol === 'https';
          const hosts = list(listener.virtualHosts, (host) =>
            replaced(host, 'route', change(host.route, http)),
          );
          return replaced(listener, 'virtualHosts', hosts);
        }),
      ),
    ),
  };
}

function replaced<T, K extends keyof T>(holder: T, key: K, value: T[K]): T {
  return holder[key] === value ? holder : { ...holder, [key]: value };
}

function list<T>(items: readonly T[], change: (item: T) => T): readonly T[] {
  const changed = items.map(change);
  return changed.every((item, index) => item === items[index]) ? items : changed;
}

function values<T>(map: Readonly<Record<string, T>>, change: (item: T) => T): Readonly<Record<string, T>> {
  return record(Object.entries(map).map(([key, item]) => [key, change(item)] as const));
}
