import { durationText } from '../../../import/duration-text.ts';
import type { Field } from '../../../import/field.ts';

/** Reads a duration in the JSON form of Protobuf (`1.5s`), and marks the field; undefined if it isn't there or is none. */
export function readDuration(field: Field): string | undefined {
  if (typeof field.value === 'object' && field.value !== null) {
    const seconds = Number(field.at('seconds').numberOrText() ?? 0);
    const nanos = field.at('nanos').number() ?? 0;
    return durationText(`${String(seconds + nanos / 1_000_000_000)}s`);
  }
  const text = field.text();
  const read = text === undefined ? undefined : durationText(text);
  if (text !== undefined && read === undefined) field.malformed('a duration');
  return read;
}
