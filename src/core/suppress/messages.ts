import { defineMessages } from '../diagnostics/message.ts';

export const messages = defineMessages({
  MESH1200: {
    severity: 'warning',
    text: 'this comment suppresses nothing: {problem}',
    explanation:
      'A suppression is written `# mesh-ignore MESH2210 reason="drained on purpose" until=2027-01-31`: one code or several, a reason that is not empty, and, if it is to end by itself, the last day on which it holds (UTC).',
    insuppressible: true,
  },
  MESH1201: {
    severity: 'warning',
    text: 'this comment suppresses nothing: there is no finding {code}{hint}',
    explanation: 'The comment names a code that no finding has. `mesh explain CODE` says what a code means.',
    insuppressible: true,
  },
  MESH1202: {
    severity: 'warning',
    text: '{code} cannot be suppressed: {why}',
    explanation:
      'Only warnings and remarks can be suppressed. A mesh with an error means nothing, so nothing could be compiled from it. A loss that `degrade` allows always stays visible.',
    insuppressible: true,
  },
  MESH1203: {
    severity: 'warning',
    text: 'this suppression held until {until}: its findings count again',
    explanation:
      'The day after `until` a suppression is over. Mend the suppressed findings, or give the suppression a later day and a reason that still holds.',
    insuppressible: true,
  },
  MESH1204: {
    severity: 'info',
    text: 'there is no {code} here to suppress',
    explanation:
      'Delete the comment: its finding is gone, or is on another line. A comment of its own line is for the next line with something on it, before the first line of a document for all of it, and one after something for its own line. A finding may exist in one environment only.',
    insuppressible: true,
  },
});
