import type { Field } from '../../../import/field.ts';
import type { ServiceSpec } from '../../../spec/types.gen.ts';

/** Reads the access log of a node into the settings of its service. */
export function readAccessLog(
  logging: Field,
  settings: Partial<ServiceSpec>,
  set: (settings: Partial<ServiceSpec>) => void,
): void {
  const file = logging.along('accessLog', 'file');
  if (!file.isPresent) return;
  const path = file.at('path').text();
  const format = file.at('format');
  if (format.isPresent)
    format.differently({ callers: 'nothing; the entries of the log have the fields of the language' });
  if (path === undefined) return;
  const output = path === '/dev/stdout' ? 'stdout' : { file: path };
  const isJson = format.at('json').isPresent;
  set({ ...settings, telemetry: { accessLog: { format: isJson ? 'json' : 'text', output } } });
}
