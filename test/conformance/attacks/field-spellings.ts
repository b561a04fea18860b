import { both, type Spelling } from './spelling.ts';
import { also, type Bytes, h1Bytes, h2Bytes, type Wire } from './wire.ts';

type Fields = Wire['headers'];

/** Methods, headers and cookies that proxies and applications may read in two ways. */
export const fieldSpellings: readonly Spelling[] = [
  both('method: lower case', false, (wire) => ({ ...wire, method: wire.method.toLowerCase() })),
  both('method: another in x-http-method-override', true, (wire) =>
    also(wire, ['x-http-method-override', 'GET'], ['x-method-override', 'POST']),
  ),
  headers('names in upper case', true, (fields) =>
    fields.map(([name, value]) => [name.toUpperCase(), value]),
  ),
  headers('each twice', true, (fields) => fields.flatMap((field) => [field, field])),
  headers('an empty one before each', true, (fields) => fields.flatMap((field) => [[field[0], ''], field])),
  headers('an empty one behind each', true, (fields) => fields.flatMap((field) => [field, [field[0], '']])),
  headers('others around each', true, (fields) =>
    fields.flatMap((field) => [[field[0], 'zq9'], field, [field[0], 'zq8']]),
  ),
  headers('a comma and more behind each', false, (fields) =>
    fields.map(([name, value]) => [name, `${value}, zq9`]),
  ),
  headers('more and a comma before each', false, (fields) =>
    fields.map(([name, value]) => [name, `zq9,${value}`]),
  ),
  headers('blanks around each', true, (fields) => fields.map(([name, value]) => [name, ` \t${value}\t `])),
  headers('quotes around each', false, (fields) => fields.map(([name, value]) => [name, `"${value}"`])),
  headers('underscores for hyphens', false, (fields) =>
    fields.map(([name, value]) => [name.replaceAll('-', '_'), value]),
  ),
  headers('underscores beside hyphens', true, (fields) =>
    fields.flatMap((field) => [field, [field[0].replaceAll('-', '_'), 'zq9']]),
  ),
  headers('NUL in each', false, (fields) => fields.map(([name, value]) => [name, `${value}\0`])),
  headers('a carriage return in each', false, (fields) =>
    fields.map(([name, value]) => [name, `${value}\rx`]),
  ),
  headers('named by connection', false, (fields) => [
    ...fields,
    ['connection', ['keep-alive', ...fields.map(([name]) => name)].join(', ')],
  ]),
  headers('left out', false, () => []),
  lines('folded', (fields) => fields.map(([name, value]) => `${name}:\r\n ${value}`)),
  lines('a blank before the colon', (fields) => fields.map(([name, value]) => `${name} : ${value}`)),
  lines('a tab before the colon', (fields) => fields.map(([name, value]) => `${name}\t: ${value}`)),
  lines('no blank behind the colon', (fields) => fields.map(([name, value]) => `${name}:${value}`)),
  lines('behind a bare line feed', (fields) => [
    `x-before: a\n${fields.map(([name, value]) => `${name}: ${value}`).join('\n')}`,
  ]),
  cookies('a line each', true, (crumbs) => crumbs),
  cookies('in one line without blanks', true, (crumbs) => [crumbs.join(';')]),
  cookies('quotes around each', true, (crumbs) => crumbs.map((crumb) => crumb.replace(/=([^"]*)$/, '="$1"'))),
  cookies('blanks around each', true, (crumbs) => [
    crumbs.map((crumb) => ` ${crumb.replace('=', ' = ')} `).join(';'),
  ]),
  cookies('another of its name before each', true, (crumbs) => [
    crumbs.flatMap((crumb) => [crumb.replace(/=.*/, '=zq9'), crumb]).join('; '),
  ]),
  cookies('another of its name behind each', true, (crumbs) => [
    crumbs.flatMap((crumb) => [crumb, crumb.replace(/=.*/, '=zq9')]).join('; '),
  ]),
  cookies('empty crumbs around each', true, (crumbs) => [`;; ${crumbs.join(';;')};`]),
  cookies('behind a line without a value', true, (crumbs) => ['', ...crumbs]),
  cookies('commas between', false, (crumbs) => [['a=1', ...crumbs].join(', ')]),
  cookies('inside a quoted value', false, (crumbs) => [`a="1; ${crumbs.join('; ')}; b"`]),
  cookies('names in upper case', false, (crumbs) =>
    crumbs.map((crumb) => crumb.replace(/^[^=]*/, (name) => name.toUpperCase())),
  ),
  cookies('percent-encoded', false, (crumbs) => crumbs.map((crumb) => crumb.replace(/=(.)/, '=%61'))),
  both('headers: of another original URL', true, (wire) =>
    also(wire, ['x-original-url', '/open'], ['x-rewrite-url', '/open'], ['x-envoy-original-path', '/open']),
  ),
  both('headers: of another original host', true, (wire) =>
    also(
      wire,
      ['x-forwarded-host', 'open.example'],
      ['forwarded', 'host=open.example'],
      ['x-host', 'open.example'],
    ),
  ),
];

/** Returns forged identities: headers in which proxies name the caller, with each principal that a rule names. */
export function identitySpellings(identities: readonly string[]): readonly Spelling[] {
  return identities.map((identity) =>
    both(`headers: says that ${identity} calls`, true, (wire) =>
      also(
        wire,
        ['x-forwarded-client-cert', `By=spiffe://x/y;Hash=00;URI=${identity}`],
        ['x-meshwright-client', identity],
        ['x-forwarded-for', '127.0.0.1'],
        ['x-envoy-internal', 'true'],
      ),
    ),
  );
}

function inBoth(wire: Wire): readonly Bytes[] {
  return [h1Bytes(wire), h2Bytes(wire)];
}

const isOwn = ([name]: readonly [string, string]): boolean =>
  name === 'x-test-id' || name === 'authorization';
const isCookie = ([name]: readonly [string, string]): boolean => name === 'cookie';

/** Returns a spelling of the request's headers, except its cookies, its token and the id of the test. */
function headers(
  name: string,
  same: boolean,
  write: (fields: Fields) => readonly (readonly [string, string])[],
): Spelling {
  return {
    name: `headers: ${name}`,
    same,
    spell(wire) {
      const kept = wire.headers.filter((field) => isOwn(field) || isCookie(field));
      const written = wire.headers.filter((field) => !isOwn(field) && !isCookie(field));
      if (written.length === 0) return undefined;
      return inBoth({ ...wire, headers: [...kept, ...write(written)] });
    },
  };
}

/**
 * Returns a spelling of header lines that only HTTP/1.1 allows. A proxy may read other headers out of broken lines, so
 * `same` is false: the rules judge the request that arrives.
 */
function lines(name: string, write: (fields: Fields) => readonly string[]): Spelling {
  return {
    name: `lines: ${name}`,
    same: false,
    spell(wire) {
      const written = wire.headers.filter((field) => !isOwn(field));
      if (written.length === 0) return undefined;
      const first = `${wire.method} ${wire.target} HTTP/1.1`;
      const kept = wire.headers.filter(isOwn);
      return [h1Bytes({ ...wire, headers: kept }, [first, ...write(written)].join('\r\n'))];
    },
  };
}

/** Returns a spelling of the cookies: the lines made from its crumbs, `name=value`. */
function cookies(
  name: string,
  same: boolean,
  write: (crumbs: readonly string[]) => readonly string[],
): Spelling {
  return {
    name: `cookies: ${name}`,
    same,
    spell(wire) {
      const crumbs = wire.headers.filter(isCookie).flatMap(([, value]) => value.split(/; */));
      if (crumbs.length === 0) return undefined;
      const others = wire.headers.filter((field) => !isCookie(field));
      const written = write(crumbs).map((line) => ['cookie', line] as const);
      return inBoth({ ...wire, headers: [...others, ...written] });
    },
  };
}
