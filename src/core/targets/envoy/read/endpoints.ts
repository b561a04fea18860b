import type { Field } from '../../../import/field.ts';
import { isHostPattern } from '../../../import/written-values.ts';
import { account, idle, lost } from './account.ts';
import type { Resource } from './resources.ts';

/** The address of an instance. */
export interface EndpointAddress {
  readonly host: string;
  readonly port: number;
}

/** Reads the instances of a cluster: its own, or those of EDS. */
export function readEndpoints(
  cluster: Field,
  resources: readonly Resource[],
  name: string,
): readonly EndpointAddress[] {
  const eds = cluster.at('eds_cluster_config');
  const service = eds.at('service_name').text() ?? name;
  eds
    .at('eds_config')
    .withoutEffect('it says where the instances come from: a file is read if it is among the input');
  const own = readAssignment(cluster.at('load_assignment'));
  const found = resources.filter(({ field }) => field.at('cluster_name').value === service);
  return [...own, ...found.flatMap(({ field }) => readAssignment(field))];
}

const rest = {
  locality: idle('the spec has one place for all instances'),
  proximity: idle('it is a hint for the locality'),
  metadata: idle('metadata of instances changes nothing without subsets'),
  load_balancing_weight: lost('instances take their share of calls alike'),
};

function readAssignment(assignment: Field): readonly EndpointAddress[] {
  if (!assignment.isPresent) return [];
  assignment.at('cluster_name').text();
  assignment.at('@type').text();
  assignment
    .at('policy')
    .lost({ callers: 'calls are not dropped by a share, and unhealthy instances count as the spec says' });
  const groups = assignment.at('endpoints').items();
  return groups.flatMap((group) => {
    account(group, rest);
    const priority = group.at('priority');
    if ((priority.number() ?? 0) > 0)
      priority.differently({ callers: 'these instances take calls at all times, not only when others fail' });
    return group.at('lb_endpoints').items().flatMap(readEndpoint);
  });
}

function readEndpoint(field: Field): readonly EndpointAddress[] {
  account(field, rest);
  field.at('health_status').lost({ callers: 'the instance takes calls if it is healthy' });
  const endpoint = field.at('endpoint');
  endpoint.at('hostname').withoutEffect('calls keep the host that they came with');
  endpoint
    .at('health_check_config')
    .lost({ callers: 'the health of the instance is asked at its own address' });
  const address = readAddress(endpoint.at('address'));
  return address === undefined ? [] : [address];
}

/** Reads an address; marks one that is no host and port. */
export function readAddress(field: Field): EndpointAddress | undefined {
  const socket = field.at('socket_address');
  const host = socket.at('address').text();
  const port = socket.at('port_value').number();
  const protocol = socket.at('protocol').text() ?? 'TCP';
  socket.at('ipv4_compat').withoutEffect('addresses of IPv4 are taken as they are');
  socket.at('resolver_name').withoutEffect('names are looked up by DNS');
  const isSayable =
    host !== undefined &&
    isHost(host) &&
    port !== undefined &&
    Number.isInteger(port) &&
    port > 0 &&
    port < 65_536;
  if (isSayable && protocol === 'TCP') return { host, port };
  if (field.isPresent)
    field.lost({ callers: 'the spec has hosts and ports of TCP alone: nothing is called there' });
  return undefined;
}

/** Returns true for an IP address, or for a name that DNS can have. */
function isHost(text: string): boolean {
  return (
    /^[0-9a-f]*:[0-9a-f:.]*$/i.test(text) || (isHostPattern(text.toLowerCase()) && !text.startsWith('*'))
  );
}
