import { defineMessages, finding } from '../../diagnostics/message.ts';
import { type Location, type Origin, originOf } from '../../location.ts';
import type { Gateway } from '../gateway.ts';
import type { Address, Instance, Service } from '../service.ts';
import { formatAddress, isLoopback, isUnspecified } from './address.ts';
import type { Linking } from './linking.ts';
import { entriesOf, itemsOf, locationOf } from './spec-place.ts';

export const messages = defineMessages({
  MESH2018: {
    severity: 'error',
    text: '{address} is taken twice: as {what} here, and as {other}',
    explanation:
      'Each proxy and each of its ports needs an address of its own; on one machine proxies have different ports. Write `inbound`, `outbound` and `admin` where several run on one machine.',
  },
  MESH2019: {
    severity: 'error',
    text: 'nobody can call {address}: it stands for all addresses of a machine',
    explanation: 'Callers connect to what is written here. Write an address of the machine.',
  },
});

/** Reports proxies that would listen at one address, and addresses that nobody can call. */
export function reportAddressConflicts(
  linking: Linking,
  services: readonly Service[],
  gateways: readonly Pick<Gateway, 'id' | 'instances' | 'listeners'>[],
): void {
  const taken = new Map<string, Taken>();
  for (const service of services) {
    const places = endpointPlaces(linking, service);
    const instances = service.versions.flatMap(({ name, instances: list = [] }) =>
      list.map((instance) => [`${service.id} ${name}`, instance] as const),
    );
    for (const [name, instance] of instances) {
      const location = places.get(key(instance.origin));
      if (location !== undefined) takeInstance(linking, taken, instance, name, location);
    }
  }
  for (const gateway of gateways) takeGateway(linking, taken, gateway);
}

interface Taken {
  readonly location: Location;
  readonly what: string;
  /** True for an address of an application; several proxies may have the same one. */
  readonly application: boolean;
}

function takeInstance(
  linking: Linking,
  taken: Map<string, Taken>,
  instance: Instance,
  name: string,
  location: Location,
): void {
  const machine = machineOf(instance);
  const take = (address: Address, role: string, application = false): void => {
    claim(linking, taken, machine, address, { location, what: `${role} of ${name}`, application });
  };
  for (const [port, address] of Object.entries(instance.app)) take(address, `application port ${port}`, true);
  for (const [port, address] of Object.entries(instance.inbound)) {
    if (isUnspecified(address.host)) {
      linking.report(finding(messages, 'MESH2019', location, { address: formatAddress(address) }));
    } else take(address, `inbound port ${port}`);
  }
  take(instance.outbound, 'outbound port');
  for (const [callee, address] of Object.entries(instance.outboundTcp))
    take(address, `port for calls to ${callee}`);
  take(instance.admin, 'administration');
}

function takeGateway(
  linking: Linking,
  taken: Map<string, Taken>,
  { id, instances, listeners }: Pick<Gateway, 'id' | 'instances' | 'listeners'>,
): void {
  const written = linking.names.gateways.get(id)?.value.spec.endpoints;
  const places = new Map(itemsOf(written).map(([, at]) => [key(originOf(locationOf(at))), locationOf(at)]));
  for (const { origin, host, admin } of instances ?? []) {
    const location = places.get(key(origin));
    if (location === undefined) continue;
    const take = (address: Address, what: string): void => {
      claim(linking, taken, host, address, { location, what: `${what} of ${id}`, application: false });
    };
    const byPort = new Map(listeners.map((listener) => [listener.port, listener]));
    for (const { name, port } of byPort.values()) take({ host, port }, `listener ${name}`);
    take(admin, 'administration');
  }
}

function claim(
  linking: Linking,
  taken: Map<string, Taken>,
  machine: string,
  address: Address,
  by: Taken,
): void {
  const where = isLoopback(address.host)
    ? `${isLoopback(machine) ? '' : machine} ${formatAddress(address)}`
    : formatAddress(address);
  const first = taken.get(where);
  if (first === undefined) taken.set(where, by);
  else if (!first.application || !by.application) {
    const values = { address: formatAddress(address), what: by.what, other: first.what };
    const related = [{ location: first.location, message: first.what }];
    linking.report(finding(messages, 'MESH2018', by.location, values, { related }));
  }
}

/**
 * Returns the machine of an instance, if its addresses tell it; loopback addresses belong to the instance's own
 * machine.
 */
function machineOf({ app, inbound, outbound, admin }: Instance): string {
  const addresses = [...Object.values(inbound), ...Object.values(app), outbound, admin];
  return addresses.find(({ host }) => !isLoopback(host))?.host ?? 'localhost';
}

function endpointPlaces(linking: Linking, { id }: Service): ReadonlyMap<string, Location> {
  const endpoints = linking.names.services.get(id)?.value.spec.endpoints;
  return new Map(
    entriesOf(endpoints).flatMap(([, list]) =>
      itemsOf(list).map(([, at]) => [key(originOf(locationOf(at))), locationOf(at)] as const),
    ),
  );
}

function key({ file, line, column }: Origin): string {
  return `${file}:${String(line)}:${String(column)}`;
}
