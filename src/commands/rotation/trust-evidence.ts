import type { TargetEvidence } from '../../core/identity/rotation/evidence.ts';
import type { Trust } from '../../core/identity/trust-file.ts';
import type { Ir } from '../../core/ir/ir.ts';
import type { TargetConfig } from '../../core/ir/target-config.ts';
import { observeTrust } from '../../core/run/observe-trust.ts';
import type { AskingTrust } from '../../core/targets/served-trust.ts';
import { PortError } from '../../ports/port-error.ts';
import type { ObservingParts } from '../delivery/delivery-parts.ts';
import { isDelivered, openOutput } from '../delivery/open-output.ts';
import { targetOf } from '../delivery/target-of.ts';

/**
 * Returns the evidence of every target of a mesh. A target without an output, or whose output can't be read, is unseen.
 */
export async function trustEvidence(
  ir: Ir,
  root: string,
  trust: Trust,
  parts: ObservingParts & AskingTrust,
): Promise<readonly TargetEvidence[]> {
  const found: TargetEvidence[] = [];
  for (const config of Object.values(ir.targets)) {
    try {
      found.push(await evidenceOf(config, ir, root, trust, parts));
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
      found.push(unread(config.name, error.message));
    }
  }
  return found;
}

async function evidenceOf(
  config: TargetConfig,
  ir: Ir,
  root: string,
  trust: Trust,
  parts: ObservingParts & AskingTrust,
): Promise<TargetEvidence> {
  const { name } = config;
  if (!isDelivered(config))
    return unread(name, 'the target has no output, so mesh knows none of its proxies');
  const output = await openOutput(root, config, ir, parts);
  const observed = await output.observe(`${ir.name}.${ir.environment}.${name}`, []);
  const [foreign] = observed.foreign;
  if (foreign !== undefined) return unread(name, `${foreign.path}: ${foreign.why}`);
  return observeTrust({ name, target: await targetOf(config), output, observed }, trust, parts);
}

function unread(target: string, unseen: string): TargetEvidence {
  return { target, isApplied: true, proxies: [], unseen };
}
