import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ObjectArtifact } from '../../src/core/targets/artifact.ts';
import cilium from '../../src/core/targets/cilium/index.ts';
import { meshCases } from '../cases/cases.ts';
import { linkedMesh } from '../cases/linked-mesh.ts';
import { askedPolicies } from './harness/cilium/policy-engine.ts';
import { namedDifferences } from './harness/servers/named-differences.ts';
import { isServed, type ServerCall, serverCalls } from './harness/servers/server-calls.ts';

const program = process.env['CILIUM_POLICY'] ?? '';
const envoy = process.env['ENVOY'] ?? '';
const context = { version: '1.20', options: {} };

const counts = { compared: 0, allowed: 0, named: new Map<string, number>() };
const patterns = new Set<string>();

describe.skipIf(program === '')("Cilium's own policy engine", () => {
  test.each(meshCases())('lets in whom the language lets in: $name', (meshCase) => {
    const ir = linkedMesh(meshCase.directory, meshCase.environment);
    const calls = serverCalls(meshCase, ir);
    const policies = cilium
      .lower(ir, context)
      .filter((one): one is ObjectArtifact => one.kind === 'CiliumNetworkPolicy');
    const said = askedPolicies(program, ir, policies, calls);
    for (const pattern of said.patterns) patterns.add(pattern);
    const reasonOf = namedDifferences(ir, cilium, context.version, refusalReason);
    const wrong: string[] = [];
    for (const [index, call] of calls.entries()) {
      const verdict = said.verdicts[index];
      if (verdict === undefined) throw new Error('an answer is missing');
      const isAllowed = isServed(ir, call);
      counts.compared += 1;
      if (isAllowed) counts.allowed += 1;
      if (isAllowed === verdict.allowed) continue;
      const reason = reasonOf(call, verdict.allowed);
      if (reason === undefined) wrong.push(`${JSON.stringify(call.request)} ${JSON.stringify(verdict)}`);
      else counts.named.set(reason, (counts.named.get(reason) ?? 0) + 1);
    }
    expect(wrong.slice(0, 20).join('\n')).toBe('');
  });

  test('was asked enough, and lets enough calls in', () => {
    console.log(JSON.stringify({ ...counts, named: [...counts.named] }));
    expect(counts.compared).toBeGreaterThan(10_000);
    expect(counts.allowed).toBeGreaterThan(3000);
  });

  test.skipIf(envoy === '')('has patterns that Envoy takes with its built-in limits', () => {
    expect(patterns.size).toBeGreaterThan(20);
    expect(refusalOf([...patterns])).toBe('');
    expect(refusalOf(['a'.repeat(150)])).toContain('max program size');
  });
});

/** Returns the reason, in the record of the target, for a refusal that no limit names. */
function refusalReason({ caller, service: { exposeTo }, request }: ServerCall): string | undefined {
  if (exposeTo !== 'all' && caller.namespace !== undefined && !exposeTo.includes(caller.namespace))
    return 'at each use: service.expose-to';
  const names = request.headers.map(({ name }) => name);
  return new Set(names).size < names.length ? 'lines of a header are one value' : undefined;
}

/** Returns the message of a real Envoy about routes with these patterns; empty if Envoy takes them. */
function refusalOf(all: readonly string[]): string {
  const type = 'type.googleapis.com/envoy.extensions.filters';
  const routes = all.map((regex) => ({ match: { safe_regex: { regex } }, direct_response: { status: 200 } }));
  const manager = {
    '@type': `${type}.network.http_connection_manager.v3.HttpConnectionManager`,
    stat_prefix: 'a',
    http_filters: [
      { name: 'envoy.filters.http.router', typed_config: { '@type': `${type}.http.router.v3.Router` } },
    ],
    route_config: { virtual_hosts: [{ name: 'all', domains: ['*'], routes }] },
  };
  const config = {
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
  const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-cilium-'));
  const file = path.join(folder, 'config.json');
  writeFileSync(file, JSON.stringify(config));
  const ran = spawnSync(envoy, ['--mode', 'validate', '-l', 'error', '-c', file], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return ran.status === 0 ? '' : ran.stderr;
}
