import { type ExitCode, exit } from '../../core/exit-code.ts';
import type { Snapshot } from '../../core/history/snapshot.ts';
import type { Output } from '../../core/ir/target-config.ts';
import type { OutputDriver } from '../../core/outputs/output-driver.ts';
import type { Target } from '../../core/targets/target.ts';
import { UsageError } from '../../core/usage-error.ts';
import type { Directory } from '../../ports/directory.ts';
import { PortError } from '../../ports/port-error.ts';
import { type MeantOutputs, withOutputs } from '../delivery/meant-outputs.ts';
import type { DeliveredTarget } from '../delivery/open-output.ts';
import { revisionInForce } from '../delivery/snapshot-in-force.ts';
import { targetOf } from '../delivery/target-of.ts';
import type { LocalRunParts } from './local-parts.ts';

/** A directory output whose proxies can run on this machine. */
export interface LocalPlace {
  readonly name: string;
  readonly target: Target;
  readonly output: OutputDriver;
  readonly directory: Directory;
}

/** Calls `use` with the outputs whose proxies can run on this machine. Throws UsageError if there are none. */
export function withLocalPlaces(
  invocation: Parameters<typeof withOutputs>[0],
  parts: LocalRunParts,
  use: (places: readonly LocalPlace[]) => Promise<ExitCode>,
): Promise<ExitCode> {
  const others: string[] = [];
  const isLocal = ({ name, output: { type } }: DeliveredTarget): boolean => {
    if (type !== 'directory') others.push(`${name} goes to a ${otherPlaces[type]}`);
    return type === 'directory';
  };
  const withPlaces = async ({ outputs, root }: MeantOutputs): Promise<ExitCode> => {
    const places: LocalPlace[] = [];
    for (const { config, output } of outputs) {
      const { name, output: place } = config;
      const target = await targetOf(config);
      if (target.proxies === undefined) others.push(`${target.title} runs in a cluster (${name})`);
      else if (place.type === 'directory' && place.seenAs !== undefined && place.seenAs !== output.place)
        others.push(`the proxies of ${name} see its files as ${place.seenAs}, not on this machine`);
      else places.push({ name, target, output, directory: await parts.outputDirectory(root, output.place) });
    }
    if (places.length > 0) return use(places);
    throw new UsageError(`no target has proxies that this machine can run: ${others.join('; ')}`);
  };
  return withOutputs(invocation, parts, withPlaces, isLocal);
}

/** The names, for people, of outputs that aren't directories. */
const otherPlaces: Readonly<Record<Exclude<Output['type'], 'directory'>, string>> = {
  kubernetes: 'cluster',
  git: 'Git repository',
};

/** Returns the revision in force. Throws PortError(1) if nothing was applied yet. */
export async function appliedRevision({ name, output }: LocalPlace): Promise<Snapshot> {
  const revision = await revisionInForce(output);
  if (revision !== undefined) return revision;
  throw new PortError(
    `nothing is applied to target ${name} yet: run mesh certs init (once) and mesh apply, then mesh up`,
    exit.failed,
  );
}
