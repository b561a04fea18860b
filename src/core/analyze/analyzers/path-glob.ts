import { defineMessages, finding } from '../../diagnostics/message.ts';
import { locationOf } from '../../ir/link/spec-place.ts';
import { writtenPaths } from '../../ir/link/written-matches.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2306: {
    severity: 'warning',
    text: 'a `*` in `{field}` is a character like any other, and no wildcard',
    explanation:
      'Paths have no wildcards. For a path and all paths below it write `prefix` without the star, for a beginning `startsWith`, for anything else `regex`, such as /api/[^/]+/items.',
  },
  MESH2307: {
    severity: 'warning',
    text: 'no path fits this regular expression: a path begins with a slash, and the whole of it has to fit',
    explanation:
      'A regular expression is compared with the whole normalised path, which starts with a slash. Begin it with a slash, or with .* for anything before.',
  },
  MESH2308: {
    severity: 'warning',
    text: 'in a regular expression `/*` is any number of slashes, and no wildcard',
    explanation:
      'A star repeats what stands before it. For a path and all below it write `prefix`, or in a regular expression /.* instead of /*.',
  },
});

/** Reports paths that look like globs, and patterns that match no path. */
export const pathGlob: Analyzer = {
  name: 'path-glob',
  description: 'Reports stars that are no wildcards, and regular expressions that no path fits.',
  messages,
  analyze({ spec }, report) {
    for (const path of writtenPaths(spec)) {
      for (const field of ['exact', 'prefix', 'startsWith'] as const)
        if (path[field]?.includes('*') === true)
          report(finding(messages, 'MESH2306', locationOf({ container: path, key: field }), { field }));
      if (path.regex === undefined) continue;
      const location = locationOf({ container: path, key: 'regex' });
      if (beginsOtherwise.test(path.regex)) report(finding(messages, 'MESH2307', location, {}));
      else if (path.regex.endsWith('/*')) report(finding(messages, 'MESH2308', location, {}));
    }
  },
};

/** Matches a pattern that no path fits: it has no alternatives, and must begin with a character other than a slash. */
const beginsOtherwise = /^\^?[A-Za-z0-9_~-](?![?*{])[^|]*$/;
