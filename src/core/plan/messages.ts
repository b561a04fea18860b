import { defineMessages } from '../diagnostics/message.ts';

export const messages = defineMessages({
  MESH4001: {
    severity: 'error',
    text: 'target {target} has no output, so nothing says where its configuration goes',
    explanation:
      'plan, apply, rollback and history work on the place that `output` of a target names. Write for instance `output: {directory: out/vms}`. `mesh compile --out` needs no output.',
  },
});
