import { describe, expect, test } from 'vitest';
import { askMeaning } from '../../../src/core/suite/ask-meaning.ts';
import { shop, suitesOf, suiteText } from './shop.ts';

/** Returns the fields that differ, with the found values. */
function differing(written: string): Readonly<Record<string, string>> {
  const { suites, diagnostics } = suitesOf(suiteText(written));
  expect(diagnostics).toEqual([]);
  const [one] = suites[0]?.tests ?? [];
  if (one === undefined) throw new Error('there is no test');
  const result = askMeaning(one, shop);
  expect(result.state).toBe(result.mismatches.length === 0 ? 'passed' : 'failed');
  return Object.fromEntries(result.mismatches.map(({ field, got }) => [field, got]));
}

const tester = 'request: {path: /, headers: {x-user: tester}}';

describe('an expectation holds', () => {
  test.each([
    ['a word', 'request: GET /, expect: forwarded'],
    ['a status of an answer of the mesh', 'request: GET /admin/x, expect: 403'],
    ['a word and a status', 'request: GET /admin, expect: {outcome: refused, status: 403}'],
    ['shares by version', 'request: /, expect: {backends: {v1: 90%, v2: 10%}}'],
    [
      'shares by service and version',
      'request: /, expect: {backends: {shop/reviews@v1: 90, reviews@v2: 10}}',
    ],
    ['the share of a service in all versions', 'request: /, expect: {backends: {reviews: 100%}}'],
    ['the share of copies', 'request: /, expect: {mirrors: {v2: 5%}}'],
    ['tries, timeout and conditions', `${tester}, expect: {tries: 3, timeout: 2s, retryOn: ["503", reset]}`],
    ['no limit of a try', `${tester}, expect: {perTryTimeout: 0s}`],
    ['changes of headers', `${tester}, expect: {requestHeaders: {set: {X-Mesh: "1"}}}`],
    ['a redirect', 'request: /old/a, expect: {location: "http://reviews.shop/new"}'],
    ['a fault', 'request: /, expect: {fault: {delay: {duration: 2s, percent: 1%}}}'],
    ['limits', 'request: /, expect: {rateLimited: [{at: rule, requests: 10, per: 1s}]}'],
    ['no limits', `${tester}, expect: {rateLimited: []}`],
    ['the port by name', 'request: /, expect: {port: http}'],
    ['the port by number', 'request: /, expect: {port: 80}'],
    [
      'the request as the server gets it',
      'request: "/a?b=c", expect: {rewritten: {path: "/a?b=c", host: reviews.shop}}',
    ],
    ['a line', 'request: /, expect: {decidedBy: "access.yaml:7"}'],
    ['a line with its column', 'request: /admin, expect: {decidedBy: ["access.yaml:9:13"]}'],
    ['a part of the text beside a line', 'request: /, expect: {decidedBy: [rule everybody, allow]}'],
  ])('%s', (_name, written) => {
    expect(differing(`{${written}}`)).toEqual({});
  });
});

describe('an expectation fails', () => {
  test.each([
    [
      'another word',
      'request: /, expect: refused',
      { outcome: 'forwarded to shop/reviews@v1 90%, shop/reviews@v2 10%' },
    ],
    [
      'a status of a forwarded request',
      'request: /, expect: 200',
      { outcome: 'forwarded to shop/reviews@v1 90%, shop/reviews@v2 10%' },
    ],
    [
      'another status',
      'request: /admin, expect: {outcome: refused, status: 401}',
      { status: 'refused 403: a deny rule takes the call' },
    ],
    [
      'fields of a forwarded request',
      'request: /admin, expect: {tries: 1}',
      { outcome: 'refused 403: a deny rule takes the call' },
    ],
    [
      'another share',
      'request: /, expect: {backends: {v1: 80%, v2: 20%}}',
      { backends: 'shop/reviews@v1 90%, shop/reviews@v2 10%' },
    ],
    [
      'a share that is a ten-thousandth off',
      'request: /, expect: {backends: {v1: 89.9999%, v2: 10.0001%}}',
      { backends: 'shop/reviews@v1 90%, shop/reviews@v2 10%' },
    ],
    [
      'a share that is not listed',
      'request: /, expect: {backends: {v1: 90%}}',
      { backends: 'shop/reviews@v1 90%, shop/reviews@v2 10%' },
    ],
    ['another share of copies', 'request: /, expect: {mirrors: {v2: 6%}}', { mirrors: 'shop/reviews@v2 5%' }],
    ['copies where there are none', `${tester}, expect: {mirrors: {v2: 5%}}`, { mirrors: 'none' }],
    ['another timeout', `${tester}, expect: {timeout: 3s}`, { timeout: '2s' }],
    ['another number of tries', `${tester}, expect: {tries: 2}`, { tries: '3' }],
    ['a limit of a try', `${tester}, expect: {perTryTimeout: 1s}`, { perTryTimeout: '0s' }],
    ['a condition less', `${tester}, expect: {retryOn: [reset]}`, { retryOn: '503, reset' }],
    [
      'another value of a header',
      `${tester}, expect: {requestHeaders: {set: {x-mesh: "2"}}}`,
      { 'requestHeaders.set.x-mesh': '1' },
    ],
    [
      'a header that is not removed',
      `${tester}, expect: {responseHeaders: {remove: [server]}}`,
      { 'responseHeaders.remove': 'no such change' },
    ],
    [
      'another location',
      'request: /old, expect: {location: "http://reviews.shop/old"}',
      { location: 'http://reviews.shop/new' },
    ],
    [
      'another delay',
      'request: /, expect: {fault: {delay: {duration: 1s, percent: 2%}}}',
      { 'fault.delay.duration': '2s', 'fault.delay.percent': '1%' },
    ],
    [
      'an abort where there is none',
      'request: /, expect: {fault: {abort: {status: 503}}}',
      { 'fault.abort.status': 'none', 'fault.delay': '2s for 1%' },
    ],
    [
      'another limit',
      'request: /, expect: {rateLimited: [{requests: 11}]}',
      { rateLimited: 'rule: 10 in 1s, burst 0' },
    ],
    [
      'no limit where there is one',
      'request: /, expect: {rateLimited: []}',
      { rateLimited: 'rule: 10 in 1s, burst 0' },
    ],
    ['another port', 'request: /, expect: {port: 81}', { port: 'http (80)' }],
    [
      'another path at the server',
      'request: /a, expect: {rewritten: {path: /b}}',
      { 'rewritten.path': '/a' },
    ],
  ])('%s', (_name, written, found) => {
    expect(differing(`{${written}}`)).toEqual(found);
  });

  test('a line that decides nothing, with those that do', () => {
    const { decidedBy = '' } = differing('{request: /admin, expect: {decidedBy: "access.yaml:7"}}');
    expect(decidedBy).toContain('access.yaml:9 deny');
  });
});
