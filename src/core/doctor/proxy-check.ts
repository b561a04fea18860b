import type { ProxyAnswer } from '../targets/acceptance.ts';
import type { Check } from './check.ts';

/** A proxy and the answer of its administration address. */
export interface AskedProxy {
  readonly id: string;
  readonly admin: string;
  readonly answer: ProxyAnswer;
}

/**
 * Checks that the proxies of a target answer, counts those that do, and names a process that answers in the place of a
 * proxy. `tested` are the versions that the output is tested with, `major.minor`.
 */
export function proxyCheck(target: string, proxies: readonly AskedProxy[], tested: readonly string[]): Check {
  const name = `proxies of ${target}`;
  const heard = proxies.flatMap(({ answer }) => (answer.state === 'report' ? [answer.report] : []));
  const versions = [...new Set(heard.flatMap(({ version }) => version ?? []))].sort();
  const ran = versions.length === 0 ? '' : ` (${versions.join(', ')})`;
  const count = `${String(heard.length)} of ${String(proxies.length)} answer${ran}`;
  const foreign = proxies.flatMap(({ id, answer }) =>
    answer.state === 'foreign' ? [`${id}: ${answer.detail}`] : [],
  );
  if (foreign.length > 0)
    return {
      name,
      state: 'fail',
      says: `${count}; ${foreign.slice(0, most).join('; ')}${foreign.length > most ? `; and ${String(foreign.length - most)} more` : ''}`,
      do: 'end the other process, or give the proxy another admin address in the spec',
    };
  const silent = proxies.filter(({ answer }) => answer.state !== 'report');
  const [first] = silent;
  if (first !== undefined)
    return {
      name,
      state: 'note',
      says: `${count}; silent: ${first.id} at ${first.admin}${silent.length > 1 ? ', …' : ''}`,
      do: 'mesh up starts them on this machine; elsewhere start them as index.json of the output says',
    };
  const untested = versions.filter((version) => !tested.some((known) => version.startsWith(`${known}.`)));
  if (untested.length === 0) return { name, state: 'ok', says: count };
  return {
    name,
    state: 'note',
    says: `${count}; the output is not tested against ${untested.join(', ')}`,
    do: `use ${tested[0] ?? ''} to ${tested.at(-1) ?? ''}`,
  };
}

const most = 3;
