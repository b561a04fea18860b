import { watchedProxies } from '../apply/watched-proxies.ts';
import { acceptance } from '../health/acceptance.ts';
import { type Asking, askProxies } from '../health/ask-proxy.ts';
import { currentVersions, type Observed } from '../plan/observe.ts';
import type { ProxyStatus } from './status.ts';

/** Asks every proxy of the revision in force whether it has it. */
export async function proxyStatuses(observed: Observed, asking: Asking): Promise<readonly ProxyStatus[]> {
  const { current, state } = observed;
  if (current === undefined) return [];
  const versions = currentVersions(observed);
  const step = { name: current.name, revision: current.snapshot, versions };
  const watched = watchedProxies(step, new Set(versions.keys()), current.snapshot, () => true);
  const answers = await askProxies(watched, asking);
  return watched.map(({ id, admin: address, expected }, i): ProxyStatus => {
    const seen = state.proxies[id]?.seen;
    const known = { id, ...(seen !== undefined && { seen }) };
    const answer = answers[i];
    if (answer?.state === 'foreign') return { ...known, state: 'silent', detail: answer.detail };
    if (answer?.state !== 'report') {
      const isThere = answer?.state === 'silent';
      const detail = isThere ? `${address} takes connections and does not answer` : `no answer at ${address}`;
      return { ...known, state: seen === undefined && !isThere ? 'unseen' : 'silent', detail };
    }
    // What it refused before is past: only what it shows counts.
    const { report } = answer;
    const has = acceptance(expected, { at: report.started.to, report }, report, true);
    return has.state === 'waiting'
      ? { ...known, state: 'behind', detail: has.reason }
      : { ...known, state: 'accepted' };
  });
}
