import type { Gateway } from '../../ir/gateway.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Address } from '../../ir/service.ts';
import type { Proxy } from '../proxy.ts';
import { drainTime } from './drain-time.ts';
import { proxyFolder, workingDirectory } from './layout.ts';
import { type Member, membersOf } from './scopes.ts';

/** Returns the Envoys that have to run: one for each instance of a service or gateway. */
export function proxies(ir: Ir): readonly Proxy[] {
  const words = [
    '--drain-strategy',
    'immediate',
    '--drain-time-s',
    String(drainTime(ir)),
    '--use-dynamic-base-id',
  ];
  return [
    ...Object.values(ir.services)
      .flatMap(membersOf)
      .map((member) => ofService(member, words)),
    ...Object.values(ir.gateways).flatMap((gateway) => ofGateway(gateway, words)),
  ];
}

function ofService({ service, version, instance }: Member, words: readonly string[]): Proxy {
  return {
    ...common(instance.id, words),
    service: service.id,
    version: version.name,
    instance: (version.instances ?? []).indexOf(instance),
    admin: written(instance.admin),
    inbound: Object.fromEntries(
      Object.entries(instance.inbound).map(([port, address]) => [port, written(address)]),
    ),
    outbound: written(instance.outbound),
  };
}

function ofGateway(gateway: Gateway, words: readonly string[]): readonly Proxy[] {
  return (gateway.instances ?? []).map(({ id, host, admin }, instance) => ({
    ...common(id, words),
    service: gateway.id,
    version: '*',
    instance,
    admin: written(admin),
    inbound: Object.fromEntries(gateway.listeners.map(({ name, port }) => [name, written({ host, port })])),
    outbound: '',
  }));
}

function common(
  id: string,
  words: readonly string[],
): Pick<Proxy, 'id' | 'bootstrap' | 'workingDirectory' | 'arguments'> {
  return {
    id,
    bootstrap: `${proxyFolder(id)}/bootstrap.json`,
    workingDirectory: workingDirectory(id),
    arguments: words,
  };
}

function written({ host, port }: Address): string {
  return `${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
}
