import type { Field } from '../../../import/field.ts';
import { compilePattern } from '../../../lib/compile-pattern.ts';
import type { HeaderMatches, PathMatch } from '../../../spec/types.gen.ts';
import type { GroupMatch, PathReading } from './group-match.ts';

/** Reads a match of an HTTPRouteGroup; undefined if the language can't say all of its conditions. */
export function readMatch(match: Field, reading: PathReading): GroupMatch {
  const path = readPath(match.at('pathRegex'), reading);
  const methods = match.at('methods').texts() ?? [];
  const headers = readHeaders(match.at('headers'));
  if (path === undefined || headers === undefined) return undefined;
  return {
    ...(methods.length > 0 && !methods.includes('*') && { methods }),
    ...(path !== 'every' && { paths: [path] }),
    ...(Object.keys(headers).length > 0 && { headers }),
  };
}

/** Patterns of every path, with or without anchors. */
const everyPath = /^\^?\/?\.\*\$?$/;

function readPath(field: Field, reading: PathReading): PathMatch | 'every' | undefined {
  const written = field.text();
  if (written === undefined || written === '' || everyPath.test(written)) return 'every';
  const inner = written.replace(/^\^/, '').replace(/\$$/, '');
  const regex = reading === 'beginning' && !written.endsWith('$') ? `${inner}.*` : inner;
  if (!inner.startsWith('/') || !isPattern(regex)) {
    field.lost({
      callers:
        'requests by this match are refused, because no path of a request has this form in the language',
      access: 'narrower',
    });
    return undefined;
  }
  if (reading === 'either' && !(written.startsWith('^') && written.endsWith('$')))
    field.differently({
      callers: 'the pattern has to match the whole path, which the specification leaves open',
      witness: `GET ${inner.replace(/[^\w/-].*$/, '')}/x`,
      access: 'narrower',
    });
  return { regex };
}

function isPattern(regex: string): boolean {
  try {
    compilePattern(regex);
    return true;
  } catch {
    return false;
  }
}

const headerName = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;

/** Reads headers, a list of maps or one map: values are patterns of the whole value. */
function readHeaders(field: Field): HeaderMatches | undefined {
  if (!field.isPresent) return {};
  const maps = Array.isArray(field.value) ? field.items() : [field];
  const headers: Record<string, { readonly regex: string }> = {};
  let isWhole = true;
  for (const [written, value] of maps.flatMap((map) => map.entries())) {
    const name = written.toLowerCase();
    const text = (value.text() ?? '').replace(/^\^/, '').replace(/\$$/, '');
    if (
      headerName.test(name) &&
      name !== 'host' &&
      name !== 'cookie' &&
      isPattern(text) &&
      !(name in headers)
    ) {
      headers[name] = { regex: text };
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
