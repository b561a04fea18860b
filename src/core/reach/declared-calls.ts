import type { Ir } from '../ir/ir.ts';
import { spiffeId } from '../ir/principal.ts';
import type { Call, Service } from '../ir/service.ts';
import type { ServiceId } from '../ir/service-id.ts';
import { record } from '../lib/record.ts';
import { identify } from '../semantics/caller.ts';
import type { Caller } from '../semantics/request.ts';
import { all, any, type Condition } from './condition.ts';
import { asSent } from './language/path-test.ts';

/** Returns the mesh with only those services that declare their calls. */
export function declaringServices(ir: Ir): Ir {
  return {
    ...ir,
    services: record(Object.entries(ir.services).filter(([, { calls }]) => calls !== undefined)),
  };
}

/** Returns the SPIFFE IDs of the services that declare calls to a destination. */
export function declaringCallers(ir: Ir, to: ServiceId): readonly string[] {
  return Object.values(ir.services)
    .filter((service) => callsTo(service, to).length > 0)
    .map(({ workload }) => spiffeId(workload.principal));
}

/** Returns the condition on which the caller declares a request to a destination. */
export function declaredCondition(ir: Ir, from: Caller, to: ServiceId, isHttp: boolean): Condition {
  const caller = identify(ir, from);
  if (caller.type !== 'service') return false;
  return any(
    callsTo(caller.service, to).map(({ methods, paths }): Condition => {
      if (!isHttp) return true;
      return all([
        methods === undefined || { of: 'method', methods },
        paths === undefined ||
          any(paths.map((match): Condition => ({ of: 'path', test: { match, received: asSent } }))),
      ]);
    }),
  );
}

function callsTo({ calls = [] }: Service, to: ServiceId): readonly Call[] {
  return calls.filter(({ service }) => service === to);
}
