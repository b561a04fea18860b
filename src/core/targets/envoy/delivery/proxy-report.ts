import type { Moment, ProxyReport } from '../../acceptance.ts';
import type { ServerInfo } from './server-info.ts';

/**
 * Returns the path of the request whose answer `proxyReport` reads; with `endpoints`, the answer has each cluster, too.
 */
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

/** Reads Envoy's `/stats`: a `name: value` on each line, text readouts in quotes. Ignores other lines. */
export function proxyReport(body: string, started: Moment): ProxyReport {
  const versions = new Map<string, string>();
  const numbers = new Map<string, number>();
  for (const line of body.split('\n')) {
    // A name may contain a colon and a space; a value of the requested kinds doesn't.
    const at = line.lastIndexOf(': ');
    if (at < 0) continue;
    const [name, value] = [line.slice(0, at), line.slice(at + 2)];
    if (name.endsWith(versionSuffix))
      versions.set(name.slice(0, -versionSuffix.length), value.replaceAll('"', ''));
    else if (/^\d+$/.test(value)) numbers.set(name, Number(value));
  }
  return { versions, numbers, started };
}

/**
 * Returns the time when the process that answered started; `sent` and `received` are milliseconds of the wall clock.
 */
export function startOf({ uptime }: ServerInfo, sent: number, received: number): Moment {
  // Envoy rounds the difference of two readings of the wall clock to whole seconds.
  return { from: sent - (uptime + 1) * second, to: received - (uptime - 1) * second };
}

/** Returns true if two reports can come from one process. */
export function isSameProcess(one: Moment, other: Moment): boolean {
  return one.from <= other.to && other.from <= one.to;
}

const second = 1000;
const versionSuffix = '.version_text';
