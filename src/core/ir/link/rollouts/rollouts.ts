import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { defineMessages, finding } from '../../../diagnostics/message.ts';
import { originOf } from '../../../location.ts';
import { parseDuration } from '../../../spec/duration.ts';
import { parsePercentage } from '../../../spec/percentage.ts';
import type { SpecObject } from '../../../spec/spec.ts';
import type { RolloutDocument, RolloutSpec } from '../../../spec/types.gen.ts';
import type { Ir } from '../../ir.ts';
import type { Rollout } from '../../rollout.ts';
import type { Linking } from '../linking.ts';
import { idOf } from '../names.ts';
import { keyLocationOf, locationOf } from '../spec-place.ts';
import { hooksOf } from './rollout-hooks.ts';
import { judgeOf } from './rollout-judge.ts';
import { matchOf } from './rollout-match.ts';
import { reportRules } from './rollout-rules.ts';
import { type RolledOut, rolledOutServices } from './rollout-services.ts';
import { reportDeadline, stepsOf } from './rollout-steps.ts';
import { rolloutTargets } from './rollout-targets.ts';

export const messages = defineMessages({
  MESH2370: {
    severity: 'error',
    text: '`from` and `to` are both {version}',
    explanation:
      'A Rollout takes requests from one version to another. Name in `from` the version that serves now, and in `to` the new one.',
  },
});

/** Links the Rollouts of a mesh whose other parts are linked already. Leaves out a Rollout with errors. */
export function rolloutsOf(linking: Linking, ir: Ir): readonly Rollout[] {
  const taken: RolledOut = new Map();
  return linking.spec.rollouts.flatMap((document) => {
    const errors: Diagnostic[] = [];
    const own: Linking = {
      ...linking,
      report: (diagnostic) => {
        if (diagnostic.severity === 'error') errors.push(diagnostic);
        linking.report(diagnostic);
      },
    };
    const rollout = rolloutOf(own, ir, document, taken);
    return errors.length === 0 && rollout !== undefined ? [rollout] : [];
  });
}

function rolloutOf(
  linking: Linking,
  ir: Ir,
  document: SpecObject<RolloutDocument>,
  taken: RolledOut,
): Rollout | undefined {
  const { spec } = document.value;
  const { from, to } = spec;
  if (from === to) {
    const at = { container: spec, key: 'to' };
    const related = [{ location: locationOf({ container: spec, key: 'from' }), message: '`from`' }];
    linking.report(finding(messages, 'MESH2370', locationOf(at), { version: to }, { related }));
  }
  const services = rolledOutServices(linking, ir, document, taken);
  const match = matchOf(linking, document);
  const steps = stepsOf(linking, document);
  const deadline = parseDuration(spec.deadline ?? '2h');
  reportDeadline(linking, document, steps, deadline);
  const rollout: Rollout = {
    origin: originOf(document.location),
    id: idOf(document),
    namespace: document.namespace,
    name: document.name,
    services: services.map(({ id }) => id),
    from,
    to,
    strategy: spec.strategy ?? 'canary',
    ...(match && { match }),
    steps,
    pace: spec.pace ?? 'evidence',
    ...(spec.affinity === 'session' && { affinity: spec.affinity }),
    judge: judgeOf(linking, document),
    on: reactionsOf(spec),
    deadline,
    maxWeightUnattended: parsePercentage(spec.maxWeightUnattended ?? 25),
    targets: rolloutTargets(linking, ir, document, services),
    hooks: hooksOf(linking, document),
    ...(spec.engine !== undefined && spec.engine !== 'mesh' && { engine: spec.engine }),
  };
  if (services.length === 0) return undefined;
  reportRules(linking, ir, rollout, keyLocationOf({ container: spec, key: 'match' }));
  return rollout;
}

function reactionsOf({ on = {} }: RolloutSpec): Rollout['on'] {
  return {
    fail: on.fail ?? 'rollback',
    inconclusive: on.inconclusive ?? 'hold',
    blind: on.blind ?? 'hold',
    runnerLost: on.runnerLost ?? 'hold',
  };
}
