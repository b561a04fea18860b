import { Environment } from '@marcbachmann/cel-js';
import { describe, expect, test } from 'vitest';
import { addFunctions, programOf } from '../../../src/core/analyze/validations/expression-program.ts';
import { WorkBudget } from '../../../src/core/analyze/validations/work-budget.ts';

const environment = new Environment({ homogeneousAggregateLiterals: false });
addFunctions(environment);
environment.registerVariable('any', 'dyn');

/** Returns the value of an expression as JSON, `error` if it has none, or `refused` if it is no program. */
function valueOf(text: string, any: unknown = 0n): unknown {
  const program = programOf(text, { cel: environment, fieldNames: new Set() }, new WorkBudget());
  if ('problem' in program) return 'refused';
  const result = program.evaluate({ any });
  if ('value' in result) return plain(result.value);
  return 'failure' in result ? 'error' : 'exceeded';
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  return value;
}

/** Cases from the definition of CEL (cel-spec, doc/langdef.md), section by section. */
describe('an expression has the value that CEL defines', () => {
  test.each([
    // Values and literals
    ['0x1F == 31', true],
    ['1u == 1u', true],
    ['1.5e2 == 150.0', true],
    ['r"\\d" == "\\\\d"', true],
    ['"\\u00e9" == "é"', true],
    ['b"abc" == b"abc"', true],
    ['null == null', true],
    ['9223372036854775807', 9223372036854775807],
    ['9223372036854775808', 'refused'],
    // Arithmetic
    ['7 / 2', 3],
    ['-7 / 2', -3],
    ['-7 % 2', -1],
    ['1 / 0', 'error'],
    ['1 % 0', 'error'],
    ['9223372036854775807 + 1', 'error'],
    ['1.0 / 0.0 > 1e308', true],
    ['1 + 1.0', 'refused'],
    ['"a" + "b"', 'ab'],
    ['[1] + [2, 3]', [1, 2, 3]],
    ['2 + 3 * 4', 14],
    ['(2 + 3) * 4', 20],
    // Equality and order
    ['1 == 1.0', 'refused'],
    ['dyn(1) == 1.0', true],
    ['dyn(1) == "1"', false],
    ['[1, 2] == [1, 2]', true],
    ['[1, 2] == [2, 1]', false],
    ['{"a": 1, "b": 2} == {"b": 2, "a": 1}', true],
    ['"a" < "b"', true],
    ['"a" < 1', 'refused'],
    ['1 < 2.5', true],
    ['true > false', true],
    // Logic: commutative, an error is absorbed
    ['true || 1 / 0 == 1', true],
    ['1 / 0 == 1 || true', true],
    ['false && 1 / 0 == 1', false],
    ['1 / 0 == 1 && false', false],
    ['1 / 0 == 1 || false', 'error'],
    ['1 / 0 == 1 && true', 'error'],
    ['true ? 1 : 2', 1],
    ['false ? 1 / 0 : 2', 2],
    ['!true', false],
    // Strings
    ['"héllo".size()', 5],
    ['size("😀")', 1],
    ['"hello".startsWith("he") && "hello".endsWith("lo") && "hello".contains("ell")', true],
    ['"hello".matches("ell")', true],
    ['"hello".matches("^ell$")', false],
    ['matches("hello", "h.*o")', true],
    ['"HELLO".matches("(?i)hello")', true],
    ['"a".matches("(a)\\\\1")', 'error'],
    ['"a".matches("a(?!b)")', 'error'],
    // Lists and maps
    ['2 in [1, 2, 3]', true],
    ['"a" in {"a": 1}', true],
    ['"b" in {"a": 1}', false],
    ['[1, 2][1]', 2],
    ['[1, 2][2]', 'error'],
    ['{"a": 1}.a', 1],
    ['{"a": 1}["b"]', 'error'],
    ['size([1, 2]) + size({"a": 1})', 3],
    ['[1, "a"].size()', 2],
    // Macros
    ['[{"a": 1}].all(m, has(m.a))', true],
    ['[{"a": 1}].exists(m, has(m.b))', false],
    ['[1, 2, 3].all(e, e > 0)', true],
    ['[].all(e, e == 1)', true],
    ['[1, 2, 3].all(e, 6 / (2 - e) == 6)', false],
    ['[1, 2, 3].all(e, e / 0 != 17)', 'error'],
    ['[1, 2, 3].exists(e, e == 2)', true],
    ['[].exists(e, e == 2)', false],
    ['[0, 1].exists(e, 1 / e == 1)', true],
    ['[6, 7, 8].exists_one(x, x % 5 == 2)', true],
    ['[3, 2, 1, 0].exists_one(x, 12 / x > 1)', 'error'],
    ['[1, 2, 3].map(x, x * x)', [1, 4, 9]],
    ['[2, 1, 0].map(x, 4 / x)', 'error'],
    ['[1, 2, 3].map(x, x > 1, x * 10)', [20, 30]],
    ['[0, 1, 2, 3].filter(x, x % 2 == 1)', [1, 3]],
    ['{"k1": 1, "k2": 2}.exists(k, k == "k2")', true],
    ['{"k1": 1}.map(k, k)', ['k1']],
    ['[[1], [2, 3]].all(l, l.exists(x, x > 0))', true],
    // Conversions and types
    ['int("42")', 42],
    ['int("x")', 'error'],
    ['int(3.9)', 3],
    ['int(-3.9)', -3],
    ['double("2.5") == 2.5', true],
    ['string(7)', '7'],
    ['bool("true")', true],
    ['uint(7) == 7u', true],
    ['uint(-1)', 'error'],
    ['type(1) == int && type("a") == string', true],
    // Durations
    ['duration("1m30s") == duration("90s")', true],
    ['duration("1h") > duration("59m")', true],
    ['duration("1s") + duration("500ms") == duration("1.5s")', true],
    ['duration("90m").getHours()', 1],
    ['duration("90s").getSeconds()', 90],
    ['duration("one")', 'error'],
    // Unknown names
    ['foo', 'refused'],
    ['any.foo', 'error'],
    ['foo(1)', 'refused'],
  ])('%s', (text, expected) => {
    expect(valueOf(text)).toEqual(expected);
  });
});

/** The differences from CEL that docs/guardrails.md names. */
describe('an expression beyond what validations have is refused', () => {
  test.each([
    'timestamp("2026-01-01T00:00:00Z") == timestamp("2026-01-01T00:00:00Z")',
    '"a,b".split(",").size() == 2',
    '[1, 2].sum() == 3',
    'cel.bind(x, 1, x == 1)',
    '"A".lowerAscii() == "a"',
    'duration("1s").getMilliseconds() == 1000',
    '{1: "a"}[1] == "a"',
    'has({"a": 1}.a)',
    '[].all(e, e > 0)',
    'string(duration("1s")) == "1s"',
    '-9223372036854775808 < 0',
    '{true: "a"}[true] == "a"',
  ])('%s', (text) => {
    expect(valueOf(text)).toBe('refused');
  });
});

test.each([
  ['int(1e19)', 1e19],
  ['"\uffff" < "😀"', false],
])('%s has another value than in CEL', (text, value) => {
  expect(valueOf(text)).toBe(value);
});

describe('the work of an expression is bounded', () => {
  const list = (count: number): bigint[] => Array.from({ length: count }, (_, index) => BigInt(index));

  // Without the bound these are 8,000,000,000 steps, hours beyond the time of a test.
  test('a loop in a loop in a loop ends', () => {
    expect(valueOf('any.all(a, any.all(b, any.all(c, a + b + c >= 0)))', list(2000))).toBe('exceeded');
    expect(valueOf('any.exists(a, any.exists(b, any.exists(c, a + b + c < 0)))', list(2000))).toBe(
      'exceeded',
    );
    expect(valueOf('any.map(a, any.map(b, any.map(c, a))).size() == 0', list(2000))).toBe('exceeded');
    expect(valueOf('any.filter(a, any == any + [a]).size() == 0', list(5000))).toBe('exceeded');
  });

  test('loops over lists of an ordinary size pass', () => {
    expect(valueOf('any.all(a, any.exists(b, a == b))', list(100))).toBe(true);
    expect(valueOf('any.filter(a, a % 2 == 0).size()', list(5000))).toBe(2500);
  });
});

test('a field of another part is not suggested in place of itself', () => {
  environment.registerVariable('self', { schema: { settings: { schema: { timeout: 'int' } } } });
  const scope = { cel: environment, fieldNames: new Set(['settings', 'timeout', 'retries']) };
  const problemOf = (text: string): unknown => {
    const program = programOf(text, scope, new WorkBudget());
    return 'problem' in program ? program.problem : undefined;
  };
  expect(problemOf('self.timeout == 1')).toBe(
    'no field `timeout` is there: it belongs to another part of a document',
  );
  expect(problemOf('self.setings.timeout == 1')).toBe(
    'no field `setings` is there; did you mean "settings"?',
  );
});
