import { joinedHeaders } from '../../ir/joined-headers.ts';
import type { HeaderMatch, PathMatch, RouteMatch } from '../../ir/match.ts';
import { pathMatches, stringMatches } from '../../ir/string-match.ts';
import { cookieFits, cookiesNamed } from '../../semantics/cookies.ts';
import { hostnameTakes } from '../../semantics/host-name.ts';
import { takesPrincipal } from '../../semantics/principal.ts';
import { all, any, type Condition, not } from '../condition.ts';
import { Unproved } from '../unproved.ts';
import { sharedCondition } from './condition-memory.ts';
import type { SymbolicArrival } from './symbolic-arrival.ts';

/** Returns the condition of a match of a Route, as `routeMatches` decides. */
export function matchCondition(match: RouteMatch, arrival: SymbolicArrival): Condition {
  if (match.port !== undefined && match.port !== arrival.port.number) return false;
  if (match.from !== undefined && !match.from.some((from) => takesPrincipal(from, arrival.identity)))
    return false;
  if (!arrival.port.http) {
    const { sni } = arrival;
    return (
      match.sni === undefined || (sni !== undefined && match.sni.some((name) => hostnameTakes(name, sni)))
    );
  }
  return sharedCondition(match, arrival, () =>
    all([
      match.path === undefined || pathCondition(match.path, arrival),
      methodCondition(match.methods),
      ...match.headers.map((header) => headerCondition(header, arrival)),
      ...match.query.map(({ name, match: value }) => queryCondition(name, value)),
    ]),
  );
}

/** Returns the condition on the path that a proxy receives. */
export function pathCondition(match: PathMatch, { path }: Pick<SymbolicArrival, 'path'>): Condition {
  if (typeof path === 'string') return pathMatches(match, path);
  return { of: 'path', test: { match, received: path } };
}

/** Returns the condition on the method; undefined is no condition. */
export function methodCondition(methods: readonly string[] | undefined): Condition {
  return methods === undefined || { of: 'method', methods };
}

function queryCondition(name: string, match: HeaderMatch['match']): Condition {
  // A parameter's name ends at the first `=` and its text at the first `&`.
  if (/[=&]/.test(name)) return stringMatches(match, undefined);
  return { of: 'query', name, match };
}

/** Returns the condition on a header, after the changes that the route made. */
export function headerCondition(header: HeaderMatch, arrival: SymbolicArrival): Condition {
  const { name, match, negated, cookie } = header;
  if (arrival.reserved.includes(name))
    throw new Unproved(`a rule reads the header ${name}, which holds a claim of the token`);
  const holds =
    cookie === undefined ? valueCondition(name, match, arrival) : cookieCondition(header, arrival);
  return negated ? not(holds) : holds;
}

function valueCondition(name: string, match: HeaderMatch['match'], arrival: SymbolicArrival): Condition {
  if (name === 'host') return stringMatches(match, arrival.host);
  const { set, add, remove } = arrival.changes;
  const gone = remove.includes(name) || set.some((one) => one.name === name);
  const written = [...set, ...add].filter((one) => one.name === name).map(({ value }) => value);
  if (gone) {
    if (written.length === 0) return stringMatches(match, undefined);
    const values = joinedHeaders.has(name) ? [written.filter((value) => value !== '').join(',')] : written;
    return values.some((value) => stringMatches(match, value));
  }
  if (written.length === 0) return { of: 'header', name, match };
  if (joinedHeaders.has(name))
    throw new Unproved(`a rule reads the header ${name}, to which the route adds a value`);
  if (match.type === 'present') return match.value;
  return any([{ of: 'header', name, match }, written.some((value) => stringMatches(match, value))]);
}

function cookieCondition({ cookie = '', match }: HeaderMatch, { changes }: SymbolicArrival): Condition {
  const { set, add, remove } = changes;
  const gone = remove.includes('cookie') || set.some(({ name }) => name === 'cookie');
  const written = [...set, ...add]
    .filter(({ name }) => name === 'cookie')
    .flatMap(({ value }) => cookiesNamed(value, cookie));
  if (gone && written.length === 0) return stringMatches(match, undefined);
  const fits = written.some((value) => cookieFits(match, value));
  if (gone) return fits;
  if (written.length === 0) return { of: 'cookie', name: cookie, match };
  return match.type === 'present' ? match.value : any([{ of: 'cookie', name: cookie, match }, fits]);
}
