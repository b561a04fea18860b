import { defineMessages, finding } from '../../diagnostics/message.ts';
import type { AccessLogOutput, OtlpReceiver, Tracing as WrittenTracing } from '../../spec/types.gen.ts';
import type { AccessLog, ServiceTelemetry, Tracing } from '../telemetry.ts';
import type { Linking } from './linking.ts';
import type { MergedSetting, MergedSettings } from './merged-settings.ts';
import { meshTelemetry } from './setting-source.ts';
import { entriesOf, locationOf, originOfWritten } from './spec-place.ts';
import { accessLogOutput, telemetryReceiver } from './telemetry.ts';

export const messages = defineMessages({
  MESH2283: {
    severity: 'warning',
    text: 'no spans are made: nobody says where they go',
    explanation:
      'Tracing needs `otlp`, the service that receives spans: in `telemetry.tracing` of the Service, of a Profile or of the Mesh. Without it the other fields of `tracing` have no effect; `tracing: null` turns spans off.',
  },
});

/** The owner of merged telemetry: the title of a Service in messages, and its namespace. */
export interface TelemetryOwner {
  readonly title: string;
  readonly namespace: string;
}

/** Returns the telemetry of a service's proxies; undefined if only the Mesh document sets telemetry. */
export function serviceTelemetryOf(
  linking: Linking,
  merged: MergedSettings,
  owner: TelemetryOwner,
): ServiceTelemetry | undefined {
  const own = [...merged.values()].find(
    ({ path, by }) => path.startsWith('telemetry.') && by !== meshTelemetry,
  );
  if (own === undefined) return undefined;
  const accessLog = accessLogOf(linking, merged, owner);
  const tracing = tracingOf(linking, merged, owner);
  return { origin: originOfWritten(own), ...(accessLog && { accessLog }), ...(tracing && { tracing }) };
}

function accessLogOf(linking: Linking, merged: MergedSettings, owner: TelemetryOwner): AccessLog | undefined {
  const log = merged.get('telemetry.accessLog');
  if (log?.value !== true) return undefined;
  const written = merged.get('telemetry.accessLog.output');
  const output = accessLogOutput(
    linking,
    namespaceFor(written, owner),
    written?.value as AccessLogOutput | undefined,
  );
  if (output === undefined) return undefined;
  const when = merged.get('telemetry.accessLog.when')?.value as string | undefined;
  const format = merged.get('telemetry.accessLog.format')?.value as AccessLog['format'] | undefined;
  return {
    origin: originOfWritten(log),
    format: format ?? 'json',
    ...(when !== undefined && { when }),
    output,
  };
}

function tracingOf(linking: Linking, merged: MergedSettings, owner: TelemetryOwner): Tracing | undefined {
  const traces = merged.get('telemetry.tracing');
  if (traces?.value !== true) return undefined;
  const written = merged.get('telemetry.tracing.otlp');
  if (written === undefined) {
    linking.report(finding(messages, 'MESH2283', locationOf(traces), {}));
    return undefined;
  }
  const otlp = telemetryReceiver(linking, namespaceFor(written, owner), written.value as OtlpReceiver);
  if (otlp === undefined) return undefined;
  const tags = merged.get('telemetry.tracing.tags')?.value as WrittenTracing['tags'];
  return {
    origin: originOfWritten(traces),
    sampling: (merged.get('telemetry.tracing.sampling')?.value as number | undefined) ?? 1,
    otlp,
    tags: entriesOf(tags).map(([name, expression]) => ({ name, expression })),
  };
}

/**
 * Returns the namespace of a receiver that is named without one: the namespace of the Service that names the receiver.
 */
function namespaceFor(written: MergedSetting | undefined, { title, namespace }: TelemetryOwner): string {
  return written?.by === title ? namespace : 'default';
}
