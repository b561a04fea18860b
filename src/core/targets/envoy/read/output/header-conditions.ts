import { readCookieLine } from '../../../../import/cookie-line.ts';
import type { Field } from '../../../../import/field.ts';
import type { StringMatch } from '../../../../spec/types.gen.ts';
import { hole, optional } from './forms.ts';
import type { Reading } from './reading.ts';

/** A condition on a header or on a cookie. */
export type HeaderCondition =
  | {
      readonly type: 'header';
      readonly name: string;
      readonly match: StringMatch;
      /** True for the opposite of the match among requests that have the header. */
      readonly isInverted: boolean;
    }
  | {
      readonly type: 'cookie';
      readonly name: string;
      readonly match: StringMatch;
      /** True for the opposite of the match. */
      readonly isNot: boolean;
    };

/** Reads a condition on a header of the caller; undefined, with a finding, for any other. */
export function readHeaderCondition(reading: Reading, field: Field): HeaderCondition | undefined {
  const name = String(field.at('name').value);
  if (name === 'cookie') return readCookie(reading, field);
  if (/^:|^$/.test(name)) {
    reading.report(field, 'a header of the caller');
    return undefined;
  }
  const isInverted = field.at('invert_match').value === true;
  const more = isInverted ? { invert_match: true } : {};
  if (field.at('present_match').isPresent) {
    const { present } = reading.take(field, { name, present_match: hole('present'), ...more });
    return { type: 'header', name, match: { present: present.boolean() === true }, isInverted };
  }
  const { string } = reading.take(field, { name, string_match: hole('string'), ...more });
  return { type: 'header', name, match: readString(reading, string), isInverted };
}

/** Reads a StringMatcher. */
export function readString(reading: Reading, field: Field): StringMatch {
  const keys = typeof field.value === 'object' && field.value !== null ? Object.keys(field.value) : [];
  const [key = ''] = keys;
  if (keys.length !== 1) reading.report(field, 'one condition on the value');
  if (key === 'safe_regex') {
    const { regex } = reading.take(field, { safe_regex: { regex: hole('regex') } });
    return { regex: regex.text() ?? '' };
  }
  if (key !== 'exact' && key !== 'prefix' && key !== 'suffix' && key !== 'contains') {
    reading.report(field, 'a condition on the value');
    return {};
  }
  return { [key]: field.at(key).text() ?? '' };
}

/** Reads the expression for a line of cookies: the opposite holds also where no line is there. */
function readCookie(reading: Reading, field: Field): HeaderCondition | undefined {
  const isInverted = field.at('invert_match').isPresent;
  const { regex } = reading.take(field, {
    name: 'cookie',
    string_match: { safe_regex: { regex: hole('regex') } },
    invert_match: optional(true),
    treat_missing_header_as_empty: optional(true),
  });
  if (isInverted !== field.at('treat_missing_header_as_empty').isPresent)
    reading.report(field, 'no line of cookies to count as an empty one where the condition is inverted');
  const found = readCookieLine(regex.text() ?? '');
  if (found === undefined) {
    reading.report(regex, 'an expression for one cookie');
    return undefined;
  }
  const { name, match } = found;
  if (match.present === true && isInverted)
    return { type: 'cookie', name, match: { present: false }, isNot: false };
  return { type: 'cookie', name, match, isNot: isInverted };
}
