import { defineMessages, finding } from '../../diagnostics/message.ts';
import type { Linking } from './linking.ts';
import { itemsOf, locationOf } from './spec-place.ts';

export const messages = defineMessages({
  MESH2029: {
    severity: 'error',
    text: 'two endpoints of this list are called {name}',
    explanation:
      'The name of an endpoint identifies its proxy: give each endpoint of the list a name of its own.',
  },
});

/** Reports endpoints of one list that have the same name. */
export function reportNamesakes(
  { report }: Pick<Linking, 'report'>,
  endpoints: readonly (string | { readonly name?: string | undefined })[],
): void {
  const seen = new Set<string>();
  for (const [endpoint] of itemsOf(endpoints)) {
    if (typeof endpoint === 'string' || endpoint.name === undefined) continue;
    const { name } = endpoint;
    if (seen.has(name))
      report(finding(messages, 'MESH2029', locationOf({ container: endpoint, key: 'name' }), { name }));
    seen.add(name);
  }
}
