import type { Ir } from '../ir/ir.ts';
import type { Address, Port, Service } from '../ir/service.ts';
import { decide } from '../semantics/decide.ts';

/** A call that a caller with a proxy can make. */
interface Call {
  readonly caller: Service;
  readonly outbound: Address;
  readonly called: Service;
  readonly port: Port;
}

/** The most calls that are looked at for one that the mesh lets through. */
const most = 100;

/**
 * Returns a line with a command that calls one service of the mesh from another one, by its proxy; a call that the mesh
 * lets through, if there is one, rather from a service that nobody calls. If no caller has a proxy, a line that says how one gets it. Undefined if no service calls
 * another.
 */
export function callToTry(ir: Ir): string | undefined {
  const calls = Object.values(ir.services)
    .toSorted((a, b) => Math.min(1, a.ports.length) - Math.min(1, b.ports.length))
    .flatMap((caller) => callsOf(ir, caller))
    .slice(0, most);
  const chosen = calls.find((call) => isForwarded(ir, call)) ?? calls[0];
  return chosen === undefined ? wayToProxy(ir) : lineOf(chosen);
}

function callsOf({ services }: Ir, caller: Service): readonly Call[] {
  const [instance] = caller.versions.flatMap(({ instances = [] }) => instances);
  if (instance === undefined) return [];
  return (caller.calls ?? []).flatMap(({ service: id }) => {
    const called = services[id];
    const port = called?.ports.find(({ http }) => http);
    return called === undefined || port === undefined
      ? []
      : [{ caller, outbound: instance.outbound, called, port }];
  });
}

function isForwarded(ir: Ir, { caller, called, port }: Call): boolean {
  const from = { type: 'service', id: caller.id } as const;
  const to = { type: 'service', id: called.id } as const;
  const request = { from, to, port: port.name, method: 'GET', path: '/', headers: [] };
  return decide(ir, request).outcome === 'forwarded';
}

function lineOf({ caller, outbound, called, port }: Call): string {
  const name = called.namespace === caller.namespace ? called.name : `${called.name}.${called.namespace}`;
  const host = port.number === 80 ? name : `${name}:${String(port.number)}`;
  const at = outbound.host.includes(':') ? `[${outbound.host}]` : outbound.host;
  return `Try: curl -H 'host: ${host}' http://${at}:${String(outbound.port)}/`;
}

function wayToProxy({ services }: Ir): string | undefined {
  const caller = Object.values(services).find(({ calls = [] }) =>
    calls.some(({ service }) => services[service]),
  );
  return (
    caller &&
    `${caller.id} has no proxy to call from: give it endpoints, such as {default: [{outbound: "127.0.0.1:27901", admin: "127.0.0.1:27900"}]}, and apply`
  );
}
