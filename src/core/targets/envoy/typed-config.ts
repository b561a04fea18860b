import type { Json } from '../artifact.ts';

/** A JSON object of Envoy's configuration. */
export type Fields = Readonly<Record<string, Json | undefined>>;

/** A message inside a protobuf `Any`: its full name and its fields. */
export function typed(message: string, fields: Fields = {}): Fields {
  return { '@type': `type.googleapis.com/${message}`, ...fields };
}

/** A named extension with its configuration. */
export function extension(name: string, message: string, fields: Fields = {}): Fields {
  return { name, typed_config: typed(message, fields) };
}
