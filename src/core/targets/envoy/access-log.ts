import type { Ir } from '../../ir/ir.ts';
import type { AccessLog } from '../../ir/telemetry.ts';
import type { Json } from '../artifact.ts';
import { accessLogFields, accessLogLine } from '../envoy-filters/access-log-format.ts';
import { grpcService } from './grpc-service.ts';
import { extension, type Fields } from './typed-config.ts';

/** Returns the access log as Envoy's loggers, for HTTP and TCP alike. */
export function accessLogs(ir: Ir): readonly Fields[] {
  const log = ir.telemetry.accessLog;
  return log === undefined ? [] : [{ ...logger(ir, log), ...filter(log) }];
}

/** Returns a log's condition as a filter: the spec's CEL over Envoy's attributes. */
function filter(log: AccessLog): Fields {
  if (log.when === undefined) return {};
  const message = 'envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter';
  return {
    filter: {
      extension_filter: extension('envoy.access_loggers.extension_filters.cel', message, {
        expression: log.when,
      }),
    },
  };
}

function logger(ir: Ir, log: AccessLog): Fields {
  switch (log.output.type) {
    case 'stdout':
      return extension(
        'envoy.access_loggers.stdout',
        'envoy.extensions.access_loggers.stream.v3.StdoutAccessLog',
        {
          log_format: format(log),
        },
      );
    case 'file':
      return extension('envoy.access_loggers.file', 'envoy.extensions.access_loggers.file.v3.FileAccessLog', {
        path: log.output.path,
        log_format: format(log),
      });
    case 'otlp':
      return extension(
        'envoy.access_loggers.open_telemetry',
        'envoy.extensions.access_loggers.open_telemetry.v3.OpenTelemetryAccessLogConfig',
        {
          grpc_service: grpcService(ir, log.output, 10_000),
          log_name: ir.name,
          ...(log.format === 'json'
            ? {
                attributes: {
                  values: Object.entries(accessLogFields).map(([key, value]) => ({
                    key,
                    value: text(value),
                  })),
                },
              }
            : { body: text(accessLogLine) }),
        },
      );
  }
}

function text(value: string): Json {
  return { string_value: value };
}

function format(log: AccessLog): Json {
  return log.format === 'json'
    ? { json_format: accessLogFields }
    : { text_format_source: { inline_string: `${accessLogLine}\n` } };
}
