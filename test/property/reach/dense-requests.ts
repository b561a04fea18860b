import fc from 'fast-check';
import type { Request } from '../../../src/core/semantics/request.ts';

const named = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

const header = fc.record({ name: named('x-a', 'x-b', 'origin'), value: named('', '1', '2', 'ab', 'b') });
const cookie = fc.record({
  name: fc.constant('cookie'),
  value: named('c=1', 'd=ab', 'c="2"; d=', 'c=1; c=2'),
});

/** Requests of callers that rules name, at the edges of the conditions of `arbitrary.ts`. */
export const denseRequests: fc.Arbitrary<Request> = fc
  .record(
    {
      from: named<Request['from']>(
        { type: 'service', id: 'shop/web' },
        { type: 'service', id: 'ops/reviews' },
        { type: 'spiffe', id: 'spiffe://shop.example/ns/ops/sa/other' },
        { type: 'anonymous' },
      ),
      to: named<Request['to']>(
        { type: 'service', id: 'shop/reviews' },
        { type: 'service', id: 'shop/ratings' },
        { type: 'service', id: 'ops/reviews' },
        { type: 'gateway', id: 'shop/public' },
      ),
      method: named('GET', 'POST', 'OPTIONS', 'PUT'),
      path: named('/', '/a', '/a/', '/a/b', '/ab', '/b', '/b/a', '/a/b/c'),
      query: named('q=1', 'q=ab&r=2', 'r=', 'q'),
      headers: fc.array(fc.oneof({ weight: 3, arbitrary: header }, cookie), { maxLength: 3 }),
      claims: named<Request['claims']>(
        { iss: 'https://s.example', role: ['x'] },
        { iss: 'https://s.example', a: { b: 'y' }, scope: 'x y' },
        { iss: 'https://other.example' },
        'invalid',
      ),
    },
    { requiredKeys: ['from', 'to', 'method', 'path', 'headers'] },
  )
  .map(({ query, claims, ...rest }) => ({
    ...rest,
    ...(query !== undefined && { query }),
    ...(claims !== undefined && { claims }),
  }));
