import { jsonRecord } from '../../../lib/json-record.ts';
import type { Json } from '../../artifact.ts';

/** The fields of /server_info that are used here (envoy.admin.v3.ServerInfo). */
export interface ServerInfo {
  /** Node id of its bootstrap. */
  readonly node: string;
  /** Whole seconds since the process started, by the wall clock. */
  readonly uptime: number;
  /** `1.40.0`; absent if the answer has none of the known form. */
  readonly version?: string;
}

/** The path of the request whose answer `serverInfo` reads. */
export const serverInfoPath = '/server_info';

/** Reads Envoy's `/server_info`. Returns undefined for any other text. */
export function serverInfo(body: string): ServerInfo | undefined {
  let value: Json;
  try {
    value = JSON.parse(body) as Json;
  } catch {
    return undefined;
  }
  const info = jsonRecord(value);
  const { id } = jsonRecord(info['node']);
  const uptime = info['uptime_current_epoch'];
  // Matches a google.protobuf.Duration in JSON: seconds, perhaps with a fraction, and an `s`.
  const seconds = typeof uptime === 'string' ? /^(-?\d+)(?:\.\d+)?s$/.exec(uptime)?.[1] : undefined;
  if (typeof id !== 'string' || seconds === undefined) return undefined;
  const { version: build } = info;
  // The build is `<commit>/1.40.0/Clean/RELEASE/BoringSSL`.
  const version = typeof build === 'string' ? /^[^/]*\/(\d+\.\d+\.\d+)/.exec(build)?.[1] : undefined;
  return { node: id, uptime: Number(seconds), ...(version !== undefined && { version }) };
}
