import { defineMessages, finding } from '../../diagnostics/message.ts';
import { locationOf } from '../../ir/link/spec-place.ts';
import { writtenPaths } from '../../ir/link/written-matches.ts';
import { quoted } from '../../lib/quoted.ts';
import { normalisePath } from '../../semantics/normalise-path.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2205: {
    severity: 'warning',
    text: 'no request has this path: it is matched as {normal}',
    explanation:
      'Paths are compared after normalisation: encoded letters, digits and `-._~` decoded, backslashes made slashes, dot segments resolved, `//` merged. Write the path in that form.',
  },
  MESH2206: {
    severity: 'warning',
    text: 'no request has this path: it is refused as unsafe (400)',
    explanation:
      'A path with an encoded slash or backslash, `%00` or `#` is refused before any rule is asked.',
  },
});

/** Reports paths that no request can have after normalisation. */
export const pathForm: Analyzer = {
  name: 'path-form',
  description: 'Reports exact paths and beginnings of paths that no normalised path has.',
  messages,
  analyze({ spec }, report) {
    for (const path of writtenPaths(spec)) {
      const key = keys.find((one) => path[one] !== undefined);
      const written = key && path[key];
      if (key === undefined || written === undefined) continue;
      const normal = key === 'startsWith' ? normalStart(written) : normalisePath(written);
      if (normal === written) continue;
      const location = locationOf({ container: path, key });
      if (normal === undefined) report(finding(messages, 'MESH2206', location, {}));
      else {
        const fix = { title: `Write ${quoted(normal)}`, edits: [{ location, text: JSON.stringify(normal) }] };
        report(finding(messages, 'MESH2205', location, { normal: quoted(normal) }, { fix }));
      }
    }
  },
};

const keys = ['exact', 'prefix', 'startsWith'] as const;

/**
 * Returns the normalised form of the start of a path. An appended `x` keeps a last segment `.` or `..` from being
 * resolved.
 */
function normalStart(start: string): string | undefined {
  return normalisePath(`${start}x`)?.slice(0, -1);
}
