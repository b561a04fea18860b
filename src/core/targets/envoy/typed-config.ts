import type { Json } from '../artifact.ts';
import type { FieldsOf, MessageName } from '../envoy-filters/message.ts';

/** A JSON object of Envoy's configuration. */
export type Fields = Readonly<Record<string, Json | undefined>>;

/** Returns a message inside a protobuf `Any`: its full name and its fields. */
export function typed<M extends MessageName>(message: M, fields?: FieldsOf<M>): Fields {
  return { '@type': `type.googleapis.com/${message}`, ...fields };
}

/** Returns a named extension with its configuration. */
export function extension<M extends MessageName>(name: string, message: M, fields?: FieldsOf<M>): Fields {
  return { name, typed_config: typed(message, fields) };
}
