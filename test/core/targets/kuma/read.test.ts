import { expect, test } from 'vitest';
import { parseRequest } from '../../../../src/core/explain/request/parse-request.ts';
import { decide } from '../../../../src/core/semantics/decide.ts';
import { checkWritten, importCases, importTexts } from '../../import/import-case.ts';

const found = importCases().find(({ platform }) => platform === 'kuma');
const { ir } = checkWritten(await importTexts('kuma', found?.native ?? {}));

function outcome(data: Readonly<Record<string, unknown>>) {
  if (ir === undefined) throw new Error('the written mesh does not link');
  const read = parseRequest(data, ir);
  if ('problem' in read) throw new Error(read.problem);
  return decide(ir, read.request);
}

// Derived from the policies of the case: lists add up, a deny wins, and a prefix that ends within a name is no namespace.
test.each([
  ['an account that is allowed', 'shop/web', 'shop/books', 'forwarded'],
  [
    'an account of a namespace that is allowed',
    'spiffe://shop.example/ns/ops/sa/job',
    'shop/books',
    'forwarded',
  ],
  ['an account that is denied beside', 'spiffe://shop.example/ns/ops/sa/guest', 'shop/books', 'refused'],
  ['a namespace that begins alike', 'spiffe://shop.example/ns/open/sa/job', 'shop/books', 'refused'],
  ['a service that the old form allows', 'shop/books', 'shop/web', 'forwarded'],
  [
    'callers that nobody finds are not let in',
    'spiffe://shop.example/ns/shop/sa/other',
    'shop/web',
    'refused',
  ],
])('%s', (_, from, to, expected) => {
  expect(outcome({ from, to, path: '/x' }).outcome).toBe(expected);
});

test('a more specific match comes first, whatever the order of the object', () => {
  expect(outcome({ from: 'shop/web', to: 'shop/books', path: '/a/b' })).toMatchObject({
    rewritten: { path: '/new' },
    mirrors: [{ service: 'shop/books-v2', share: 0.025 }],
  });
  expect(outcome({ from: 'shop/web', to: 'shop/books', path: '/a/longer/x' })).toMatchObject({
    outcome: 'redirected',
    status: 301,
  });
  expect(outcome({ from: 'shop/web', to: 'shop/books', path: '/a/c' })).toMatchObject({
    backends: [
      { service: 'shop/books', share: 0.9 },
      { service: 'shop/books-v2', share: 0.1 },
    ],
    timeout: 2000,
  });
});

test('the rest goes to the service itself, and methods without a condition are not tried again', () => {
  expect(outcome({ from: 'shop/web', to: 'shop/books', path: '/other' })).toMatchObject({
    outcome: 'forwarded',
    backends: [{ service: 'shop/books', share: 1 }],
    tries: 3,
  });
  expect(outcome({ from: 'shop/web', to: 'shop/books', path: '/other', method: 'PUT' })).toMatchObject({
    tries: 1,
  });
});
