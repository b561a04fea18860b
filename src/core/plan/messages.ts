import { defineMessages } from '../diagnostics/message.ts';

/** What delivery finds in a spec before it looks at anything else. */
export const messages = defineMessages({
  MESH4001: {
    severity: 'error',
    text: 'target {target} has no output, so nothing says where its configuration goes',
    explanation:
      'plan, apply, rollback and history work on the place that `output` of a target names. Write for instance `output: {directory: out/vms}`; `mesh compile --out` needs no output.',
  },
  MESH4002: {
    severity: 'error',
    text: 'the output of target {target} is a {type}, and this version of mesh delivers to directories alone',
    explanation:
      'Configuration can be compiled for such a target with `mesh compile`, and be delivered by other means; plan and apply refuse it rather than do half of it.',
  },
  MESH4003: {
    severity: 'error',
    text: 'the platform {platform} of target {target} cannot be compiled yet',
    explanation:
      'This version of mesh knows the platform by name only. Other targets of the same mesh can be planned and applied: name them with `--target`.',
  },
});
