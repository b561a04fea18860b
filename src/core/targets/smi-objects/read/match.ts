import type { Field } from '../../../import/field.ts';
import { isPattern, isToken } from '../../../import/written-values.ts';
import type { HeaderMatches, PathMatch, StringMatch } from '../../../spec/types.gen.ts';
import type { GroupMatch, PatternReading } from './group-match.ts';
import { searchPattern } from './patterns.ts';
import { pathMatch, valueMatch, withoutGroup } from './plain-match.ts';

/** Reads a match of an HTTPRouteGroup; undefined if the language can't say all of its conditions. */
export function readMatch(match: Field, reading: PatternReading): GroupMatch {
  const path = readPath(match.at('pathRegex'), reading);
  const methods = readMethods(match.at('methods'));
  const headers = readHeaders(match.at('headers'), reading);
  if (path === undefined || methods === undefined || headers === undefined) return undefined;
  return {
    ...(methods.length > 0 && { methods }),
    ...(path !== 'every' && { paths: [path] }),
    ...(Object.keys(headers).length > 0 && { headers }),
  };
}

/** Patterns of every path, with or without anchors. */
const everyPath = /^\^?(?:\/?\.\*|\((?:\?:)?\/\.\*\)\?)\$?$/;

function readPath(field: Field, reading: PatternReading): PathMatch | 'every' | undefined {
  const written = field.text();
  if (written === undefined || written === '') return 'every';
  // Behind the slash that such a mesh adds, `^` never fits.
  if (everyPath.test(written) && !(reading === 'search' && written.startsWith('^'))) return 'every';
  const regex = reading === 'search' ? pathBelowRoot(written) : anchored(written);
  if (regex === undefined || !/^(?:\((?:\?:)?)?\//.test(regex) || !isPattern(regex)) {
    field.lost({
      callers:
        'requests by this match are refused, because no path of a request has this form in the language',
      access: 'narrower',
    });
    return undefined;
  }
  if (reading === 'either' && !isAnchored(written))
    field.differently({
      callers: 'the pattern has to match the whole path, which the specification leaves open',
      witness: `GET ${regex.replace(/[^\w/-].*$/, '')}/x`,
      access: 'narrower',
    });
  return pathMatch(regex);
}

/** A mesh that puts the pattern behind `/` and takes every path that begins so. */
function pathBelowRoot(written: string): string | undefined {
  const rest = written.replace(/^\//, '');
  const pattern = searchPattern(`^${rest}`) ?? searchPattern(`^(?:${rest})`);
  return pattern === undefined ? undefined : `/${pattern}`;
}

/** Anchors at both ends change nothing where a pattern has to match the whole value. */
function anchored(written: string): string {
  return withoutGroup(written.replace(/^\^/, '').replace(/(?<!\\)\$$/, ''));
}

/** Returns true for a pattern that means the same to a mesh that searches and to one that compares the whole value. */
function isAnchored(written: string): boolean {
  return written.startsWith('^') && written.endsWith('$') && searchPattern(written) !== undefined;
}

/** Reads methods; undefined if one of them is a pattern, which the API of SMI refuses. */
function readMethods(field: Field): readonly string[] | undefined {
  const methods = field.texts() ?? [];
  if (methods.includes('*')) return [];
  if (methods.every((method) => isToken(method) && /^[\w-]+$/.test(method))) return methods;
  field.lost({
    callers: 'requests by this match are refused, because a method is a word and no pattern',
    access: 'narrower',
  });
  return undefined;
}

const headerName = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;

/** Reads headers, a list of maps or one map: values are patterns. */
function readHeaders(field: Field, reading: PatternReading): HeaderMatches | undefined {
  if (!field.isPresent) return {};
  const maps = Array.isArray(field.value) ? field.items() : [field];
  const headers: Record<string, StringMatch> = {};
  let isWhole = true;
  for (const [written, value] of maps.flatMap((map) => map.entries())) {
    const name = written.toLowerCase();
    const text = value.text() ?? '';
    const regex = reading === 'search' ? searchPattern(text) : anchored(text);
    const isFree = name !== 'host' && name !== 'cookie' && !(name in headers);
    if (headerName.test(name) && isFree && regex !== undefined && isPattern(regex)) {
      headers[name] = valueMatch(regex);
      if (reading === 'either' && !isAnchored(text))
        value.differently({
          callers: 'the pattern has to match the whole value, which the specification leaves open',
          access: 'narrower',
        });
      continue;
    }
    isWhole = false;
    value.lost({
      callers: 'requests by this match are refused, because the language has no such condition',
      access: 'narrower',
    });
  }
  return isWhole ? headers : undefined;
}
