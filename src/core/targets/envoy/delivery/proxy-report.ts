import type { Moment, ProxyReport } from '../../acceptance.ts';
import type { ServerInfo } from './server-info.ts';

/** The request that `proxyReport` reads the answer of; with `endpoints` the clusters one by one too. */
export function reportPath(endpoints: boolean): string {
  const kept = '(version_text|update_rejected|update_failure|warming_clusters|_warming|_draining)$';
  const scopes = [
    'listener_manager',
    'cluster_manager',
    'http\\..*\\.rds',
    ...(endpoints ? ['cluster'] : []),
  ];
  return `/stats?filter=${encodeURIComponent(`^(${scopes.join('|')})\\..*${kept}`)}`;
}

/** Reads Envoy's `/stats`: a `name: value` a line, text readouts in quotes. Other lines are left out. */
export function proxyReport(body: string, started: Moment): ProxyReport {
  const versions = new Map<string, string>();
  const numbers = new Map<string, number>();
  for (const line of body.split('\n')) {
    // A name may hold a colon and a space, a value of the kinds we ask for doesn't.
    const at = line.lastIndexOf(': ');
    if (at < 0) continue;
    const [name, value] = [line.slice(0, at), line.slice(at + 2)];
    if (name.endsWith(versionSuffix))
      versions.set(name.slice(0, -versionSuffix.length), value.replaceAll('"', ''));
    else if (/^\d+$/.test(value)) numbers.set(name, Number(value));
  }
  return { versions, numbers, started };
}

/** When the process that answered started; `sent` and `received` are milliseconds of the wall clock. */
export function startOf({ uptime }: ServerInfo, sent: number, received: number): Moment {
  // Envoy counts whole seconds between two readings of the wall clock.
  return { from: sent - (uptime + 1) * second, to: received - (uptime - 1) * second };
}

/** Returns true if two reports can be of one process. */
export function isSameProcess(one: Moment, other: Moment): boolean {
  return one.from <= other.to && other.from <= one.to;
}

const second = 1000;
const versionSuffix = '.version_text';
