import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { compilePattern, largestProgram } from '../../src/core/lib/compile-pattern.ts';
import { programSize } from '../../src/core/lib/program-size.ts';

const envoy = process.env['ENVOY'];
const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-patterns-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * Returns the message of a real Envoy about a route with an expression, empty if Envoy accepts it; `level` is the
 * largest program.
 */
function refusal(regex: string, level: number): string {
  const router = { '@type': 'type.googleapis.com/envoy.extensions.filters.http.router.v3.Router' };
  const manager = {
    '@type':
      'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
    stat_prefix: 'a',
    http_filters: [{ name: 'envoy.filters.http.router', typed_config: router }],
    route_config: {
      virtual_hosts: [
        {
          name: 'all',
          domains: ['*'],
          routes: [{ match: { safe_regex: { regex } }, direct_response: { status: 200 } }],
        },
      ],
    },
  };
  const config = {
    layered_runtime: { layers: [{ name: 'a', static_layer: { 're2.max_program_size.error_level': level } }] },
    static_resources: {
      listeners: [
        {
          name: 'a',
          address: { socket_address: { address: '127.0.0.1', port_value: 0 } },
          filter_chains: [{ filters: [{ name: 'http', typed_config: manager }] }],
        },
      ],
    },
  };
  const file = path.join(folder, 'config.json');
  writeFileSync(file, JSON.stringify(config));
  const ran = spawnSync(envoy ?? '', ['--mode', 'validate', '-l', 'error', '-c', file], { encoding: 'utf8' });
  return ran.status === 0 ? '' : ran.stderr;
}

const repeated = (count: number): string =>
  'a{1000}'.repeat(Math.floor(count / 1000)) + (count % 1000 === 0 ? '' : `a{${String(count % 1000)}}`);

/** Istio's sidecars start with this level (in their bootstrap), our Envoys with a larger one. */
const istio = 32_768;

/** The largest expressions of several kinds that validate accepts. */
const borders: Readonly<Record<string, (count: number) => string>> = {
  'a counted letter': repeated,
  'optional parts': (count) => `(?:[^,]+,){0,${String(count)}}`,
  'named classes': (count) => `(?:\\pL|\\W){${String(count)}}`,
  captures: (count) => `(?:(a)|(b*)){${String(count)}}`,
};

test.skipIf(envoy === undefined).each(Object.entries(borders))(
  'a real Envoy accepts the largest expression that validate accepts: %s',
  (_, make) => {
    let largest = 1;
    while (isTaken(make(largest + 1))) largest += 1;
    expect(refusal(make(largest), istio)).toBe('');
    expect(() => compilePattern(make(largest + 1))).toThrow();
  },
);

/** RE2 accepts no count above 1000, whatever the size of the program. */
function isTaken(pattern: string): boolean {
  const counts = [...pattern.matchAll(/(\d+)\}/g)].map(([, count]) => Number(count));
  return programSize(pattern) <= largestProgram && counts.every((count) => count <= 1000);
}

test.skipIf(envoy === undefined)('a real Envoy refuses a program just above the limit of sidecars', () => {
  // The program has four instructions around the letters.
  expect(refusal(repeated(istio - 4), istio)).toBe('');
  expect(refusal(repeated(istio - 3), istio)).toContain('program size of 32769 > max program size of 32768');
});

test.skipIf(envoy === undefined)('RE2 itself refuses programs larger than its memory, at any level', () => {
  expect(refusal(repeated(700_000), 4_294_967_295)).toContain('pattern too large');
});

const samples = [
  '/reviews/[0-9]+(?:/(?:a|b?|[^/]{1,30}))*',
  '(?i)(?:é|[à-ü]|\\PS|[\\W\\pP]){3,9}x*?',
  '(?:(|a)*|(b?)+|(?:c*)?){2,}',
  '(?:\\Qa+\\E|[]x]|[^]é]|\\x41|\\x{e9}|\\.){0,7}',
  '(?:(?:^)*\\b|(?:$)+){4}(?:a{2}){3,}',
];

test.skipIf(envoy === undefined).each(samples)(
  'the bound of %s is no less than its size in Envoy',
  (pattern) => {
    const size = Number(/program size of (\d+)/.exec(refusal(pattern, 0))?.[1]);
    expect(size).toBeGreaterThan(0);
    expect(programSize(pattern)).toBeGreaterThanOrEqual(size);
  },
);
