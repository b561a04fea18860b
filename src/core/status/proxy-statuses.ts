import { currentVersions, type Observed } from '../history/observed.ts';
import type { OutputDriver } from '../outputs/output-driver.ts';
import { askProxies } from '../run/ask-proxies.ts';
import type { Asking } from '../targets/acceptance.ts';
import type { Target } from '../targets/target.ts';
import type { ProxyStatus } from './status.ts';

/** Asks every proxy of the revision in force if it has accepted that revision. */
export async function proxyStatuses(
  output: Pick<OutputDriver, 'acceptance'>,
  target: Pick<Target, 'acceptance'>,
  observed: Observed,
  asking: Asking,
): Promise<readonly ProxyStatus[]> {
  const { current, state } = observed;
  if (current === undefined) return [];
  const acceptance = output.acceptance(target);
  const versions = currentVersions(observed);
  const step = { revision: current.snapshot, versions };
  const watched = acceptance.watched(step, new Set(versions.keys()), current.snapshot, () => true);
  const answers = await askProxies(acceptance, watched, asking);
  return watched.map(({ id, admin: address, expected }, i): ProxyStatus => {
    const seen = state.proxies[id]?.seen;
    const known = { id, ...(seen !== undefined && { seen }) };
    const answer = answers[i];
    if (answer?.state === 'foreign')
      return { ...known, state: 'silent', detail: answer.detail, foreign: true };
    if (answer?.state !== 'report') {
      const isThere = answer?.state === 'silent';
      const detail = isThere ? `${address} takes connections and does not answer` : `no answer at ${address}`;
      return { ...known, state: seen === undefined && !isThere ? 'unseen' : 'silent', detail };
    }
    // Ignore rejections of earlier revisions: only the present configuration counts.
    const { report } = answer;
    const version = report.version === undefined ? {} : { version: report.version };
    const has = acceptance.verdict(expected, { at: report.started.to, report }, report, true);
    return has.state === 'waiting'
      ? { ...known, state: 'behind', detail: has.reason, ...version }
      : { ...known, state: 'accepted', ...version };
  });
}
