import type { Field } from '../../../../import/field.ts';
import type { FindBackend } from './actions.ts';
import { type ReadTable, readTable } from './outbound.ts';
import type { Reading } from './reading.ts';
import type { ReadInstance, ReadService } from './services.ts';

/** Proxies that share one table of routes. */
export interface ReadScope {
  /** The name of the folder of the scope. */
  readonly name: string;
  readonly members: readonly { readonly id: string; readonly instance: ReadInstance }[];
  readonly table: ReadTable;
}

/** Reads the tables of routes of all proxies of services, each once. */
export function readTables(
  reading: Reading,
  services: readonly ReadService[],
  find: FindBackend,
): readonly ReadScope[] {
  const groups = new Map<string, { readonly id: string; readonly instance: ReadInstance }[]>();
  for (const { id, instances } of services)
    for (const instance of instances) {
      const { outbound, proxy } = instance;
      if (outbound === undefined) continue;
      const { routesPath, rds, routesName } = outbound.manager;
      if (routesName !== 'outbound') reading.report(rds, 'the routes of calls');
      if (folderOf(routesPath) !== folderOf(proxy.clustersPath))
        reading.report(rds, 'the routes of the scope whose clusters the proxy has');
      groups.set(routesPath, [...(groups.get(routesPath) ?? []), { id, instance }]);
    }
  return [...groups].flatMap(([path, members]): readonly ReadScope[] => {
    const from = members[0]?.instance.outbound?.manager.rds as Field;
    const [config] = reading.resources(path, 'envoy.config.route.v3.RouteConfiguration', from);
    if (config === undefined) return [];
    const namespaces = new Set(members.map(({ id }) => id.split('/')[0] ?? ''));
    const table = readTable(reading, config, { namespaces, find });
    return [{ name: folderOf(path).slice('config/current/scopes/'.length), members, table }];
  });
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
