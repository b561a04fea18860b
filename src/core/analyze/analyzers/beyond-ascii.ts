import { defineMessages, finding } from '../../diagnostics/message.ts';
import { locationOf } from '../../ir/link/spec-place.ts';
import { writtenPaths, writtenQueries } from '../../ir/link/written-matches.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2311: {
    severity: 'warning',
    text: 'no request fits: a {part} holds ASCII alone, and this asks for {character}',
    explanation:
      'Paths and queries with other characters than visible ASCII are refused with 400: browsers send such characters encoded. Write the encoding as it is sent, such as `%C3%A9` for `é`.',
  },
});

/** Reports conditions on paths and queries with characters that no path or query can hold. */
export const beyondAscii: Analyzer = {
  name: 'beyond-ascii',
  description: 'Reports conditions on paths and queries that ask for characters beyond ASCII.',
  messages,
  analyze({ spec }, report) {
    // `path-form` checks paths without a pattern.
    for (const path of writtenPaths(spec)) check(path, ['regex'], 'path');
    for (const query of writtenQueries(spec)) check(query, keys, 'query');

    function check<K extends Key>(
      container: { readonly [key in K]?: string },
      fields: readonly K[],
      part: string,
    ): void {
      for (const key of fields) {
        const character = /[^\0-\x7f]/u.exec(container[key] ?? '')?.[0];
        if (character === undefined) continue;
        report(
          finding(messages, 'MESH2311', locationOf({ container, key }), {
            part,
            character: `\`${character}\``,
          }),
        );
      }
    }
  },
};

const keys = ['exact', 'prefix', 'suffix', 'contains', 'regex'] as const;
type Key = (typeof keys)[number];
