import { defineMessages } from '../diagnostics/message.ts';

export const messages = defineMessages({
  MESH4001: {
    severity: 'error',
    text: 'target {target} has no output, so nothing says where its configuration goes',
    explanation:
      'plan, apply, rollback and history work on the place that `output` of a target names. Write for instance `output: {directory: out/vms}`. `mesh compile --out` needs no output.',
  },
  MESH4002: {
    severity: 'error',
    text: 'the output of target {target} is a Git repository, and this version of mesh delivers to directories and Kubernetes clusters alone',
    explanation:
      'Configuration for such a target can be compiled with `mesh compile` and be delivered by other means; plan and apply refuse it rather than do half of it. Name other targets with `--target`.',
  },
});
