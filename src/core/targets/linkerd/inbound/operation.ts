import type { AccessOperation } from '../../../ir/access.ts';
import type { Port } from '../../../ir/service.ts';
import { type Alternative, alternativesOf, sayableMethods } from '../../gateway-api-objects/alternative.ts';
import { pathCondition } from '../../gateway-api-objects/path-condition.ts';

/** An operation of an access rule as matches of a route on a port. */
export interface PortOperation {
  /** Matches; each takes only calls that the operation takes. */
  readonly alternatives: readonly Alternative[];
  /** Matches that together take every call of the operation that no alternative takes; empty if there is none. */
  readonly unsaid: readonly Alternative[];
}

/** A match that takes every request. */
export const everything: Alternative = { path: { type: 'prefix', value: '' }, headers: [], query: [] };

const never: PortOperation = { alternatives: [], unsaid: [] };

/** Returns an operation for a port. Only HTTP ports distinguish requests. */
export function operationAt(port: Port, operation: AccessOperation): PortOperation {
  const { ports, methods, paths, hosts, headers, origin } = operation;
  if (ports !== undefined && !ports.includes(port.name)) return never;
  if (!port.http) {
    const asks = [methods, paths, hosts, headers].some((part) => part !== undefined);
    return asks ? never : { alternatives: [everything], unsaid: [] };
  }
  const made = (paths ?? [undefined]).map((path): PortOperation => {
    const plain = path !== undefined && !isPlain({ ...everything, path });
    const match = { origin, ...(path && !plain && { path }), headers: headers ?? [], query: [] };
    const known = sayableMethods(methods);
    const whole = hosts === undefined && !plain ? alternativesOf(match, known) : undefined;
    const rest = alternativesOf({ ...match, headers: [] }, undefined);
    const loose = 'reason' in rest ? [everything] : rest.map(asGiven);
    if (whole === undefined || 'reason' in whole) return { alternatives: [], unsaid: loose };
    return {
      alternatives: whole.map(asGiven),
      unsaid: known?.length === methods?.length ? [] : loose,
    };
  });
  return {
    alternatives: made.flatMap(({ alternatives }) => alternatives),
    unsaid: made.flatMap(({ unsaid }) => unsaid),
  };
}

/** Returns true if a path condition is no pattern: a pattern could precede the match of oddly written paths. */
function isPlain({ path }: Alternative): boolean {
  return pathCondition(path).type !== 'RegularExpression';
}

function asGiven({ matched: _, ...alternative }: Alternative): Alternative {
  return alternative;
}
