import type { Spelling } from './spelling.ts';
import { h1Bytes, h2Bytes, type Wire } from './wire.ts';

/** Paths that proxies and applications may read in two ways. */
export const pathSpellings: readonly Spelling[] = [
  path('as it is', true, (path) => path),
  path('its first letter encoded', true, (path) => path.replace(/[a-z]/i, (letter) => hex(letter))),
  path('all letters and digits encoded', true, (path) => path.replace(/[a-z0-9]/gi, (letter) => hex(letter))),
  path('encoded in lower case', true, (path) =>
    path.replace(/[j-o]|-|_|\./g, (letter) => hex(letter).toLowerCase()),
  ),
  path('two slashes before it', true, (path) => `/${path}`),
  path('every slash doubled', true, (path) => path.replaceAll('/', '//')),
  path('/./ before it', true, (path) => `/.${path}`),
  path('/%2e/ before it', true, (path) => `/%2e${path}`),
  path('/x/../ before it', true, (path) => `/x/..${path}`),
  path('/x/%2e%2e/ before it', true, (path) => `/x/%2e%2e${path}`),
  path('/x/.%2E/ before it', true, (path) => `/x/.%2E${path}`),
  path('/x/y/../../ before it', true, (path) => `/x/y/../..${path}`),
  path('backslashes', true, (path) => path.replaceAll('/', '\\').replace(/^\\/, '/')),
  path('dot segments with backslashes', true, (path) => `/x\\..${path.replaceAll('/', '\\')}`),
  path('/x/..;a/ before it', false, (path) => `/x/..;a${path}`),
  path('/x/..;/ before it', false, (path) => `/x/..;${path}`),
  path('/.;a/ before it', false, (path) => `/.;a${path}`),
  path('/x/%2e%2e;a/ before it', false, (path) => `/x/%2e%2e;a${path}`),
  path('/x/.%2e;/ before it', false, (path) => `/x/.%2e;${path}`),
  path('/x/..%3ba/ before it', false, (path) => `/x/..%3ba${path}`),
  path('/x/..%2f before it', false, (path) => `/x/..%2f${path.slice(1)}`),
  path('/x/..%5c before it', false, (path) => `/x/..%5c${path.slice(1)}`),
  path('/x/%252e%252e/ before it', false, (path) => `/x/%252e%252e${path}`),
  path('/x/%c0%ae%c0%ae/ before it', false, (path) => `/x/%c0%ae%c0%ae${path}`),
  path('/x/..%00/ before it', false, (path) => `/x/..%00${path}`),
  path('/x/..%09/ before it', false, (path) => `/x/..%09${path}`),
  path('/../ before it', false, (path) => `/..${path}`),
  path('encoded slashes', false, (path) => path.replaceAll('/', '%2F').replace(/^%2F/, '/')),
  path('encoded backslashes', false, (path) => path.replaceAll('/', '%5c').replace(/^%5c/, '/')),
  path('encoded twice', false, (path) => path.replace(/[a-z]/i, (letter) => `%25${hex(letter).slice(1)}`)),
  path('a wide slash', false, (path) => path.replaceAll('/', '%ef%bc%8f').replace(/^%ef%bc%8f/, '/')),
  path('a slash behind it', false, (path) => `${path}/`),
  path('/. behind it', false, (path) => `${path}/.`),
  path('/x/.. behind it', false, (path) => `${path}/x/..`),
  path('a parameter behind it', false, (path) => `${path};a=b`),
  path('an empty parameter behind it', false, (path) => `${path};`),
  path('%00 behind it', false, (path) => `${path}%00`),
  path('%23 behind it', false, (path) => `${path}%23`),
  path('a fragment behind it', false, (path) => `${path}#/open`),
  path('%20 behind it', false, (path) => `${path}%20`),
  path('a dot behind it', false, (path) => `${path}.`),
  path('a stray % behind it', false, (path) => `${path}%`),
  path('a query of another path', false, (path) => `${path}?/../open`),
  path('an encoded query mark', false, (path) => `${path}%3f`),
  path('upper case', false, (path) => path.toUpperCase()),
  path('bytes above 7F', false, (path) => `${path}\u00e9`),
  path('without its first slash', false, (path) => path.slice(1)),
  path('a wildcard', false, (path) => path.replace(/[^/]+$/, '*')),
];

/** Returns a spelling of the path in both versions of HTTP; the query stays. */
function path(name: string, same: boolean, write: (path: string) => string): Spelling {
  return {
    name: `path: ${name}`,
    same,
    spell(wire) {
      const [before = '', ...query] = wire.target.split('?');
      const target = [write(before), ...query].join('?');
      if (name !== 'as it is' && target === wire.target) return undefined;
      const spelled: Wire = { ...wire, target };
      return [h1Bytes(spelled), h2Bytes(spelled)];
    },
  };
}

function hex(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
