import type { Json } from '../artifact.ts';
import type { MessageFields, YoungerMessage } from './messages.gen.ts';

/** The full name of a message of Envoy's API that targets write. */
export type MessageName = keyof MessageFields | YoungerMessage;

/**
 * The fields of a message: the names of its own fields, with any data. A message that is newer than the schema may have
 * any fields.
 */
export type FieldsOf<M extends MessageName> = M extends keyof MessageFields
  ? MessageFields[M]
  : { readonly [field: string]: Json | undefined };
