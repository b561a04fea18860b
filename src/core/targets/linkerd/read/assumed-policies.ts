import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { finding } from '../../../diagnostics/message.ts';
import type { Inventory } from '../../../import/inventory.ts';
import { messages } from '../../../import/messages.ts';

/** Returns a warning for each namespace with ports that no object closes or opens, at its first service. */
export function assumedPolicies(
  namespaces: ReadonlySet<string>,
  { services }: Inventory,
): readonly Diagnostic[] {
  return [...namespaces].sort().flatMap((namespace) => {
    const field = services.find((one) => one.namespace === namespace)?.from[0];
    return field === undefined ? [] : [finding(messages, 'MESH7010', field.location, { namespace })];
  });
}
