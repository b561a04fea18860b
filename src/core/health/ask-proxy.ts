import type { Clock, ProxyAdmin } from '../../ports.ts';
import type { Expected } from './expectation.ts';
import { type ProxyReport, proxyReport, reportPath, startOf } from './proxy-report.ts';
import { serverInfo, serverInfoPath } from './server-info.ts';

/** A proxy that can be asked. */
export interface AskedProxy {
  readonly id: string;
  /** Address of its admin. */
  readonly admin: string;
  /** Node id in its bootstrap; a process with another one is somebody else's. */
  readonly node: string | undefined;
  readonly expected: readonly Expected[];
}

/** What was heard at the admin address of a proxy. */
export type ProxyAnswer =
  | { readonly state: 'report'; readonly report: ProxyReport }
  /** `absent`: nobody listens there. `silent`: somebody does, and does not answer in time. */
  | { readonly state: 'absent' | 'silent' }
  /** Somebody answers who is not this proxy. */
  | { readonly state: 'foreign'; readonly detail: string };

/** What asking needs of the world. */
export interface Asking {
  readonly clock: Clock;
  readonly admin: ProxyAdmin;
}

/** Milliseconds for one answer: a proxy with many clusters on a loaded machine may take seconds. */
const answerWithin = 6_000;

/** Asks a proxy what it is and what it has. */
export async function askProxy(
  { admin: address, node, expected }: AskedProxy,
  { clock, admin }: Asking,
  signal?: AbortSignal,
): Promise<ProxyAnswer> {
  const sent = clock.now().getTime();
  const withEndpoints = expected.some(({ kind }) => kind === 'endpoints');
  const [about, statistics] = await Promise.all([
    admin.get(address, serverInfoPath, answerWithin, signal),
    admin.get(address, reportPath(withEndpoints), answerWithin, signal),
  ]);
  if (about.state === 'unusable')
    return { state: 'foreign', detail: `${address} is no Envoy's admin address: ${about.why}` };
  if (about.state !== 'answered') return { state: about.state };
  const info = serverInfo(about.body);
  if (info === undefined)
    return { state: 'foreign', detail: `another program answers at ${address}, not an Envoy` };
  if (node !== undefined && info.node !== node) {
    const detail = `the Envoy at ${address} has the node id ${JSON.stringify(info.node)}, not ${JSON.stringify(node)}: it is another proxy`;
    return { state: 'foreign', detail };
  }
  if (statistics.state === 'unusable') return { state: 'silent' };
  if (statistics.state !== 'answered') return { state: statistics.state };
  const started = startOf(info, sent, clock.now().getTime());
  return { state: 'report', report: proxyReport(statistics.body, started) };
}

const atOnce = 64;

/** Asks many proxies, a bounded number at a time; answers in their order. */
export async function askProxies(
  proxies: readonly AskedProxy[],
  asking: Asking,
): Promise<readonly ProxyAnswer[]> {
  const answers: ProxyAnswer[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < proxies.length; i = next++)
      answers[i] = await askProxy(proxies[i] as AskedProxy, asking);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, proxies.length) }, worker));
  return answers;
}
