import type { Difference } from '../../../import/fate.ts';
import type { Field } from '../../../import/field.ts';

/** Marks a field as lost; one that Consul writes out empty, as without effect. */
export function lostUnlessEmpty(field: Field, difference: Difference): void {
  const { value } = field;
  const isEmpty =
    value === '' ||
    value === 0 ||
    value === false ||
    (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
  if (isEmpty) field.withoutEffect('it is empty, which is the same as leaving it out');
  else field.lost(difference);
}
