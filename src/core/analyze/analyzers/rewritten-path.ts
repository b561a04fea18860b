import { defineMessages, finding } from '../../diagnostics/message.ts';
import { locationOf } from '../../ir/link/spec-place.ts';
import { quoted } from '../../lib/quoted.ts';
import { normalisePath } from '../../semantics/normalise-path.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2304: {
    severity: 'error',
    text: 'a rewrite writes a normalised path, and this one reads {normal} to the server',
    explanation:
      'The server normalises the path that it receives (encoded letters, digits and `-._~` decoded, backslashes made slashes, dot segments resolved, `//` merged), so access rules there see another path than this one. Write the path in that form.',
  },
  MESH2305: {
    severity: 'error',
    text: 'a rewrite can not write this path: servers refuse it as unsafe (400)',
    explanation:
      'A path with an encoded slash or backslash, `%00` or `#`, or with dots before a `;` that are written encoded, is refused. A `replacePrefix` that ends in the middle of an encoding (`%`, `%2`) could make one with the rest of the path. Write the path without them.',
  },
});

/** Reports paths of rewrites that a server would read in another way. */
export const rewrittenPath: Analyzer = {
  name: 'rewritten-path',
  description: 'Reports rewrites to a path that is not normalised.',
  messages,
  analyze({ spec }, report) {
    for (const { rewrite } of spec.routes.flatMap(({ value }) => value.spec.rules)) {
      const path = rewrite?.path;
      for (const key of ['replacePrefix', 'replaceFull'] as const) {
        const written = path?.[key];
        if (path === undefined || written === undefined) continue;
        const location = locationOf({ container: path, key });
        const normal = normalisePath(written);
        if (normal === undefined || (key === 'replacePrefix' && /%[0-9a-f]?$/i.test(written)))
          report(finding(messages, 'MESH2305', location, {}));
        else if (normal !== written) {
          const fix = {
            title: `Write ${quoted(normal)}`,
            edits: [{ location, text: JSON.stringify(normal) }],
          };
          report(finding(messages, 'MESH2304', location, { normal: quoted(normal) }, { fix }));
        }
      }
    }
  },
};
