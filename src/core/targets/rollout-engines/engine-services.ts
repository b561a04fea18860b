import type { Ir } from '../../ir/ir.ts';
import type { Engine, Rollout } from '../../ir/rollout.ts';
import type { Service } from '../../ir/service.ts';

/** A service whose weights an engine moves. */
export interface EngineService {
  readonly rollout: Rollout;
  readonly service: Service;
}

/** Returns the services that an engine rolls out in a target. */
export function engineServices(ir: Ir, engine: Engine): readonly EngineService[] {
  return Object.values(ir.rollouts ?? {})
    .filter((rollout) => rollout.engine === engine)
    .flatMap((rollout) =>
      rollout.services.flatMap((id) => {
        const service = ir.services[id];
        return service === undefined ? [] : [{ rollout, service }];
      }),
    );
}

/** Returns true if an engine moves the weights of a Rollout. */
export function hasEngines({ rollouts = {} }: Ir): boolean {
  return Object.values(rollouts).some(({ engine }) => engine !== undefined);
}
