import { defineMessages, finding } from '../../diagnostics/message.ts';
import { type Location, type Origin, originOf } from '../../location.ts';
import type { Endpoint } from '../../spec/types.gen.ts';
import type { Gateway } from '../gateway.ts';
import type { Address, Instance, Service } from '../service.ts';
import { formatAddress, isLoopback, isUnspecified } from './address.ts';
import type { Linking } from './linking.ts';
import { entriesOf, itemsOf, locationOf } from './spec-place.ts';

export const messages = defineMessages({
  MESH2018: {
    severity: 'error',
    text: '{address} {is} taken twice: as {what} here, and as {other}{hint}',
    explanation:
      'Each proxy and each of its ports needs an address of its own; on one machine proxies have different ports. Left out, `inbound` is port 15006, `outbound` 127.0.0.1:15001 and `admin` 127.0.0.1:15000, which one proxy of a machine can have. Write them where several run on one machine, such as `{app: "127.0.0.1:8080", inbound: "127.0.0.1:18080", outbound: "127.0.0.1:28080", admin: "127.0.0.1:38080"}`.',
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
    const written = writtenEndpoints(linking, service);
    const instances = service.versions.flatMap(({ name, instances: list = [] }) =>
      list.map((instance) => [`${service.id} ${name}`, instance] as const),
    );
    for (const [name, instance] of instances) {
      const endpoint = written.get(key(instance.origin));
      if (endpoint !== undefined) takeInstance(linking, taken, { instance, name, ...endpoint });
    }
  }
  for (const gateway of gateways) takeGateway(linking, taken, gateway);
}

interface Taken {
  readonly location: Location;
  /** The owner of the address: a version of a service, or a gateway. */
  readonly owner: string;
  /** The purpose of the address. */
  readonly role: string;
  /** True for an address of an application; several proxies may have the same one. */
  readonly application: boolean;
}

/** An address that another proxy has taken. */
interface Conflict {
  readonly address: string;
  readonly role: string;
  readonly first: Taken;
  /** The field that sets the address. */
  readonly field: 'app' | 'inbound' | 'outbound' | 'tcp' | 'admin';
}

interface WrittenInstance {
  readonly instance: Instance;
  readonly name: string;
  readonly endpoint: Endpoint;
  readonly location: Location;
}

function takeInstance(linking: Linking, taken: Map<string, Taken>, written: WrittenInstance): void {
  const { instance, name, location } = written;
  const machine = machineOf(instance);
  const conflicts: Conflict[] = [];
  const take = (field: Conflict['field'], address: Address, role: string): void => {
    const by = { location, owner: name, role, application: field === 'app' };
    const first = claimed(taken, machine, address, by);
    if (first !== undefined) conflicts.push({ field, address: formatAddress(address), role, first });
  };
  for (const [port, address] of Object.entries(instance.app))
    take('app', address, `application port ${port}`);
  for (const [port, address] of Object.entries(instance.inbound)) {
    if (isUnspecified(address.host)) {
      linking.report(finding(messages, 'MESH2019', location, { address: formatAddress(address) }));
    } else take('inbound', address, `inbound port ${port}`);
  }
  take('outbound', instance.outbound, 'outbound port');
  for (const [callee, address] of Object.entries(instance.outboundTcp))
    take('tcp', address, `port for calls to ${callee}`);
  take('admin', instance.admin, 'administration');
  reportConflicts(linking, location, name, conflicts, (fields) => defaultsHint(written, fields));
}

/** Reports the conflicts of a proxy, those with one other proxy in one finding. */
function reportConflicts(
  linking: Linking,
  location: Location,
  owner: string,
  conflicts: readonly Conflict[],
  hintOf: (fields: readonly Conflict['field'][]) => string,
): void {
  const byOther = Map.groupBy(conflicts, ({ first }) => first.owner);
  for (const [other, list] of byOther) {
    const values = {
      address: joined(list.map(({ address }) => address)),
      is: list.length === 1 ? 'is' : 'are',
      what: `${joined(list.map(({ role }) => role))} of ${owner}`,
      other: `${joined(list.map(({ first }) => first.role))} of ${other}`,
      hint: hintOf(list.map(({ field }) => field)),
    };
    const places = new Map(list.map(({ first }) => [key(originOf(first.location)), first]));
    const related = [...places.values()].map((first) => ({ location: first.location, message: other }));
    linking.report(finding(messages, 'MESH2018', location, values, { related }));
  }
}

/** Returns the way out for addresses that nobody wrote; an empty text if all are written. */
function defaultsHint({ instance, endpoint }: WrittenInstance, fields: readonly Conflict['field'][]): string {
  const written: Readonly<Record<string, unknown>> = typeof endpoint === 'string' ? {} : endpoint;
  const missing = (['inbound', 'outbound', 'admin'] as const).filter(
    (field) => fields.includes(field) && written[field] === undefined,
  );
  if (missing.length === 0) return '';
  const [app, another] = Object.values(instance.app);
  const isFitting = app !== undefined && another === undefined && app.port <= 35_535;
  const example = missing.map(
    (field) => `${field}: "127.0.0.1:${String((app?.port ?? 0) + distance[field])}"`,
  );
  const whole = typeof endpoint === 'string' ? [`app: "${endpoint}"`, ...example] : example;
  const such = isFitting ? `, such as {${whole.join(', ')}}` : '';
  return `; these are defaults: write ${joined(missing)} of this instance${such}`;
}

/** The distance of the ports in an example from the port of the application. */
const distance = { inbound: 10_000, outbound: 20_000, admin: 30_000 } as const;

/** Returns distinct words in a sentence. */
function joined(words: readonly string[]): string {
  const distinct = [...new Set(words)];
  return distinct.length < 2
    ? distinct.join('')
    : `${distinct.slice(0, -1).join(', ')} and ${distinct.at(-1) ?? ''}`;
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
    const conflicts: Conflict[] = [];
    const take = (field: Conflict['field'], address: Address, role: string): void => {
      const first = claimed(taken, host, address, { location, owner: id, role, application: false });
      if (first !== undefined) conflicts.push({ field, address: formatAddress(address), role, first });
    };
    const byPort = new Map(listeners.map((listener) => [listener.port, listener]));
    for (const { name, port } of byPort.values()) take('inbound', { host, port }, `listener ${name}`);
    take('admin', admin, 'administration');
    reportConflicts(linking, location, id, conflicts, () => '');
  }
}

/** Takes an address; returns the proxy that has the address already. */
function claimed(taken: Map<string, Taken>, machine: string, address: Address, by: Taken): Taken | undefined {
  const where = isLoopback(address.host)
    ? `${isLoopback(machine) ? '' : machine} ${formatAddress(address)}`
    : formatAddress(address);
  const first = taken.get(where);
  if (first === undefined) taken.set(where, by);
  return first === undefined || (first.application && by.application) ? undefined : first;
}

/**
 * Returns the machine of an instance, if its addresses tell it; loopback addresses belong to the instance's own
 * machine.
 */
function machineOf({ app, inbound, outbound, admin }: Instance): string {
  const addresses = [...Object.values(inbound), ...Object.values(app), outbound, admin];
  return addresses.find(({ host }) => !isLoopback(host))?.host ?? 'localhost';
}

function writtenEndpoints(
  linking: Linking,
  { id }: Service,
): ReadonlyMap<string, Pick<WrittenInstance, 'endpoint' | 'location'>> {
  const endpoints = linking.names.services.get(id)?.value.spec.endpoints;
  return new Map(
    entriesOf(endpoints).flatMap(([, list]) =>
      itemsOf(list).map(([endpoint, at]) => {
        const location = locationOf(at);
        return [key(originOf(location)), { endpoint, location }] as const;
      }),
    ),
  );
}

function key({ file, line, column }: Origin): string {
  return `${file}:${String(line)}:${String(column)}`;
}
