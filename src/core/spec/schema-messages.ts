import { defineMessages } from '../diagnostics/message.ts';

/** Messages about the form of a document. */
export const messages = defineMessages({
  MESH1100: {
    severity: 'error',
    text: 'unknown field "{field}"{hint}',
    explanation:
      'Nothing in the language has this name here. A field that is not known is never skipped: a misspelt `timeout` would silently be no timeout. Correct the name, or move the field to where it belongs; `mesh explain KIND.FIELD` lists what a field holds.',
  },
  MESH1101: {
    severity: 'error',
    text: '{what} is missing{where}',
    explanation:
      'The language has no default for this, so it has to be written. `mesh explain KIND.FIELD` says what it means.',
  },
  MESH1102: {
    severity: 'error',
    text: 'expected {expected}, found {found}{hint}',
    explanation:
      'The value is of another type than the field takes. YAML decides the type by the look of a value: 1 is a number, true is a truth value, 1.30 is the number 1.3; in quotes each is a string. A field without a value (`field:`) is empty, which is an error: delete the field, or write [] or {} for an empty list or map.',
  },
  MESH1103: {
    severity: 'error',
    text: '{found} is not one of {known}{hint}',
    explanation: 'The field takes one of a few words. Upper and lower case count.',
  },
  MESH1104: {
    severity: 'error',
    text: '{found} does not fit here.{hint} {wanted}',
    explanation:
      'The value does not have the form of the field; the message describes the form. `mesh explain KIND.FIELD` has examples.',
  },
  MESH1105: {
    severity: 'error',
    text: '{found} is {problem}',
    explanation:
      'The value is too small, too large, too short or too long. An empty list or map is never the same as leaving the field out: in a list of conditions it would match nothing, so it is an error.',
  },
  MESH1106: {
    severity: 'error',
    text: 'only one of {fields} can be given, found {found}',
    explanation:
      'These fields are alternatives. Where a list is allowed around them, write one entry for each; entries of a list of matches are alternatives (OR), the fields in one entry hold together (AND).',
  },
  MESH1107: {
    severity: 'error',
    text: '"{field}" means nothing without "{other}"',
    explanation:
      'The first field only refines the second, which is missing. Add the second field, or delete the first.',
  },
  MESH1108: {
    severity: 'error',
    text: '{found} is too fine: {limit}',
    explanation:
      'Percentages have four decimals at most and durations are whole milliseconds: no mesh supports more, and rounding would change the value.',
  },
});
