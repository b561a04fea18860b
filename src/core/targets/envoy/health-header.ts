import type { Ir } from '../../ir/ir.ts';

/**
 * The request header that tells a check of health from calls. Proxies drop it from whatever applications and clients
 * send, so that only proxies ask past Access.
 */
export const healthHeader = 'x-meshwright-check';

/** Returns true if some proxy of the mesh answers checks. */
export function answersChecks({ services }: Ir): boolean {
  return Object.values(services).some(
    ({ healthCheck, otherChecks }) => healthCheck !== undefined || otherChecks !== undefined,
  );
}
