import { defineMessages } from '../diagnostics/message.ts';

/** Messages of `mesh fmt`, in addition to those about invalid YAML. */
export const messages = defineMessages({
  MESH1030: {
    severity: 'warning',
    text: 'fmt does not format this file: it has {reason}',
    explanation:
      '`mesh fmt` formats a file only if it can prove that the result has the same values and comments. fmt has no rule for this rare form of YAML, so the whole file stays as it is. Other commands read the file like any other. To have the file formatted, write it more plainly, for example with keys on one line and without "?".',
  },
});
