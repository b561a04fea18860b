import type { Field } from '../../../import/field.ts';
import { isHeaderValue, isHostPattern, isMatchableHeader } from '../../../import/written-values.ts';
import type { AccessTo, HeaderMatch } from '../../../spec/types.gen.ts';
import { readHostPattern, readMethodPattern, readPathPattern, usualMethods } from './patterns.ts';

const refused = (why: string) =>
  ({ callers: `requests of this rule are refused: ${why}`, access: 'narrower' }) as const;

/**
 * Reads rules for requests, of which one has to fit. Returns undefined if there is none, which takes all calls; a rule that
 * the language can't say is left out.
 */
export function readHttpRules(list: Field): readonly AccessTo[] | undefined {
  const items = list.items();
  return items.length === 0 ? undefined : items.flatMap((item) => readRule(item) ?? []);
}

function readRule(item: Field): AccessTo | undefined {
  item.entries();
  const paths = readPath(item.at('path'));
  const methods = readMethods(item.at('method'));
  const hosts = readHosts(item.at('host'));
  const headers = readHeaders(item);
  if (paths === undefined || methods === undefined || hosts === undefined || headers === undefined)
    return undefined;
  return { ...methods, ...paths, ...hosts, ...(Object.keys(headers).length > 0 && { headers }) };
}

function readPath(field: Field): Pick<AccessTo, 'paths'> | undefined {
  const pattern = field.text() ?? '';
  const read = readPathPattern(pattern);
  if (read === undefined) {
    field.lost({
      ...refused(
        String.raw`Access takes every query of a path, and the pattern does not; end it with (\?.*)? if a query may follow`,
      ),
      witness: 'the same path with a query',
    });
    return undefined;
  }
  if (read.isNarrower)
    field.differently({
      callers: 'a query counts no more as a part of the path',
      access: 'narrower',
    });
  return read.match === 'every' ? {} : { paths: [read.match] };
}

function readMethods(field: Field): Pick<AccessTo, 'methods'> | undefined {
  const pattern = field.text() ?? '';
  const methods = readMethodPattern(pattern);
  if (methods === 'every') return {};
  if (methods !== undefined) return { methods };
  const usual = usualMethods(pattern);
  const callers = 'of the methods of the pattern only the usual ones are let in';
  if (usual.length === 0) field.lost(refused('the pattern takes none of the usual methods'));
  else field.differently({ callers, access: 'narrower' });
  return usual.length === 0 ? undefined : { methods: usual };
}

function readHosts(field: Field): Pick<AccessTo, 'hosts'> | undefined {
  const hosts = readHostPattern(field.text() ?? '');
  if (hosts === 'every') return {};
  if (hosts?.every(isHostPattern) === true) return { hosts };
  field.lost(refused('hosts of Access have any port and ignore case, and the pattern does not'));
  return undefined;
}

type Headers = Readonly<Record<string, HeaderMatch>>;

/** Returns the conditions on headers; undefined if the language can't say one of them. */
function readHeaders(item: Field): Headers | undefined {
  const headers: Record<string, HeaderMatch> = {};
  let isSaid = true;
  const add = (field: Field, name: string, match: HeaderMatch): void => {
    const key = name.toLowerCase();
    const isNew = !Object.hasOwn(headers, key);
    if (isMatchableHeader(key) && isNew && isHeaderValue(match.exact ?? '')) {
      headers[key] = match;
      return;
    }
    isSaid = false;
    field.lost(refused('the language has no such condition on a header'));
  };
  for (const field of item.at('headers').items()) {
    // Cilium cuts at the first blank: `X-Token: true` and `X-Token true` are the same.
    const [, name = '', value] = /^(\S*)(?: (.*))?$/s.exec(field.text() ?? '') ?? [];
    add(field, value === undefined ? name : name.replace(/:+$/, ''), matchOf(value));
  }
  for (const match of item.at('headerMatches').items()) {
    const name = match.at('name').text() ?? '';
    const value = match.at('value').text();
    const mismatch = match.at('mismatch');
    if (mismatch.isPresent) {
      match.lost({ callers: 'a request without this value is let in as before; its header stays as it is' });
      continue;
    }
    if (match.at('secret').isPresent) {
      isSaid = false;
      match.lost(refused('the value is in a Secret, which the reader does not see'));
      continue;
    }
    add(match, name, matchOf(value === '' ? undefined : value));
  }
  return isSaid ? headers : undefined;
}

function matchOf(value: string | undefined): HeaderMatch {
  return value === undefined ? { present: true } : { exact: value };
}
