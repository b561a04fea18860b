import type { Field } from '../../../import/field.ts';
import type { HeaderChanges, RetryCondition, RouteMatch, RouteRule } from '../../../spec/types.gen.ts';
import { isChangeable, isPath, isText } from './conditions.ts';

/** Returns the changes of requests and answers, and the retries, of a destination whose route has a match. */
export function actionsOf(
  destination: Field,
  match: RouteMatch | undefined | 'unsayable',
): Omit<RouteRule, 'match' | 'backends'> {
  const request = readHeaderChanges(destination.at('requestHeaders'));
  const response = readHeaderChanges(destination.at('responseHeaders'));
  const retries = readRetries(destination);
  const path = readRewrite(
    destination.at('prefixRewrite'),
    typeof match === 'object' ? match.path : undefined,
  );
  const headers = { ...(request && { request }), ...(response && { response }) };
  return {
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(path && { rewrite: { path } }),
    ...(retries && { retries }),
  };
}

/** Returns the change of a path: Consul exchanges the prefix or the whole path that the route names. */
export function readRewrite(
  rewrite: Field,
  matched: RouteMatch['path'],
): NonNullable<RouteRule['rewrite']>['path'] | undefined {
  const path = rewrite.text();
  if (path === undefined || path === '') return undefined;
  const isPlain = isPath(path) && !/\/\/|\/\.{1,2}(?:\/|$)|%/.test(path);
  // The proxy of the server normalises paths: `/.` arrives as `/`, which Consul can't write for an exact path.
  if (path === '/.' && matched?.exact !== undefined) return { replaceFull: '/' };
  if (isPlain && matched?.exact !== undefined && path !== '/') return { replaceFull: path };
  if (isPlain && matched?.startsWith !== undefined) return { replacePrefix: path };
  rewrite.lost({ callers: 'the path is passed on as it is' });
  return undefined;
}

/** Returns the changes of headers that a field says. */
export function readHeaderChanges(field: Field): HeaderChanges | undefined {
  if (!field.isPresent) return undefined;
  const values = (of: Field, taken: Readonly<Record<string, string>>): Record<string, string> => {
    const made: Record<string, string> = {};
    if (!of.isPresent) return made;
    for (const [name, value] of of.entries()) {
      const text = value.text() ?? '';
      // A percent sign begins a command of Envoy, and stands for itself if it is doubled.
      const isCommand = /(?:^|[^%])(?:%%)*%(?!%)/.test(text);
      const key = name.toLowerCase();
      if (isCommand || !isChangeable(key) || !isText(text) || Object.hasOwn(taken, key))
        value.lost({ callers: 'the header is not changed' });
      else made[key] = text.replaceAll('%%', '%');
    }
    return made;
  };
  const set = values(field.at('set'), {});
  const add = values(field.at('add'), set);
  const remove = (field.at('remove').texts() ?? [])
    .map((name) => name.toLowerCase())
    .filter((name) => isChangeable(name) && !Object.hasOwn(set, name) && !Object.hasOwn(add, name));
  const changes = {
    ...(Object.keys(set).length > 0 && { set }),
    ...(Object.keys(add).length > 0 && { add }),
    ...(remove.length > 0 && { remove }),
  };
  return Object.keys(changes).length === 0 ? undefined : changes;
}

const conditions: ReadonlySet<string> = new Set([
  '5xx',
  'gateway-error',
  'reset',
  'connect-failure',
  'refused-stream',
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
]);

/** Returns the retries that a destination or a filter says. */
export function readRetries(destination: Field): RouteRule['retries'] | undefined {
  const count = destination.at('numRetries').number();
  const onConnect = destination.at('retryOnConnectFailure').boolean() === true;
  const named = destination
    .at('retryOn')
    .items()
    .flatMap((item): readonly RetryCondition[] => {
      const text = item.text() ?? '';
      if (conditions.has(text)) return [text];
      item.lost({ callers: 'requests that fail in this way are not tried again' });
      return [];
    });
  const statuses = destination
    .at('retryOnStatusCodes')
    .items()
    .flatMap((item) => item.number() ?? []);
  const on = [
    ...new Set<RetryCondition>([
      ...named,
      ...(onConnect ? ['connect-failure'] : []),
      ...statuses.filter((status) => status >= 200 && status <= 599),
    ]),
  ];
  if (on.length === 0) {
    if (count !== undefined && count > 0)
      destination.at('numRetries').withoutEffect('without a condition Envoy tries nothing again');
    return undefined;
  }
  // Envoy tries once again if no number is said.
  return { attempts: count === undefined || count < 1 ? 1 : Math.min(count, 100), on, methods: 'all' };
}
