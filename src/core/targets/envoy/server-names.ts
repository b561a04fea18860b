import type { Fields } from './typed-config.ts';

/** Returns the condition of a filter chain on the server name; each name is also accepted with a dot at its end. */
export function serverNames(names: readonly string[]): Fields {
  return { filter_chain_match: { server_names: names.flatMap((name) => [name, `${name}.`]) } };
}
