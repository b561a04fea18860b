import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { defineMessages, finding } from '../../diagnostics/message.ts';
import { keyLocationOf, locationOf } from '../../ir/link/spec-place.ts';
import { writtenPaths } from '../../ir/link/written-matches.ts';
import type { Location } from '../../location.ts';
import type { PathMatch } from '../../spec/types.gen.ts';
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
        if (path[field]?.includes('*') === true) report(globFound(path, field, path[field]));
      if (path.regex === undefined) continue;
      const location = locationOf({ container: path, key: 'regex' });
      if (beginsOtherwise.test(path.regex)) report(finding(messages, 'MESH2307', location, {}));
      else if (path.regex.endsWith('/*'))
        report(finding(messages, 'MESH2308', location, {}, starRepeated(path.regex, location)));
    }
  },
};

/** Returns the fix for a regular expression that ends like a glob. */
function starRepeated(regex: string, location: Location) {
  const text = JSON.stringify(regex.replace(/\*$/, '.*'));
  return { fix: { title: `write ${text}`, edits: [{ location, text }] } };
}

/** Returns the finding about a star, with a fix if it stands alone at the end: after a slash, or after a beginning. */
function globFound(path: PathMatch, field: 'exact' | 'prefix' | 'startsWith', written: string): Diagnostic {
  const location = locationOf({ container: path, key: field });
  const [, before, slash] = /^([^*]*?)(\/?)\*{1,2}$/.exec(written) ?? [];
  if (before === undefined) return finding(messages, 'MESH2306', location, { field });
  const meant = slash === '/' ? 'prefix' : 'startsWith';
  const value = slash === '/' && before === '' ? '/' : before;
  const key = { location: keyLocationOf({ container: path, key: field }), text: meant };
  const edits = [{ location, text: value }, ...(meant === field ? [] : [key])];
  const fix = { title: `write ${meant}: ${value}`, edits };
  return finding(messages, 'MESH2306', location, { field }, { fix });
}

/** Matches a pattern that no path fits: it has no alternatives, and must begin with a character other than a slash. */
const beginsOtherwise = /^\^?[A-Za-z0-9_~-](?![?*{])[^|]*$/;
