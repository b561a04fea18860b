import type { TargetEvidence } from '../../core/identity/rotation/evidence.ts';
import type { Trust } from '../../core/identity/trust-file.ts';
import type { Ir } from '../../core/ir/ir.ts';
import { observeTrust } from '../../core/run/observe-trust.ts';
import type { AskingTrust } from '../../core/targets/served-trust.ts';
import { PortError } from '../../ports/port-error.ts';
import type { TargetOutput } from '../delivery/read-outputs.ts';
import { targetOf } from '../delivery/target-of.ts';

/** Returns the evidence of each target; a target whose output can't be read is unseen. */
export async function trustEvidence(
  outputs: readonly TargetOutput[],
  { name: mesh, environment }: Pick<Ir, 'name' | 'environment'>,
  trust: Trust,
  asking: AskingTrust,
): Promise<readonly TargetEvidence[]> {
  const found: TargetEvidence[] = [];
  for (const { config, output } of outputs) {
    const { name } = config;
    try {
      const observed = await output.observe(`${mesh}.${environment}.${name}`, []);
      const [foreign] = observed.foreign;
      found.push(
        foreign === undefined
          ? await observeTrust({ name, target: await targetOf(config), output, observed }, trust, asking)
          : unread(name, `${foreign.path}: ${foreign.why}`),
      );
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
      found.push(unread(name, error.message));
    }
  }
  return found;
}

function unread(target: string, unseen: string): TargetEvidence {
  return { target, isApplied: true, proxies: [], unseen };
}
