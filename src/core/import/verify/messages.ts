import { defineMessages } from '../../diagnostics/message.ts';

/** Messages about the target's own output that is read back for a proof. */
export const messages = defineMessages({
  MESH7031: {
    severity: 'error',
    text: '{field} of the output is not what this target writes: {expected}',
    explanation:
      'A proof reads the files for the proxies back, and takes for meaning only what has exactly the form that the target writes. This part has another one, so that nothing is proved. If the files were changed by hand, compile again; if not, the reader does not know a form that the target writes, which is a defect of Meshwright.',
  },
  MESH7032: {
    severity: 'error',
    text: 'proxies disagree about {subject}: {one} and {other}',
    explanation:
      'Each proxy has its own copy of what it has to know, and two copies mean different things: one caller is routed or admitted in another way than another. The output of one compilation never does. Compile again; a file that was changed by hand is the other one.',
  },
  MESH7033: {
    severity: 'error',
    text: 'the file is read by no proxy: {reason}',
    explanation:
      'A proof follows the files from the bootstrap of each proxy. This one is named by none, so that what it says has no effect, and what it should say is missing. Compile again.',
  },
});
