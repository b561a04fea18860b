import { http1Methods } from '../../lib/http1-methods.ts';
import type { Test } from '../condition.ts';
import type { Value } from '../values.ts';

/** Returns the values of the method: each that a rule names, and one that no rule names. */
export function methodValues(tests: readonly Test[]): readonly Value[] {
  const lists = tests.map((test) => (test.of === 'method' ? new Set(test.methods) : new Set<string>()));
  const named = new Set(lists.flatMap((list) => [...list]));
  const other = [...usual, ...further, 'OTHER', 'OTHERX'].find((method) => !named.has(method)) ?? 'OTHERXX';
  const methods = [...named, other].sort((a, b) => position(a) - position(b));
  const answers = (method: string): boolean[] => lists.map((list) => list.has(method));
  return methods.map((method) => ({ answers: answers(method), part: { of: 'method', method } }));
}

/** Methods for requests that no rule names, the best known first. */
const usual = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE'];

/** Methods that proxies pass on without conditions, for rules that name all usual ones. */
const further = [...http1Methods].filter((method) => method !== 'CONNECT' && method !== 'QUERY');

function position(method: string): number {
  const found = usual.indexOf(method);
  return found < 0 ? usual.length : found;
}
