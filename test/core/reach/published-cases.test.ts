import { expect, test } from 'vitest';
import { accessRow } from '../../../src/core/reach/access-row.ts';
import { compareMeshes } from '../../../src/core/reach/compare-meshes.ts';
import { listAccess } from '../../../src/core/reach/list-access.ts';
import { document, linked, mesh } from '../ir/linked.ts';

/**
 * Pairs of AuthorizationPolicies of the published Istio tests of IBM's network-config-analyzer (np-guard), translated by
 * hand, with the verdict that its tests expect: the same connectivity or not. Its methods are the nine of HTTP: a pattern
 * such as `*T` stands for those of them that fit.
 */
const from = 'from: [{service: productpage}]';
const methods = (...names: readonly string[]): string =>
  `{allow: {${from}, to: [{methods: [${names.join(', ')}]}]}}`;
const ports = (port: string): string => `{allow: {${from}, to: [{methods: [GET], ports: [${port}]}]}}`;
const nothing: readonly string[] = [];

test.each<[string, readonly string[], readonly string[], boolean]>([
  ['GET, and PUT', [methods('GET')], [methods('PUT')], false],
  ['PUT, and GET', [methods('PUT')], [methods('GET')], false],
  ['nothing, and GET at port 80', nothing, [ports('http')], false],
  ['GET at port 80, and nothing', [ports('http')], nothing, false],
  ['GET at port 80, and at port 8080', [ports('http')], [ports('admin')], false],
  [
    'all methods but *T, and *AD, *E, *S, TRACE, *CH',
    [methods('HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH')],
    [methods('HEAD'), methods('DELETE', 'TRACE'), methods('OPTIONS'), methods('TRACE'), methods('PATCH')],
    true,
  ],
  [
    'GET and P* but G*, and *T and *H but CONNECT and *ET',
    [`{allow: {${from}, to: [{methods: [GET, POST, PUT, PATCH]}], except: [{to: [{methods: [GET]}]}]}}`],
    [
      `{allow: {${from}, to: [{methods: [GET, POST, PUT, CONNECT]}, {methods: [PATCH]}], except: [{to: [{methods: [CONNECT, GET]}]}]}}`,
    ],
    true,
  ],
  [
    '*T but G*, and POST, PUT, *CT',
    [`{allow: {${from}, to: [{methods: [GET, POST, PUT, CONNECT]}], except: [{to: [{methods: [GET]}]}]}}`],
    [methods('POST', 'PUT', 'CONNECT')],
    true,
  ],
  [
    'every method, and P*, *T, HEAD, DELETE, OPTIONS, TRACE',
    [methods('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH')],
    [
      methods('POST', 'PUT', 'PATCH'),
      methods('GET', 'CONNECT', 'POST'),
      methods('HEAD', 'DELETE', 'OPTIONS', 'TRACE'),
    ],
    true,
  ],
  [
    'GET /foo* and PUT /foo/bar*, and the same cut into other pieces',
    [
      `{allow: {${from}, to: [{methods: [GET], paths: [{startsWith: /foo}]}, {methods: [PUT], paths: [{startsWith: /foo/bar}]}]}}`,
    ],
    [
      `{allow: {${from}, to: [{methods: [GET], paths: [{startsWith: /foo}]}], except: [{to: [{paths: [{startsWith: /foo/bar}]}]}]}}`,
      `{allow: {${from}, to: [{methods: [PUT, GET], paths: [{startsWith: /foo/bar}]}]}}`,
    ],
    true,
  ],
  [
    'a principal that is excluded again, and nothing',
    [`{allow: {${from}, except: [{from: [{service: productpage}]}]}}`],
    nothing,
    true,
  ],
])('%s', (_, one, other, isSame) => {
  const { gained, lost, routing, unproved } = compareMeshes(bookinfo(one), bookinfo(other));
  expect(unproved).toEqual([]);
  expect(routing).toEqual([]);
  expect([...gained, ...lost].length === 0).toBe(isSame);
  // The lists of both say the same: the same callers, ports, methods and paths, whatever the words of the rules.
  const [first, second] = [one, other].map((rules) =>
    [...listAccess(bookinfo(rules), { to: 'shop/details', isUnused: false })].map(accessRow),
  );
  const callers = (rows = first): readonly string[] => [...new Set(rows?.flatMap((row) => row.from))].sort();
  if (isSame) expect(callers(second)).toEqual(callers());
  else expect(JSON.stringify(first)).not.toBe(JSON.stringify(second));
});

function bookinfo(rules: readonly string[]) {
  return linked(
    mesh('mtls: strict', 'access: deny'),
    document('Service', 'productpage', ['ports: {http: {port: 80}}']),
    document('Service', 'reviews', ['ports: {http: {port: 80}}']),
    document('Service', 'details', ['ports: {http: {port: 80}, admin: {port: 8080, protocol: http}}']),
    ...(rules.length === 0
      ? []
      : [document('Access', 'details', ['service: details', `rules: [${rules.join(', ')}]`])]),
  );
}
