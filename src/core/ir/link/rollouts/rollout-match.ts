import { defineMessages, finding } from '../../../diagnostics/message.ts';
import type { SpecObject } from '../../../spec/spec.ts';
import type { RolloutDocument } from '../../../spec/types.gen.ts';
import type { RouteMatch } from '../../match.ts';
import { headerMatches, queryMatches } from '../conditions.ts';
import { cookieMatches } from '../cookie-matches.ts';
import type { Linking } from '../linking.ts';
import { keyLocationOf, locationOf, originOfWritten } from '../spec-place.ts';

export const messages = defineMessages({
  MESH2380: {
    severity: 'error',
    text: 'the strategy ab needs a `match`',
    explanation:
      'With `ab` the requests that fit `match` get the new version: name the header or cookie that tells them apart. To draw requests at random use `canary`.',
  },
  MESH2381: {
    severity: 'error',
    text: 'the strategy {strategy} takes no `match`',
    explanation:
      'With `blue-green` all requests change over, and with `shadow` copies are drawn at random. Use `ab` or `canary` to choose requests.',
  },
  MESH2382: {
    severity: 'error',
    text: 'the `match` of a Rollout has no `{field}`',
    explanation:
      'A Rollout chooses within every rule that leads to its service, so it matches by what a user sends with each request: headers, cookies, query and methods. Paths, callers and ports are chosen by the rules of Routes.',
  },
});

/** Returns the conditions of a Rollout; undefined if it has none. */
export function matchOf(
  linking: Linking,
  { value: { spec }, location }: SpecObject<RolloutDocument>,
): RouteMatch | undefined {
  const { match, strategy = 'canary' } = spec;
  const at = { container: spec, key: 'match' };
  if (match === undefined) {
    if (strategy === 'ab') linking.report(finding(messages, 'MESH2380', location, {}));
    return undefined;
  }
  if (strategy === 'blue-green' || strategy === 'shadow')
    linking.report(finding(messages, 'MESH2381', keyLocationOf(at), { strategy }));
  for (const field of ['path', 'grpc', 'from', 'port', 'sni'] as const) {
    if (match[field] === undefined) continue;
    const place = keyLocationOf({ container: match, key: field });
    linking.report(finding(messages, 'MESH2382', place, { field }));
  }
  const headers = [...headerMatches(match.headers), ...cookieMatches(linking, match.cookies)];
  const query = queryMatches(match.query);
  const { methods } = match;
  if (headers.length + query.length === 0 && methods === undefined) {
    if (strategy === 'ab') linking.report(finding(messages, 'MESH2380', locationOf(at), {}));
    return undefined;
  }
  return { origin: originOfWritten(at), ...(methods && { methods }), headers, query };
}
