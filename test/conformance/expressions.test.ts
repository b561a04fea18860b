import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attributes } from '../../src/core/analyze/expressions/attributes.ts';
import { checkExpression } from '../../src/core/analyze/expressions/expression-problem.ts';

const envoy = process.env['ENVOY'];
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'meshwright-expressions-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const type = (name: string): string => `type.googleapis.com/envoy.${name}`;

/** Returns true if a real Envoy accepts these expressions, as conditions of access logs and as values in lines. */
function accepts(expressions: readonly string[]): boolean {
  const logs = expressions.map((expression) => ({
    name: 'log',
    filter: {
      extension_filter: {
        name: 'cel',
        typed_config: {
          '@type': type('extensions.access_loggers.filters.cel.v3.ExpressionFilter'),
          expression,
        },
      },
    },
    typed_config: {
      '@type': type('extensions.access_loggers.stream.v3.StdoutAccessLog'),
      log_format: { json_format: { value: `%CEL(${expression})%` } },
    },
  }));
  const proxy = {
    '@type': type('extensions.filters.network.tcp_proxy.v3.TcpProxy'),
    stat_prefix: 'x',
    cluster: 'x',
    access_log: logs,
  };
  const listener = {
    name: 'l',
    address: { socket_address: { address: '127.0.0.1', port_value: 0 } },
    filter_chains: [{ filters: [{ name: 'tcp', typed_config: proxy }] }],
  };
  const file = path.join(folder, 'bootstrap.json');
  const clusters = [{ name: 'x', load_assignment: { cluster_name: 'x' } }];
  writeFileSync(file, JSON.stringify({ static_resources: { listeners: [listener], clusters } }));
  try {
    execFileSync(envoy ?? '', ['--mode', 'validate', '-c', file, '-l', 'off'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

const levels = (count: number, open: string, inside: string, close: string): string =>
  open.repeat(count) + inside + close.repeat(count);

const patterns = [
  ...[
    'a',
    '.',
    '[^/]',
    '[^a-c/]',
    '\\\\d',
    '\\\\S',
    '\\\\W',
    '(?i)k',
    '(?:/.*)?',
    '[a-z0-9_-]',
    'a|b',
    '(a)',
    '[^\\\\d]',
  ],
].flatMap((pattern) =>
  [1, 5, 7, 8, 9, 10, 12, 20, 40, 60, 80, 87, 90, 100].flatMap((count) => [
    `request.path.matches("${pattern.repeat(count)}")`,
    `request.path.matches("(?:${pattern}){1,${String(count)}}")`,
    `request.path.matches("(?:${pattern}){${String(count)},}")`,
  ]),
);

const expressions = [
  ...Object.entries(attributes).flatMap(([name, fields]) =>
    typeof fields === 'string' ? [name] : Object.keys(fields).map((field) => `${name}.${field}`),
  ),
  ...[1, 5, 10, 15, 20, 22, 23, 24, 25, 30, 40].flatMap((count) => [
    levels(count, '(', '1', ')'),
    levels(count, '[', '1', ']'),
    levels(count, 'size(', '""', ')'),
    levels(count, '!', 'true', ''),
    levels(count, '-', '1', ''),
    `${'1 + '.repeat(count)}1`,
    `${'true && '.repeat(count)}true`,
    `${'true || false && '.repeat(count)}true`,
    `${'true ? 1 : '.repeat(count)}1`,
    `request.headers${'[request.path]'.slice(0, 14)}${' == "" == true'.repeat(count)}`,
    `metadata${'.a'.repeat(count)}`,
    `metadata${'["a"]'.repeat(count)}`,
    levels(count, 'metadata[', '"a"', ']'),
    levels(count, '{"a": ', '1', '}'),
  ]),
  ...[
    '9223372036854775807',
    '-9223372036854775807',
    '18446744073709551615u',
    '0xffff',
    '1.5e300',
    '.5',
    '1e-7',
  ],
  ...[
    '"\\u00e9"',
    "b'\\377'",
    'r"\\d"',
    '"""a"""',
    "'%'",
    '"a\\tb"',
    'null',
    '[]',
    '{}',
    '[1, 2]',
    '{"a": 1}',
  ],
  ...[
    'request.headers["x"] in ["a", "b"]',
    '"x" in request.headers',
    'has(request.headers.x)',
    'type(1) == int',
  ],
  ...[
    'duration("1s") < request.duration',
    'request.time > timestamp("2020-01-01T00:00:00Z")',
    'dyn(1) == "a"',
  ],
  ...['int("1")', 'uint(1)', 'double("1.5")', 'bool("true")', 'bytes("a")', 'timestamp(1)', 'size([1])'],
  ...['getFullYear', 'getMonth', 'getDate', 'getDayOfMonth', 'getDayOfWeek', 'getDayOfYear', 'getHours'].map(
    (name) => `request.time.${name}()`,
  ),
  ...['getMinutes', 'getSeconds', 'getMilliseconds'].map((name) => `request.time.${name}("UTC")`),
  ...['1 / 0', '1 % 0', '1u + 1u', '1.0 * 2.0', '1 != 2', 'true == !false', 'request.time - request.time'],
  ...patterns,
];

test.skipIf(envoy === undefined)('a real Envoy accepts every expression that the check accepts', () => {
  const taken = expressions.filter((text) => 'type' in checkExpression(text));
  expect(taken.length).toBeGreaterThan(200);
  expect(accepts(taken) ? [] : taken.filter((text) => !accepts([text]))).toEqual([]);
});

test.skipIf(envoy === undefined)('and refuses expressions that the check refuses', () => {
  const refused = [
    '[1].all(x, x > 0)',
    'request.path.split("/")',
    'string(1)',
    'request.path.contains(")%")',
  ];
  expect(refused.filter((text) => accepts([text]))).toEqual([]);
  expect(refused.filter((text) => 'type' in checkExpression(text))).toEqual([]);
});
