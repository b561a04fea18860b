import type { Snapshot } from '../../core/history/snapshot.ts';
import type { Acceptance, AskedProxy } from '../../core/targets/acceptance.ts';
import type { Proxy } from '../../core/targets/proxy.ts';
import type { LocalRunParts } from './local-parts.ts';
import type { LocalPlace } from './local-places.ts';
import { takenAddresses } from './taken-addresses.ts';

/** The proxies that already run, and the problems of those that can't be started. */
export interface Launchability {
  /** Ids of proxies of the mesh that somebody else has started. */
  readonly running: ReadonlySet<string>;
  readonly problems: readonly string[];
}

type Asking = Pick<LocalRunParts, 'admin' | 'clock' | 'listeners'>;

/** Asks the addresses of proxies who listens there, before a proxy is started. */
export async function findProblems(
  { target, name }: Pick<LocalPlace, 'target' | 'name'>,
  revision: Snapshot,
  proxies: readonly Proxy[],
  asking: Asking,
): Promise<Launchability> {
  const running = new Set<string>();
  const problems: string[] = [];
  const { acceptance } = target;
  const asked = new Map(acceptance && knownProxies(acceptance, revision).map((one) => [one.id, one]));
  await Promise.all(
    proxies.map(async (proxy) => {
      const one = asked.get(proxy.id);
      if (acceptance === undefined || one === undefined) return;
      const answer = await acceptance.ask(one, asking);
      if (answer.state === 'report') running.add(proxy.id);
      else if (answer.state === 'foreign') problems.push(`${name}: proxy ${proxy.id}: ${answer.detail}`);
      else problems.push(...(await takenAddresses(proxy, asking.listeners)).map((why) => `${name}: ${why}`));
    }),
  );
  return { running, problems: problems.sort() };
}

/** Returns the proxies of a revision with the node ids that identify them. */
function knownProxies(acceptance: Acceptance, revision: Snapshot): readonly AskedProxy[] {
  return acceptance.watched({ revision, versions: new Map() }, new Set(), undefined, () => false);
}
