import type { AskedProxy, Asking, ProxyAnswer } from '../../acceptance.ts';
import { proxyReport, reportPath, startOf } from './proxy-report.ts';
import { type ServerInfo, serverInfo, serverInfoPath } from './server-info.ts';

/** Milliseconds to wait for one answer: a proxy with many clusters on a loaded machine may take seconds. */
const answerWithin = 6_000;

/** Asks a proxy for its identity, its versions and its counters. */
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
    const detail = `the Envoy${info.version === undefined ? '' : ` ${info.version}`} at ${address} has the node id ${JSON.stringify(info.node)}, not ${JSON.stringify(node)}: it is another proxy`;
    return { state: 'foreign', detail, node: info.node };
  }
  if (statistics.state === 'unusable') return { state: 'silent' };
  if (statistics.state !== 'answered') return { state: statistics.state };
  const started = startOf(info, sent, clock.now().getTime());
  return { state: 'report', report: { ...proxyReport(statistics.body, started), ...versionOf(info) } };
}

function versionOf({ version }: ServerInfo): { readonly version?: string } {
  return version === undefined ? {} : { version };
}
