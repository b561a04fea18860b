import type { Telemetry } from '../../../ir/telemetry.ts';
import { accessLogFields, accessLogLine } from '../../envoy-filters/access-log-format.ts';
import type { VirtualNodeSpec } from '../crds/app-mesh.gen.ts';

type Logging = NonNullable<VirtualNodeSpec['logging']>;

/** Returns the access log of the proxies of a node; no field if there is none, or one that goes elsewhere than to a file. */
export function loggingOf({ accessLog }: Telemetry): { readonly logging?: Logging } {
  if (accessLog === undefined || accessLog.output.type === 'otlp') return {};
  const path = accessLog.output.type === 'file' ? accessLog.output.path : '/dev/stdout';
  const format =
    accessLog.format === 'json'
      ? { json: Object.entries(accessLogFields).map(([key, value]) => ({ key, value })) }
      : { text: `${accessLogLine}\n` };
  return { logging: { accessLog: { file: { path, format } } } };
}
