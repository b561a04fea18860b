import { describe, expect, test } from 'vitest';
import { readMatrix, readVector } from '../../../../src/core/canary/counters/prometheus-answer.ts';

const success = (data: unknown, more: object = {}): string =>
  JSON.stringify({ status: 'success', data, ...more });

describe('answers of the Prometheus HTTP API', () => {
  test('an instant vector, as its documentation has it', () => {
    const text = success({
      resultType: 'vector',
      result: [
        {
          metric: { __name__: 'up', job: 'prometheus', instance: 'localhost:9090' },
          value: [1435781451.781, '1'],
        },
        { metric: { __name__: 'up', job: 'node', instance: 'localhost:9100' }, value: [1435781451.781, '0'] },
      ],
    });
    expect(readVector(text, 'up')).toEqual({
      at: 1435781451.781,
      samples: [
        {
          metric: 'up',
          labels: { __name__: 'up', job: 'prometheus', instance: 'localhost:9090' },
          value: 1,
        },
        { metric: 'up', labels: { __name__: 'up', job: 'node', instance: 'localhost:9100' }, value: 0 },
      ],
    });
  });

  test('an empty vector is an answer', () => {
    expect(readVector(success({ resultType: 'vector', result: [] }), 'up')).toEqual({ samples: [] });
  });

  test('numbers that JSON does not have', () => {
    const values = ['NaN', '+Inf', '-Inf', '1e3'].map((text) => ({ metric: {}, value: [1, text] }));
    expect(readVector(success({ resultType: 'vector', result: values }), '')).toMatchObject({
      samples: [{ value: NaN }, { value: Infinity }, { value: -Infinity }, { value: 1000 }],
    });
  });

  test('a range is sorted by moment', () => {
    const text = success({
      resultType: 'matrix',
      result: [
        {
          metric: { a: '1' },
          values: [
            [20, '2'],
            [10, '1'],
          ],
        },
        { metric: { a: '2' }, values: [[10, '5']] },
      ],
    });
    const matrix = readMatrix(text, 'm') as ReadonlyMap<number, readonly { value: number }[]>;
    expect([...matrix].map(([at, samples]) => [at, samples.map(({ value }) => value)])).toEqual([
      [10, [1, 5]],
      [20, [2]],
    ]);
  });

  test('warnings mean that a part of the answer is missing', () => {
    const text = success({ resultType: 'vector', result: [] }, { warnings: ['a store is unavailable'] });
    expect(readVector(text, 'up')).toEqual({
      cause: 'unreachable',
      why: 'it warns: a store is unavailable',
    });
  });

  test('an error is told in its words', () => {
    const text = JSON.stringify({ status: 'error', errorType: 'bad_data', error: 'parse error at char 3' });
    expect(readVector(text, 'up')).toEqual({
      cause: 'counters',
      why: 'it answers: parse error at char 3',
    });
  });

  test.each([
    ['no JSON', '<html>'],
    ['null', 'null'],
    ['a list', '[]'],
    ['another status', '{"status":"ok"}'],
    ['no data', '{"status":"success"}'],
    ['a scalar', success({ resultType: 'scalar', result: [1, '1'] })],
    ['a matrix', success({ resultType: 'matrix', result: [] })],
    ['a result that is no list', success({ resultType: 'vector', result: {} })],
    ['a value that is a number', success({ resultType: 'vector', result: [{ metric: {}, value: [1, 1] }] })],
    ['a time that is a text', success({ resultType: 'vector', result: [{ metric: {}, value: ['1', '1'] }] })],
    ['no value', success({ resultType: 'vector', result: [{ metric: {} }] })],
    [
      'a label that is no text',
      success({ resultType: 'vector', result: [{ metric: { a: {} }, value: [1, '1'] }] }),
    ],
  ])('%s is no vector', (_, text) => {
    expect(readVector(text, 'up')).toMatchObject({ cause: 'counters' });
  });
});
