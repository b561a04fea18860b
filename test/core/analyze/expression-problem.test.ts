import { describe, expect, test } from 'vitest';
import { checkExpression } from '../../../src/core/analyze/expressions/expression-problem.ts';

describe('the type of an expression', () => {
  test.each([
    ['response.code >= 500', 'bool'],
    ['request.headers["x-tenant"]', 'string'],
    ['request.size + 1', 'int'],
    ['request.time.getFullYear()', 'int'],
    ['metadata.filter_metadata["envoy.lb"]', 'dyn'],
  ])('%s is %s', (text, type) => {
    expect(checkExpression(text)).toEqual({ type });
  });
});

describe('an expression that proxies cannot evaluate', () => {
  test.each([
    ['request.foo', 'invalid'],
    ['tenant', 'invalid'],
    ['1 +', 'invalid'],
    ['response.code == "500"', 'invalid'],
    ['"\\q"', 'invalid'],
    ['9223372036854775808', 'unsupported'],
    ['[1].all(x, x > 0)', 'unsupported'],
    ['request.path.split("/")', 'unsupported'],
    ['string(1)', 'unsupported'],
    ['"a" + request.path', 'unsupported'],
    ['request.path.contains(")%")', 'unsupported'],
    [`request.path.matches("${'.'.repeat(20)}")`, 'unsupported'],
    ['request.path.matches("(")', 'unsupported'],
    [`${'1 + '.repeat(40)}1`, 'unsupported'],
  ])('%s is %s', (text, kind) => {
    expect(checkExpression(text)).toMatchObject({ kind });
  });

  test('the message has the place', () => {
    expect(checkExpression('response.code >= 500 && request.foo == 1')).toMatchObject({
      reason: expect.stringMatching(/foo.*at character \d+/) as unknown,
    });
  });
});
