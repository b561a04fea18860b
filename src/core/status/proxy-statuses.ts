import type { ProxyAdmin } from '../../ports.ts';
import { ask } from '../apply/gate.ts';
import { watchedProxies } from '../apply/watched-proxies.ts';
import { acceptance } from '../health/acceptance.ts';
import { currentVersions, type Observed } from '../plan/observe.ts';
import type { ProxyStatus } from './status.ts';

/** Asks every proxy of the revision in force whether it has it. */
export async function proxyStatuses(observed: Observed, admin: ProxyAdmin): Promise<readonly ProxyStatus[]> {
  const { current, state } = observed;
  if (current === undefined) return [];
  const versions = currentVersions(observed);
  const step = { name: current.name, revision: current.snapshot, versions };
  const watched = watchedProxies(step, new Set(versions.keys()), current.snapshot, () => true);
  const reports = await ask(watched, { admin });
  return watched.map(({ id, admin: address, expected }, i): ProxyStatus => {
    const seen = state.proxies[id]?.seen;
    const known = { id, ...(seen !== undefined && { seen }) };
    const report = reports[i];
    if (report === undefined) {
      const detail = `no answer at ${address}`;
      return { ...known, state: seen === undefined ? 'unseen' : 'silent', detail };
    }
    // What it refused before is past: only what it shows counts.
    const answer = acceptance(expected, report, report);
    return answer.state === 'waiting'
      ? { ...known, state: 'behind', detail: answer.reason }
      : { ...known, state: 'accepted' };
  });
}
