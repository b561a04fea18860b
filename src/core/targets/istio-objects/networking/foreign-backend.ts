import type { External } from '../../../ir/external.ts';
import type { Gateway } from '../../../ir/gateway.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { Rule } from '../../../ir/route.ts';
import { carriesRequests } from '../../../semantics/port.ts';
import { egressListener } from './egress-listener.ts';

/** Returns the rules of other services and Externals that forward to an External under a host that isn't its own. */
export function foreignRules(ir: Ir, { id, hosts }: External): readonly Rule[] {
  return [...Object.values(ir.services), ...Object.values(ir.externals)]
    .filter((owner) => owner.id !== id)
    .flatMap((owner) => owner.ports.flatMap(({ route }) => route.rules))
    .filter(
      ({ action }) =>
        action.type === 'forward' &&
        action.backends.some(({ service }) => service === id) &&
        !hosts.includes(action.rewrite?.host ?? ''),
    );
}

/**
 * Returns true if an egress gateway can accept calls to an External under any host: all its listeners for the External
 * serve every host, but no Route of its own.
 */
export function takesAnyHost(gateway: Gateway, external: External): boolean {
  const listeners = external.ports
    .filter(carriesRequests)
    .flatMap((port) => egressListener(gateway, external, port) ?? []);
  return (
    listeners.length > 0 &&
    listeners.every(
      ({ hostnames, virtualHosts }) =>
        hostnames.includes('*') && !virtualHosts.some(({ hostname }) => hostname === '*'),
    )
  );
}
