import type { AccessException as WrittenException } from '../../spec/types.gen.ts';
import type { AccessException } from '../access.ts';
import { accessOperation } from './access-operations.ts';
import type { Linking } from './linking.ts';
import type { PortOwner } from './ports.ts';
import { callerMatches } from './principals.ts';
import { itemsOf, originOfWritten } from './spec-place.ts';

/**
 * Returns the exceptions of a rule. If all names in a list of an exception are unknown, the exception fits no call and
 * is left out.
 */
export function accessExceptions(
  linking: Linking,
  namespace: string,
  owner: PortOwner & { readonly atGateway?: boolean },
  written: readonly WrittenException[] | undefined,
): readonly AccessException[] {
  return itemsOf(written).flatMap(([exception, at]) => {
    const from =
      exception.from && callerMatches(linking, exception.from, namespace, owner.atGateway === true);
    const to =
      exception.to &&
      itemsOf(exception.to).flatMap(
        ([operation, place]) => accessOperation(linking, owner, operation, place) ?? [],
      );
    if ([from, to].some((list) => list?.length === 0)) return [];
    return [{ origin: originOfWritten(at), ...(from && { from }), ...(to && { to }) }];
  });
}
