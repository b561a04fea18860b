import { describe, expect, test } from 'vitest';
import { limits, objects } from './lowered.ts';

/** Returns the `http` of a service with this Route, in the form of networking/v1alpha3/virtual_service.proto. */
function http(rules: string, more = ''): readonly unknown[] {
  return virtualService(rules, more).spec.http;
}

function virtualService(rules: string, more = '') {
  return objects(spec(rules, more))['VirtualService/shop/reviews']!;
}

const spec = (rules: string, more = ''): string => `
kind: Service
metadata: {name: reviews, namespace: shop}
spec:
  ports: {http: {port: 80}}
  versions: {v1: {}, v2: {labels: {track: next}}}
${more}
---
kind: Service
metadata: {name: web, namespace: shop}
spec: {workload: {labels: {app: web, tier: front}, serviceAccount: shopper}}
---
kind: Route
metadata: {name: reviews, namespace: shop}
spec:
  service: reviews
  rules:
${rules}
`;

const port = 80;
const to = (subset?: string) => ({
  host: 'reviews.shop.svc.cluster.local',
  ...(subset && { subset }),
  port: { number: 80 },
});
const none = { name: 'reviews/none', match: [{ port }], directResponse: { status: 404 } };
const everything = { name: 'reviews/last', match: [{ port }] };
const last = '    - {name: last, backends: [{}]}';

test('without a Route a service has its own timeout and no retries, both written', () => {
  const documents = spec('').replace(/---\nkind: Route[^]*/, '');
  expect(objects(documents)['VirtualService/shop/reviews']!.spec).toEqual({
    hosts: ['reviews.shop.svc.cluster.local'],
    gateways: ['mesh'],
    http: [
      {
        name: 'reviews/1',
        match: [{ port }],
        route: [{ destination: to() }],
        timeout: '15s',
        retries: { attempts: 0 },
      },
    ],
  });
});

describe('matches', () => {
  test.each<[string, string, readonly unknown[]]>([
    [
      'a prefix is by path element',
      '{path: {prefix: /a/}}',
      [
        { uri: { exact: '/a' }, port },
        { uri: { prefix: '/a/' }, port },
      ],
    ],
    ['an exact path', '{path: {exact: /a}}', [{ uri: { exact: '/a' }, port }]],
    ['every path', '{path: {prefix: /}}', [{ port }]],
    [
      'a regular expression is of the whole path',
      '{path: {regex: "/a+"}}',
      [{ uri: { regex: '/a+' }, port }],
    ],
    ['methods', '{methods: [GET, POST]}', [{ port, method: { regex: 'GET|POST' } }]],
    [
      'headers by their name in lower case',
      '{headers: {X-A: {exact: "1"}, x-b: {suffix: .b}, x-c: {contains: c}, x-d: {present: true}, x-e: {present: false}}}',
      [
        {
          port,
          headers: {
            'x-a': { exact: '1' },
            'x-b': { regex: '.*\\.b' },
            'x-c': { regex: '.*c.*' },
            'x-d': {},
          },
          withoutHeaders: { 'x-e': {} },
        },
      ],
    ],
    [
      'not: an absent header counts as an empty one',
      '{headers: {x-a: {not: {exact: "1"}}}}',
      [{ port, withoutHeaders: { 'x-a': { exact: '1' } } }],
    ],
    [
      'not of a match for an empty value: absence is an alternative',
      '{headers: {x-a: {not: {regex: "b*"}}}}',
      [
        { port, withoutHeaders: { 'x-a': {} } },
        { port, withoutHeaders: { 'x-a': { regex: 'b*' } } },
      ],
    ],
    [
      'query parameters',
      '{query: {v: {exact: "1"}, w: {present: true}}}',
      [{ port, queryParams: { v: { exact: '1' }, w: {} } }],
    ],
    [
      'an absent query parameter is a condition on the path',
      '{query: {v: {present: false}}}',
      [{ port, withoutHeaders: { ':path': { regex: '[^?]*\\?(?:.*&)?(?:v)(?:[=&].*)?' } } }],
    ],
    [
      'callers by namespace, and by the labels of the services that run under an account',
      '{from: [{namespace: ops}, {service: web}]}',
      [
        { port, sourceNamespace: 'ops' },
        { port, sourceNamespace: 'shop', sourceLabels: { app: 'web', tier: 'front' } },
      ],
    ],
    ['any identity means every caller with a proxy', '{from: [{authenticated: true}]}', [{ port }]],
  ])('%s', (_, match, expected) => {
    const [first] = http(`    - {match: [${match}], backends: [{}]}\n${last}`);
    expect(first).toMatchObject({ match: expected });
  });

  test('the pattern of an absent parameter matches only paths without it', () => {
    const [first] = http(
      `    - {match: [{query: {v: {present: false}}}], backends: [{}]}\n${last}`,
    ) as readonly {
      readonly match: readonly {
        readonly withoutHeaders: Readonly<Record<string, { readonly regex: string }>>;
      }[];
    }[];
    const pattern = new RegExp(`^(?:${first!.match[0]!.withoutHeaders[':path']!.regex})$`);
    const taken = ['/a?v', '/a?v=', '/a?v=1', '/a?b=2&v=1', '/a?v&b'];
    const others = ['/a', '/v', '/a?', '/a?vv=1', '/a?b=v', '/a?bv=1', '/a?b=?v'];
    expect(taken.filter((path) => !pattern.test(path))).toEqual([]);
    expect(others.filter((path) => pattern.test(path))).toEqual([]);
  });

  test('matches of a rule are alternatives, in one entry', () => {
    expect(http(`    - {match: [{path: {exact: /a}}, {methods: [GET]}], backends: [{}]}`)).toEqual([
      {
        name: 'reviews/1',
        match: [
          { uri: { exact: '/a' }, port },
          { port, method: { exact: 'GET' } },
        ],
        route: [{ destination: to() }],
        timeout: '15s',
        retries: { attempts: 0 },
      },
      none,
    ]);
  });
});

describe('actions', () => {
  const action = (rule: string): unknown => http(`    - {${rule}}\n`)[0];

  test('splits by weight; a weight of zero gets no requests', () => {
    expect(action('backends: [{version: v1, weight: 3}, {version: v2}, {weight: 0}]')).toMatchObject({
      route: [
        { destination: to('v1'), weight: 3 },
        { destination: to('v2'), weight: 1 },
      ],
    });
  });

  test('all weights zero give 503, for which Istio has no split', () => {
    expect(action('backends: [{version: v1, weight: 0}, {version: v2, weight: 0}]')).toEqual({
      name: 'reviews/1',
      match: [{ port }],
      directResponse: { status: 503 },
    });
  });

  test('no timeout is written as none, which is the default of Istio', () => {
    expect(action('backends: [{}], timeout: 0s')).not.toHaveProperty('timeout');
    expect(action('backends: [{}], timeout: 250ms')).toMatchObject({ timeout: '0.25s' });
  });

  test('only retryable methods are retried; the others have no limit for each try', () => {
    expect(
      http(
        '    - {backends: [{}], retries: {attempts: 2, perTryTimeout: 1s, on: [reset, 503], methods: [GET]}}',
      ),
    ).toEqual([
      {
        name: 'reviews/1',
        match: [{ port, method: { exact: 'GET' } }],
        route: [{ destination: to() }],
        timeout: '15s',
        retries: {
          attempts: 2,
          perTryTimeout: '1s',
          retryOn: 'reset,503',
          backoff: '0.025s',
          retryIgnorePreviousHosts: true,
        },
      },
      {
        name: 'reviews/1',
        match: [{ port }],
        route: [{ destination: to() }],
        timeout: '15s',
        retries: { attempts: 0 },
      },
    ]);
  });

  test('header values are literal', () => {
    expect(
      action(
        'backends: [{}], headers: {request: {set: {x-a: "100%"}, add: {x-b: b}, remove: [x-c]}, response: {set: {x-d: d}}}',
      ),
    ).toMatchObject({
      headers: {
        request: { set: { 'x-a': '100%%' }, add: { 'x-b': 'b' }, remove: ['x-c'] },
        response: { set: { 'x-d': 'd' } },
      },
    });
  });

  test('a prefix is replaced with its slash: no slash is lost or doubled', () => {
    const rewritten = (value: string) => {
      const entry = action(
        `match: [{path: {prefix: /a.b}}], backends: [{}], rewrite: {path: {replacePrefix: "${value}"}}`,
      );
      const { match, rewrite } = (
        entry as { readonly rewrite: { readonly uriRegexRewrite: { match: string; rewrite: string } } }
      ).rewrite.uriRegexRewrite;
      return (path: string): string => path.replace(new RegExp(match), rewrite);
    };
    expect(['/a.b', '/a.b/', '/a.b/c'].map(rewritten('/x'))).toEqual(['/x', '/x/', '/x/c']);
    expect(['/a.b', '/a.b/', '/a.b/c'].map(rewritten('/x/'))).toEqual(['/x', '/x/', '/x/c']);
    expect(['/a.b', '/a.b/', '/a.b/c'].map(rewritten('/'))).toEqual(['/', '/', '/c']);
  });

  test('prefixes of one rule are replaced separately, in order', () => {
    const entries = http(
      '    - {match: [{path: {prefix: /a}}, {path: {prefix: /b}}], backends: [{}], rewrite: {path: {replacePrefix: /x}}}',
    );
    expect(entries).toMatchObject([
      {
        match: [{ uri: { exact: '/a' } }, { uri: { prefix: '/a/' } }],
        rewrite: { uriRegexRewrite: { match: '^/a' } },
      },
      {
        match: [{ uri: { exact: '/b' } }, { uri: { prefix: '/b/' } }],
        rewrite: { uriRegexRewrite: { match: '^/b' } },
      },
      none,
    ]);
  });

  test('faults have their share', () => {
    expect(
      action(
        'backends: [{}], fault: {delay: {duration: 2s}, abort: {grpcStatus: UNAVAILABLE, percent: 0.1%}}',
      ),
    ).toMatchObject({
      fault: {
        delay: { fixedDelay: '2s', percentage: { value: 100 } },
        abort: { grpcStatus: 'UNAVAILABLE', percentage: { value: 0.1 } },
      },
    });
  });

  test('mirrors', () => {
    expect(action('backends: [{version: v1}], mirror: [{version: v2, percent: 5%}]')).toMatchObject({
      mirrors: [{ destination: to('v2'), percentage: { value: 5 } }],
    });
  });

  test('a redirect has scheme and status: the defaults of Istio are 301 and the scheme that the request claims', () => {
    expect(action('match: [{path: {exact: /a}}], redirect: {path: /b}')).toMatchObject({
      match: [{ uri: { exact: '/a' }, port, authority: { regex: '(?i)reviews:80' } }],
      redirect: { scheme: 'http', authority: 'reviews', uri: '/b', redirectCode: 302 },
    });
    expect(action('redirect: {scheme: https, host: a.example, port: 8443, status: 301}')).toMatchObject({
      redirect: { scheme: 'https', authority: 'a.example', port: 8443, redirectCode: 301 },
    });
  });

  test('answers', () => {
    expect(action('respond: {status: 418, body: short}')).toMatchObject({
      directResponse: { status: 418, body: { string: 'short' } },
    });
  });
});

test('a preflight is matched only by path and method, before all rules', () => {
  const entries = http(
    `    - {name: a, match: [{path: {exact: /a}, methods: [GET], headers: {x-a: {present: true}}}], backends: [{}], cors: {allowOrigins: ["https://a.example"], allowMethods: [GET], maxAge: 1h}}\n${last}`,
  );
  expect(entries).toEqual([
    {
      name: 'reviews/a/preflight',
      match: [
        {
          uri: { exact: '/a' },
          port,
          method: { exact: 'OPTIONS' },
          headers: {
            origin: { exact: 'https://a.example' },
            'access-control-request-method': { exact: 'GET' },
          },
        },
      ],
      directResponse: { status: 200 },
      headers: {
        response: {
          set: {
            'access-control-allow-origin': '%REQ(ORIGIN)%',
            'access-control-allow-methods': 'GET',
            'access-control-max-age': '3600',
          },
        },
      },
    },
    expect.objectContaining({
      name: 'reviews/a',
      corsPolicy: {
        allowOrigins: [{ exact: 'https://a.example' }],
        allowMethods: ['GET'],
        maxAge: '3600s',
        allowCredentials: false,
        unmatchedPreflights: 'FORWARD',
      },
    }),
    expect.objectContaining(everything),
  ]);
});

test('answers of the proxy have the headers for allowed origins themselves', () => {
  const entries = http(
    '    - {name: a, respond: {status: 200}, cors: {allowOrigins: ["*"], exposeHeaders: [x-a]}}',
  );
  expect(entries.slice(1)).toEqual([
    {
      name: 'reviews/a',
      match: [{ port, headers: { origin: {} } }],
      directResponse: { status: 200 },
      headers: {
        response: {
          set: { 'access-control-allow-origin': '%REQ(ORIGIN)%', 'access-control-expose-headers': 'x-a' },
        },
      },
    },
    { name: 'reviews/a', match: [{ port }], directResponse: { status: 200 } },
  ]);
});

test('a service exposed to some namespaces is 404 for others', () => {
  expect(http(last, '  exposeTo: [ops]')).toEqual([
    expect.objectContaining({
      match: [
        { port, sourceNamespace: 'ops' },
        { port, sourceNamespace: 'shop' },
      ],
    }),
    none,
  ]);
});

test('a backend exposed to some namespaces is 404 for others, for any caller of the rule', () => {
  const hidden = `---\nkind: Service\nmetadata: {name: hidden, namespace: ops}\nspec: {ports: {http: {port: 80}}, exposeTo: []}`;
  const documents = spec('    - {name: a, backends: [{service: ops/hidden}]}') + hidden;
  expect(objects(documents)['VirtualService/shop/reviews']!.spec.http).toEqual([
    expect.objectContaining({ name: 'reviews/a', match: [{ port, sourceNamespace: 'ops' }] }),
    { name: 'reviews/a', match: [{ port }], directResponse: { status: 404 } },
  ]);
});

describe('the limits of Istio', () => {
  test.each<[string, string, readonly string[]]>([
    [
      'an account that no service runs under',
      '    - {match: [{from: [{serviceAccount: shop/robot}]}], backends: [{}]}',
      ['route.from'],
    ],
    ['an account that a service runs under', '    - {match: [{from: [{service: web}]}], backends: [{}]}', []],
    [
      'headers of an injected abort',
      '    - {backends: [{}], fault: {abort: {status: 503}}, headers: {response: {set: {a: b}}}}',
      ['route.response-headers'],
    ],
    [
      'tries only after a reset',
      '    - {backends: [{}], retries: {attempts: 1, on: [reset]}}',
      ['settings.retries'],
    ],
    [
      'tries only after 503',
      '    - {backends: [{}], retries: {attempts: 1, on: [503]}}',
      ['settings.retries'],
    ],
    ['tries after both', '    - {backends: [{}], retries: {attempts: 1, on: [reset, 503]}}', []],
    ['tries with the default conditions', '    - {backends: [{}], retries: {attempts: 1}}', []],
    [
      'a long pattern',
      `    - {match: [{path: {regex: "/${'a'.repeat(1024)}"}}], backends: [{}]}`,
      ['route.path-regex'],
    ],
  ])('%s', (_, rules, features) => {
    const found = limits(spec(`${rules}\n${last}`)).map((limit) => limit.slice(0, limit.indexOf(':')));
    expect(found).toEqual(features);
  });
});
