import { exit } from '../../core/exit-code.ts';
import { engineTitles } from '../../core/ir/engine-titles.ts';
import type { Rollout } from '../../core/ir/rollout.ts';
import { PortError } from '../../ports/port-error.ts';

/** Throws PortError(4) if an engine moves the weights of a Rollout. */
export function refuseEngine({ id, engine }: Pick<Rollout, 'id' | 'engine'>): void {
  if (engine === undefined) return;
  const title = engineTitles[engine];
  throw new PortError(
    `Rollout ${id} is run by ${title}, which owns its weights (\`engine: ${engine}\`): mesh apply writes its objects, and a new version of the Deployment starts it; leave \`engine\` out to run it here`,
    exit.refused,
  );
}
