import { defineMessages, finding } from '../../diagnostics/message.ts';
import { engineTitles } from '../../ir/engine-titles.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Rollout } from '../../ir/rollout.ts';
import { locatePath } from '../../source/locate.ts';
import type { Analyzer } from '../analyzer.ts';
import { engineLosses } from '../rollout-engine/engine-losses.ts';
import { engineObstacles } from '../rollout-engine/engine-obstacles.ts';

const messages = defineMessages({
  MESH2400: {
    severity: 'warning',
    text: '{engine} decides by thresholds, not by the verdicts of this tool: {rules}',
    explanation:
      'An engine asks a query again and again and compares the answer with a fixed number. It bounds neither the chance of a wrong rollback nor that of a wrong promotion, and an outage of both versions is the fault of the new one for it. Leave `engine` out for verdicts with bounded errors; `mesh canary replay` says what these would have been for a recorded rollout.',
  },
  MESH2401: {
    severity: 'warning',
    text: '{engine} has no words for `{field}`: {instead}',
    explanation:
      'The rollout is compiled without this part. Take the field out to show that nobody relies on it, or leave `engine` out: `mesh canary run` keeps all of it.',
  },
  MESH2402: {
    severity: 'error',
    text: "{engine} can't run this rollout: {reason}",
    explanation:
      'The engine owns the weights, and the objects that it writes itself can express less than a spec. A rollout is not compiled if the engine would serve requests in another way than the spec says. Change the rollout or the rule as the message says, or leave `engine` out, so that `mesh canary run` moves the weights.',
  },
  MESH2403: {
    severity: 'warning',
    text: '{engine} takes over the pods of {service}, and begins with one of them',
    explanation:
      'Its Rollout makes pods of its own from the Deployment of the same name, and nothing here says how many. Give the Rollout an autoscaler, or set `spec.replicas` of the object in the cluster (an apply of this tool leaves the field alone), before callers need more than one. The Deployment keeps its pods until you scale it down.',
  },
});

/** Reports what an engine of a Rollout can't keep. */
export const rolloutEngine: Analyzer = {
  name: 'rollout-engine',
  description: "Reports Rollouts that their engine can't run, and parts that the engine has no words for.",
  messages,
  analyze({ spec, ir }, report) {
    const documents = new Map(
      spec.rollouts.map((document) => [`${document.namespace}/${document.name}`, document]),
    );
    for (const rollout of Object.values(ir.rollouts ?? {})) {
      const document = documents.get(rollout.id);
      if (rollout.engine === undefined || document === undefined) continue;
      const engine = engineTitles[rollout.engine];
      const at = (path: readonly (string | number)[]) => locatePath(document.value, ['spec', ...path]);
      report(finding(messages, 'MESH2400', at(['engine']), { engine, rules: rulesOf(rollout) }));
      for (const { path, instead } of engineLosses(rollout, document.value.spec))
        report(finding(messages, 'MESH2401', at(path), { engine, field: path.join('.'), instead }));
      for (const service of rollout.engine === 'argo-rollouts' ? rollout.services : [])
        if (isUncounted(ir, rollout, service))
          report(finding(messages, 'MESH2403', at(['engine']), { engine, service }));
      for (const { path, reason } of engineObstacles(ir, rollout))
        report(finding(messages, 'MESH2402', at(path), { engine, reason }));
    }
  },
};

/** Returns true if no endpoints say how many pods the baseline has. */
function isUncounted({ services }: Ir, { from }: Rollout, service: string): boolean {
  return services[service]?.versions.find(({ name }) => name === from)?.instances === undefined;
}

function rulesOf({ engine }: Rollout): string {
  return engine === 'flagger'
    ? 'the third check that fails, or finds no data, rolls back'
    : 'the second measurement beyond a threshold rolls back, and the third without data pauses';
}
