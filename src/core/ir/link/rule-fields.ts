import { defineMessages, finding } from '../../diagnostics/message.ts';
import type { RouteRule } from '../../spec/types.gen.ts';
import type { RuleScope } from './rule-scope.ts';
import { keyLocationOf, locationOf, type SpecPlace } from './spec-place.ts';

export const messages = defineMessages({
  MESH2073: {
    severity: 'error',
    text: 'a rule without `backends`, `redirect` or `respond` forwards to the service of its Route, and this Route has none',
    explanation:
      'A Route for gateways alone has no service of its own. Name one in `backends`, or give the Route a `service`.',
  },
  MESH2053: {
    severity: 'error',
    text: 'a rule has at most one of `backends`, `redirect` and `respond`, and this one has {first} and {second}',
    explanation: 'A request is passed on, sent elsewhere or answered here. Keep one of the fields.',
  },
  MESH2054: {
    severity: 'error',
    text: 'beside `{action}` a rule has no `{field}`',
    explanation:
      'A rule that answers itself has only `match`, response headers and `cors`: no request is sent on that the other fields could change.',
  },
  MESH2055: {
    severity: 'error',
    text: 'on the {layer} port {port} a rule has no `{field}`',
    explanation:
      'On tls and tcp ports connections are passed on as they are: a rule has `match` and `backends`. Say with `ports` for which ports the Route is.',
  },
  MESH2057: {
    severity: 'error',
    text: 'an abort has one of `status` and `grpcStatus`',
    explanation:
      'An abort answers with an HTTP status or with a gRPC status (which is sent with HTTP status 200).',
  },
  MESH2056: {
    severity: 'error',
    text: '`replacePrefix` needs a path `prefix` or `startsWith` in each match of the rule',
    explanation:
      '`replacePrefix` replaces the prefix of a match. Give each match of the rule `path: {prefix: …}` or `path: {startsWith: …}`, or write the whole path.',
  },
});

const actions = ['backends', 'redirect', 'respond'] as const;

/** The action of a rule. */
export type ActionName = (typeof actions)[number];

/**
 * Checks the fields of a rule. Returns its action, which is to forward if the rule has none; undefined if it has
 * several.
 */
export function actionOf(scope: RuleScope, rule: RouteRule, at: SpecPlace): ActionName | undefined {
  const report = scope.linking.report;
  const [action = 'backends', second] = actions.filter((name) => rule[name] !== undefined);
  if (rule[action] === undefined && scope.route.value.spec.service === undefined) {
    report(finding(messages, 'MESH2073', locationOf(at), {}));
    return undefined;
  }
  if (second !== undefined) {
    report(
      finding(messages, 'MESH2053', keyLocationOf({ container: rule, key: second }), {
        first: action,
        second,
      }),
    );
    return undefined;
  }
  if (scope.layer !== 'http') reportBeyond(scope, rule);
  else if (action !== 'backends') reportBeside(scope, rule, action);
  checkReplacePrefix(scope, rule);
  checkAbort(scope, rule);
  return scope.layer !== 'http' && action !== 'backends' ? undefined : action;
}

const httpOnly = [
  'timeout',
  'retries',
  'mirror',
  'fault',
  'headers',
  'rewrite',
  'redirect',
  'respond',
  'cors',
  'rateLimit',
] as const;

function reportBeyond({ linking, layer, entry }: RuleScope, rule: RouteRule): void {
  for (const field of httpOnly) {
    if (rule[field] === undefined) continue;
    const values = { layer, port: entry.name, field };
    linking.report(finding(messages, 'MESH2055', keyLocationOf({ container: rule, key: field }), values));
  }
}

function reportBeside({ linking }: RuleScope, rule: RouteRule, action: ActionName): void {
  for (const field of ['timeout', 'retries', 'mirror', 'fault', 'rewrite', 'rateLimit'] as const) {
    if (rule[field] === undefined) continue;
    linking.report(
      finding(messages, 'MESH2054', keyLocationOf({ container: rule, key: field }), { action, field }),
    );
  }
  if (rule.headers?.request === undefined) return;
  const at = { container: rule.headers, key: 'request' };
  linking.report(finding(messages, 'MESH2054', keyLocationOf(at), { action, field: 'headers.request' }));
}

function checkAbort({ linking }: RuleScope, { fault }: RouteRule): void {
  const abort = fault?.abort;
  if (abort?.status === undefined || abort.grpcStatus === undefined) return;
  linking.report(finding(messages, 'MESH2057', keyLocationOf({ container: abort, key: 'grpcStatus' }), {}));
}

function checkReplacePrefix({ linking }: RuleScope, { rewrite, redirect, match }: RouteRule): void {
  if (match?.every(({ path }) => (path?.prefix ?? path?.startsWith) !== undefined) === true) return;
  for (const path of [rewrite?.path, redirect?.path]) {
    if (typeof path !== 'object' || path.replacePrefix === undefined) continue;
    const location = keyLocationOf({ container: path, key: 'replacePrefix' });
    linking.report(finding(messages, 'MESH2056', location, {}));
  }
}
