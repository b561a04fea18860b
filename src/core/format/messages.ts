import { defineMessages } from '../diagnostics/message.ts';

/** Messages of `mesh fmt`, in addition to those about invalid YAML. */
export const messages = defineMessages({
  MESH1030: {
    severity: 'warning',
    text: 'the file is left as it is: it has {reason}',
    explanation:
      'A text is formatted only if the result is proved to have the same values and comments. This form of YAML is so rare that fmt has no rule for it, so the whole file stays as it is; it is read like any other. To have the file formatted, write it more plainly, for example with keys on one line and without "?".',
  },
});
