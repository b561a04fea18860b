import { defineMessages } from '../diagnostics/message.ts';

/** Messages of `mesh fmt`, beside those about an invalid text. */
export const messages = defineMessages({
  MESH1030: {
    severity: 'warning',
    text: 'the file is left as it is: it has {reason}',
    explanation:
      'A text is formatted only where the result is proved to have the same values and the same comments. This form of YAML is so rare that fmt has no rule for it, so the whole file stays as it is; it is read like any other. Write it more plainly to have the file formatted: keys on one line and without "?", say.',
  },
});
