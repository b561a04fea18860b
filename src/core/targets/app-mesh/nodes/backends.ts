import type { Ir } from '../../../ir/ir.ts';
import type { Principal } from '../../../ir/principal.ts';
import type { Route } from '../../../ir/route.ts';
import type { Port, Service } from '../../../ir/service.ts';
import type { Lowering } from '../context.ts';
import type { VirtualNodeSpec } from '../crds/app-mesh.gen.ts';
import { clientTls } from './tls.ts';

/** Virtual services that a node may call. */
export type Backends = NonNullable<VirtualNodeSpec['backends']>;

/**
 * Returns the virtual services that the proxies of a service know: those that it calls, or else all that its namespace
 * may see.
 */
export function backendsOf(caller: Service, lowering: Lowering): Backends {
  return knownTo(caller, lowering.ir).map((service) =>
    backend(
      service,
      caller.workload.principal,
      service.ports.flatMap(({ route }) => destinationsOf(route, lowering.ir)),
      lowering,
    ),
  );
}

/** Returns the entry of a virtual service, with the TLS that its callers start. */
export function backend(
  { namespace, name }: Pick<Service, 'namespace' | 'name'>,
  caller: Principal,
  called: readonly { readonly service: Service; readonly port: Port }[],
  lowering: Lowering,
): Backends[number] {
  const tls = clientTls(caller, called, lowering);
  return {
    virtualService: { virtualServiceRef: { namespace, name }, ...(tls && { clientPolicy: { tls } }) },
  };
}

/** Returns the ports to which the rules of a route send requests. */
export function destinationsOf(
  { rules }: Route,
  { services }: Ir,
): readonly { readonly service: Service; readonly port: Port }[] {
  return rules.flatMap(({ action }) =>
    action.type !== 'forward'
      ? []
      : action.backends.flatMap((one) => {
          const service = services[one.service];
          const port = service?.ports.find(({ name }) => name === one.port);
          return service === undefined || port === undefined ? [] : [{ service, port }];
        }),
  );
}

function knownTo({ namespace, calls }: Service, { services }: Ir): readonly Service[] {
  const called = calls && new Set(calls.map(({ service }) => service));
  return Object.values(services).filter(
    ({ id, ports, exposeTo }) =>
      ports.length > 0 && (exposeTo === 'all' || exposeTo.includes(namespace)) && (called?.has(id) ?? true),
  );
}
