import { expect, test } from 'vitest';
import {
  aliveQuery,
  counterQueries,
  rateQueries,
} from '../../../../src/core/canary/counters/prometheus-query.ts';
import { countedArms } from './counted-arms.ts';

test('each query keeps the proxy and the labels that conditions name, and drops all others', () => {
  expect(counterQueries(countedArms).map(({ query }) => query)).toEqual([
    'sum by (pod, code, flags, version) (requests{version="v1"})',
    'sum by (pod, le, version) (ms_bucket{version="v1"})',
    'sum by (pod, code, version) (served{version="v1"})',
    'sum by (pod, code, flags, version) (requests{version="v2"})',
    'sum by (pod, le, version) (ms_bucket{version="v2"})',
    'sum by (pod, code, version) (served{version="v2"})',
  ]);
});

test('a quote or a backslash of a name stays inside its value', () => {
  const matchers = [{ label: 'a', op: '=~', value: 'x\\.y"} or vector(1) or {b="' }] as const;
  expect(aliveQuery({ proxyLabels: ['pod'] }, { metric: 'up', matchers })).toBe(
    'count by (pod) (up{a=~"x\\\\.y\\"} or vector(1) or {b=\\""})',
  );
});

test('the present rate is that of all versions', () => {
  expect(rateQueries(countedArms, 300)).toEqual(['sum(rate(requests{service="api"}[300s]))']);
});
