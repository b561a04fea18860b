import type { Ir } from '../../../ir/ir.ts';
import { mtlsOf, type Service } from '../../../ir/service.ts';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import { type Accounts, knownAccounts } from '../../smi-objects/accounts.ts';
import type { Limit } from '../../target.ts';
import { limitAt } from '../limit-at.ts';
import { admittedTo } from './admitted.ts';

/** Returns the places of which fewer callers get in than the spec says. */
export function accessLimits(ir: Ir): readonly Limit[] {
  const accounts = knownAccounts(ir);
  return Object.values(ir.services).flatMap((service) => [
    ...service.ports.flatMap((port) =>
      admittedTo(service, port, accounts).narrowed.map(({ feature, origin }) => limitAt(feature, origin)),
    ),
    ...sharedPorts(service, accounts),
  ]);
}

/** Returns the ports that differ from another port of the service which is the same port of the pods. */
function sharedPorts(service: Service, accounts: Accounts): readonly Limit[] {
  const groups = Map.groupBy(service.ports, ({ targetPort }) => targetPort);
  return [...groups.values()].flatMap((ports) => {
    const said = ports.map((port) => {
      const { anonymous, accounts: names } = admittedTo(service, port, accounts);
      return canonicalJson([anonymous, names, mtlsOf(service, port)]);
    });
    if (new Set(said).size === 1) return [];
    return ports.map((port) =>
      limitAt(
        `mtls.${mtlsOf(service, port)}`,
        port.mtls === undefined ? service.origin : port.origin,
        'App Mesh has one access for a port of the pods, which several ports of the service share',
      ),
    );
  });
}
