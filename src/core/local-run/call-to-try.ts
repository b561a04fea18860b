import type { Ir } from '../ir/ir.ts';

/**
 * Returns a line with a command that calls one service of the mesh from another one, by its proxy; if no caller has a
 * proxy, a line that says how one gets it. Undefined if no service calls another.
 */
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
      return `Try: curl -H 'host: ${host}' http://${address}/`;
    }
  }
  const caller = Object.values(services).find(({ calls = [] }) =>
    calls.some(({ service }) => services[service]),
  );
  return (
    caller &&
    `${caller.id} has no proxy to call from: give it endpoints, such as {default: [{outbound: "127.0.0.1:27901", admin: "127.0.0.1:27900"}]}, and apply`
  );
}
