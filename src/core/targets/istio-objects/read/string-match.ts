import type { Field } from '../../../import/field.ts';
import { isHeaderValue, isPattern } from '../../../import/written-values.ts';
import type { StringMatch } from '../../../spec/types.gen.ts';
import { charactersOfBytes } from './characters-of-bytes.ts';

/** The alternatives of a StringMatch that a field can have. */
const forms = ['exact', 'prefix', 'regex'] as const;

/** A StringMatch as written: one form and its text. */
export interface NativeMatch {
  readonly form: (typeof forms)[number];
  readonly text: string;
}

/**
 * Reads a StringMatch; returns undefined if it has no form that is known, or a text that the language can't hold. An empty
 * map is `present`.
 */
export function readStringMatch(field: Field): NativeMatch | 'present' | undefined {
  const entries = field.entries();
  if (entries.length === 0) return field.isPresent ? 'present' : undefined;
  const form = forms.find((one) => field.at(one).isPresent);
  if (form === undefined || entries.length > 1) return undefined;
  const text = field.at(form).text();
  if (text === undefined || !isHeaderValue(text)) return undefined;
  if (form !== 'regex') return { form, text };
  const pattern = charactersOfBytes(text);
  return pattern === undefined || !isPattern(pattern) ? undefined : { form, text: pattern };
}

/** Returns the condition of the language on a header's value. */
export function headerCondition(match: NativeMatch | 'present'): StringMatch {
  if (match === 'present') return { present: true };
  if (match.form === 'regex' && match.text === '.*') return { present: true };
  return { [match.form]: match.text };
}
