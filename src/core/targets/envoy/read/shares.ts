import type { Field } from '../../../import/field.ts';

const denominators: Readonly<Record<string, number>> = {
  HUNDRED: 100,
  TEN_THOUSAND: 10_000,
  MILLION: 1_000_000,
};

/** Reads a share by its default value, in percent with four decimals; the runtime's key changes it while a proxy runs. */
export function readShare(field: Field): number | undefined {
  if (!field.isPresent) return undefined;
  field
    .at('runtime_key')
    .lost({ callers: 'the share is the written one, whatever the runtime of a proxy says' });
  const value = field.at('default_value').isPresent ? field.at('default_value') : field;
  const numerator = value.at('numerator').number() ?? 0;
  const whole = denominators[value.at('denominator').text() ?? 'HUNDRED'] ?? 100;
  return Math.min(100, Math.round((numerator / whole) * 1_000_000) / 10_000);
}
