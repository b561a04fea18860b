import { describe, expect, test } from 'vitest';
import { answerLine } from '../../../../src/core/explain/request/answer-line.ts';
import { describeOutcome } from '../../../../src/core/explain/request/describe-outcome.ts';
import { describeText } from '../../../../src/core/explain/request/describe-text.ts';
import { ask } from '../../semantics/ask.ts';
import {
  access,
  allow,
  backend,
  deny,
  forward,
  line,
  mesh,
  origin,
  port,
  redirect,
  route,
  rule,
  service,
  spiffe,
} from '../../semantics/mesh.ts';

const full = rule({
  origin: line(4),
  name: 'split',
  responseHeaders: { set: [{ name: 'x-r', value: '1' }], add: [], remove: [] },
  action: forward({
    backends: [backend({ version: 'v1', weight: 9 }), backend({ service: 'shop/closed', weight: 1 })],
    timeout: 2000,
    timeoutOrigin: line(5),
    retries: {
      origin: line(6),
      attempts: 2,
      perTryTimeout: 600,
      on: ['reset', 503],
      backoff: 25,
      methods: 'all',
    },
    mirrors: [{ origin: line(7), service: 'shop/reviews', version: 'v2', port: 'http', percent: 5 }],
    fault: { origin: line(8), delay: { duration: 50, percent: 10 }, abort: { status: 503, percent: 1 } },
    requestHeaders: {
      set: [{ name: 'x-a', value: '1' }],
      add: [
        { name: 'x-b', value: '2' },
        { name: 'x-b', value: '3' },
      ],
      remove: ['x-c'],
    },
    rewrite: { origin: line(9), host: 'in', path: { type: 'replaceFull', value: '/x' } },
    rateLimit: { origin: line(10), requests: 10, per: 1000, burst: 5 },
  }),
});

const ir = mesh({
  services: [
    service('shop/reviews', { ports: [port('http', 9080, { route: route(full) })] }),
    service('shop/closed', { origin: line(30), access: access(allow({ from: [spiffe('x/y')] }, line(31))) }),
    service('shop/gone', {
      ports: [port('http', 9080, { route: route(rule({ action: redirect({ host: 'new' }) })) })],
    }),
  ],
});

describe('`mesh explain request --format json`', () => {
  test('forwarded: every field of cli.md, in its order', () => {
    const described = describeOutcome(ask(ir, { query: 'q=1' }));
    expect(Object.keys(described)).toEqual([
      'formatVersion',
      'outcome',
      'backends',
      'refusedShare',
      'port',
      'timeout',
      'tries',
      'perTryTimeout',
      'retryOn',
      'mirrors',
      'fault',
      'rewritten',
      'requestHeaders',
      'responseHeaders',
      'rateLimited',
      'decidedBy',
    ]);
    expect(described).toMatchObject({
      formatVersion: expect.stringMatching(/^\d+\.\d+$/) as string,
      outcome: 'forwarded',
      backends: [{ service: 'shop/reviews', version: 'v1', share: 0.9 }],
      refusedShare: 0.1,
      port: 'http',
      timeout: 2000,
      tries: 3,
      perTryTimeout: 600,
      retryOn: ['reset', 503],
      mirrors: [{ service: 'shop/reviews', version: 'v2', share: 0.05 }],
      fault: { delay: { ms: 50, share: 0.1 }, abort: { status: 503, share: 0.01 } },
      rewritten: { path: '/x?q=1', host: 'in' },
      requestHeaders: { set: { 'x-a': '1' }, add: { 'x-b': ['2', '3'] }, remove: ['x-c'] },
      responseHeaders: { set: { 'x-r': '1' }, add: {}, remove: [] },
      rateLimited: [{ at: 'rule', requests: 10, per: 1000, burst: 5 }],
    });
  });

  test('decidedBy: `[{file,line,column,what}]`', () => {
    for (const decision of describeOutcome(ask(ir)).decidedBy) {
      expect(Object.keys(decision)).toEqual(['file', 'line', 'column', 'what']);
    }
    expect(describeOutcome(ask(ir)).decidedBy.map((decision) => decision.line)).toEqual([
      4, 5, 6, 9, 8, 10, 7, 30, 31,
    ]);
  });

  test('"status (what the caller sees when not forwarded), reason, location? (of a redirect)"; what is not decided is absent', () => {
    const refused = describeOutcome(ask(ir, { to: 'shop/closed' }));
    expect(Object.keys(refused)).toEqual([
      'formatVersion',
      'outcome',
      'status',
      'reason',
      'responseHeaders',
      'decidedBy',
    ]);
    expect(refused).toMatchObject({ outcome: 'refused', status: 403 });
    expect(describeOutcome(ask(ir, { to: 'shop/gone' }))).toMatchObject({
      outcome: 'redirected',
      status: 302,
      location: 'http://new/',
    });
    expect(describeOutcome(ask(ir, { host: 'nobody' }))).toMatchObject({
      outcome: 'unroutable',
      status: 404,
    });
  });

  test('the output is JSON and loses no data', () => {
    const described = describeOutcome(ask(ir));
    expect(JSON.parse(JSON.stringify(described))).toEqual(described);
  });
});

describe('`--batch`: "one JSON line each, with the `id`"', () => {
  test('the id is returned, whatever it is', () => {
    expect(answerLine('{"id": "a", "from": "shop/web", "to": "shop/closed"}', ir)).toMatchObject({
      id: 'a',
      status: 403,
    });
    expect(answerLine('{"id": [1, null], "to": "shop/closed"}', ir)).toMatchObject({
      id: [1, null],
      status: 0,
    });
    expect(answerLine('{"id": null, "to": "shop/closed"}', ir)).toMatchObject({ id: null });
    expect(answerLine('{"to": "shop/closed"}', ir)).not.toHaveProperty('id');
  });

  test('a line that is not a request has a problem and its id', () => {
    expect(answerLine('{"id": 3, "to": "shop/nobody"}', ir)).toEqual({
      id: 3,
      formatVersion: '1.1',
      problem: expect.stringContaining('shop/nobody') as string,
    });
    expect(answerLine('{', ir)).toMatchObject({ problem: expect.stringContaining('JSON') as string });
  });
});

describe('the text', () => {
  test('begins with the result and fits on one screen', () => {
    const lines = describeText(ask(ir)).trimEnd().split('\n');
    expect(lines[0]).toBe('forwarded to shop/reviews v1 90%, 10% refused');
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(lines).toEqual(expect.arrayContaining([expect.stringContaining('mesh.yaml:4:3 ')]));
  });

  test('of a gRPC port says that a timeout ends streams', () => {
    const speaking = (protocol: 'grpc' | 'http', timeout: number) => {
      const to = route(rule({ action: forward({ timeout, backends: [backend({ port: 'api' })] }) }));
      const ports = [port('api', 9080, { protocol, route: to })];
      const shop = mesh({ services: [service('shop/reviews', { ports })] });
      return describeText(ask(shop), shop);
    };
    expect(speaking('grpc', 15_000)).toMatch(
      /timeout +15s; it ends gRPC streams, too: 0s for those that live long\n/,
    );
    expect(speaking('grpc', 0)).toMatch(/timeout +none\n/);
    expect(speaking('http', 15_000)).toMatch(/timeout +15s\n/);
  });

  test('of a refusal has the reason and the line that decided', () => {
    const text = describeText(ask(ir, { to: 'shop/closed' }));
    expect(text.split('\n')[0]).toBe('refused 403: no allow rule takes the call');
    expect(text).toContain('mesh.yaml:31:3 ');
  });

  test('cuts a long list of deciding lines and says so', () => {
    const rules = Array.from({ length: 50 }, (_, index) =>
      allow({ from: [spiffe('x/y')] }, line(100 + index)),
    );
    const text = describeText(
      ask(mesh({ services: [service('shop/reviews', { access: access(...rules) })] })),
    );
    expect(text.split('\n').length).toBeLessThan(24);
    expect(text).toMatch(/and 40 more/);
  });

  test('contains no control characters of documents and requests', () => {
    const nasty = mesh({
      services: [
        service('shop/reviews', {
          ports: [
            port('http', 9080, {
              route: route(
                rule({
                  name: 'a\u001b[2Jb\u202e',
                  action: { type: 'respond', origin, status: 200, body: 'x\u0007\ny' },
                }),
              ),
            }),
          ],
          access: access(deny({})),
        }),
      ],
    });
    const text = describeText(ask(nasty));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through
    expect(text.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(text).toContain('\\x1b[2J');
  });
});
