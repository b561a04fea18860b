import { durationText } from '../../../../import/duration-text.ts';
import type { Field } from '../../../../import/field.ts';
import { hole } from './forms.ts';
import type { Reading } from './reading.ts';

/** Reads a duration in the JSON form of Protobuf, in the form of the language. */
export function readTime(reading: Reading, field: Field): string {
  const text = field.text() ?? '';
  const read = /^\d+(?:\.\d+)?s$/.test(text) ? durationText(text) : undefined;
  if (read === undefined) reading.report(field, 'a duration');
  return read ?? '0s';
}

/** Reads a share in millionths, in percent. */
export function readPercent(reading: Reading, field: Field): number {
  const { numerator } = reading.take(field, { numerator: hole('numerator'), denominator: 'MILLION' });
  return Math.round(numerator.number() ?? 0) / 10_000;
}

/** Reads the headers that a route sets or adds; `%%` is a percent sign, and any other one would be a command. */
export function readOptions(
  reading: Reading,
  list: readonly Field[],
): { readonly set: Record<string, string>; readonly add: Record<string, string> } {
  const changes = { set: {} as Record<string, string>, add: {} as Record<string, string> };
  for (const one of list) {
    const { key, value, action } = reading.take(one, {
      header: { key: hole('key'), value: hole('value') },
      append_action: hole('action'),
      keep_empty_value: true,
    });
    const name = key.text() ?? '';
    const kind = action.text() === 'OVERWRITE_IF_EXISTS_OR_ADD' ? 'set' : 'add';
    if (kind === 'add') reading.take(action, 'APPEND_IF_EXISTS_OR_ADD');
    changes[kind][name] = readLiteral(reading, value);
  }
  return changes;
}

/** Reads a text in which a percent sign is written twice. */
export function readLiteral(reading: Reading, field: Field): string {
  const text = field.text() ?? '';
  if (/%/.test(text.replaceAll('%%', ''))) reading.report(field, 'a text without commands');
  return text.replaceAll('%%', '%');
}
