import type { Ir } from '../ir/ir.ts';

/** Returns a command that calls one service of the mesh from another one, by its proxy; undefined if no pair can call. */
export function callToTry({ services }: Pick<Ir, 'services'>): string | undefined {
  for (const caller of Object.values(services)) {
    const [proxy] = caller.versions.flatMap(({ instances = [] }) => instances);
    if (proxy === undefined) continue;
    for (const { service: id } of caller.calls ?? []) {
      const called = services[id];
      const port = called?.ports.find(({ http }) => http);
      if (called === undefined || port === undefined) continue;
      const name = called.namespace === caller.namespace ? called.name : `${called.name}.${called.namespace}`;
      const host = port.number === 80 ? name : `${name}:${String(port.number)}`;
      const { host: at, port: outbound } = proxy.outbound;
      const address = `${at.includes(':') ? `[${at}]` : at}:${String(outbound)}`;
      return `curl -H 'host: ${host}' http://${address}/`;
    }
  }
  return undefined;
}
