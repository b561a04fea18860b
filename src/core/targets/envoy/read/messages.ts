import type { Field } from '../../../import/field.ts';

/** Returns the name of the message in a `typed_config`, without the package of the URL; empty if there is none. */
export function typeOf(config: Field): string {
  const type = config.at('@type').text() ?? '';
  return type.slice(type.lastIndexOf('/') + 1);
}

/**
 * Returns the message of an extension (`name` and `typed_config`), and a name by which the extension is known: that of the message,
 * or for an extension without a message its own.
 */
export function extension(field: Field): { readonly kind: string; readonly config: Field } {
  const name = field.at('name').text() ?? '';
  const config = field.at('typed_config');
  const type = config.isPresent ? typeOf(config) : '';
  return { kind: type === '' ? name : type, config };
}
