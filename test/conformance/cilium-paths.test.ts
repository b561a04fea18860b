import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { normalisePath } from '../../src/core/semantics/normalise-path.ts';
import { pathPatterns } from '../../src/core/targets/cilium/access/path-pattern.ts';
import { freePorts } from '../components/free-ports.ts';

const envoy = process.env['ENVOY'] ?? '';
const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-cilium-paths-'));

/** Spellings of paths, some of which a server reads as /secret. */
const spellings = [
  ...[
    '/secret',
    '/secret/1',
    '/secret?x',
    '//secret',
    '/a/../secret',
    '/./secret',
    '/%73ecret',
    '/secre%74/1',
  ],
  ...['/%2fsecret', '/a/%2e%2e/secret', '/a/..%2fsecret', '/a\\..\\secret', '/\\secret', '/a/.%2e/secret'],
  ...['/a/..;/secret', '/a/..;x/secret', '/.;/secret', '/x/%2e%2e;/secret', '/secret;x', '/;/secret'],
  ...['/secret/.', '/secret/..', '/secret/../x', '///secret//1', '/a/b/../../secret', '/x%5c..%5csecret'],
  ...[
    '/secret%00',
    '/%5csecret',
    '/%2e/secret',
    '/secrets',
    '/secre',
    '/open/secret',
    '/',
    '/a?b=/../secret',
  ],
];

/** Returns an Envoy that reads paths as Cilium's does (`http-normalize-path`), and lets in what patterns take. */
function configOf(patterns: readonly string[], port: number): object {
  const type = 'type.googleapis.com/envoy.extensions.filters';
  const permissions = patterns.map((regex) => ({
    header: { name: ':path', string_match: { safe_regex: { regex } } },
  }));
  const rules = { action: 'ALLOW', policies: { rule: { permissions, principals: [{ any: true }] } } };
  const manager = {
    '@type': `${type}.network.http_connection_manager.v3.HttpConnectionManager`,
    stat_prefix: 'a',
    normalize_path: true,
    merge_slashes: true,
    path_with_escaped_slashes_action: 'UNESCAPE_AND_REDIRECT',
    http_filters: [
      { name: 'rbac', typed_config: { '@type': `${type}.http.rbac.v3.RBAC`, rules } },
      { name: 'router', typed_config: { '@type': `${type}.http.router.v3.Router` } },
    ],
    route_config: {
      virtual_hosts: [
        {
          name: 'all',
          domains: ['*'],
          routes: [{ match: { prefix: '/' }, direct_response: { status: 200 } }],
        },
      ],
    },
  };
  const address = { socket_address: { address: '127.0.0.1', port_value: port } };
  const chains = [{ filters: [{ name: 'http', typed_config: manager }] }];
  return { static_resources: { listeners: [{ name: 'a', address, filter_chains: chains }] } };
}

/** Returns the status of a request whose path is sent as it is. */
async function statusOf(sent: string, port: number): Promise<string> {
  const socket = net.connect(port, '127.0.0.1');
  socket.write(`GET ${sent} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`);
  let text = '';
  for await (const data of socket) text += String(data);
  return text.split(' ')[1] ?? '';
}

describe.skipIf(envoy === '')("Cilium's patterns on an Envoy that normalises paths as Cilium's", () => {
  let port = 0;
  let stop = (): Promise<unknown> => Promise.resolve();

  beforeAll(async () => {
    [port = 0] = await freePorts(1);
    const patterns = pathPatterns({ of: undefined, but: [{ type: 'prefix', value: '/secret' }] });
    const file = path.join(folder, 'envoy.json');
    writeFileSync(file, JSON.stringify(configOf(patterns as readonly string[], port)));
    const child = spawn(envoy, ['-c', file, '--use-dynamic-base-id', '--concurrency', '1', '-l', 'error']);
    stop = () => {
      child.kill();
      return once(child, 'exit');
    };
    for (let tries = 0; tries < 600; tries += 1) {
      if ((await statusOf('/', port).catch(() => '')) === '200') return;
      await new Promise((wait) => setTimeout(wait, 100));
    }
    throw new Error('Envoy does not get ready');
  });

  afterAll(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(spellings)(
    'take no path beside a denied one that the language reads as denied: %s',
    async (sent) => {
      const [asked = '', query] = sent.split('?');
      const read = normalisePath(asked, query);
      const isAllowed = read !== undefined && !`${read}/`.startsWith('/secret/');
      const status = await statusOf(sent, port);
      if (!isAllowed) expect(['400', '403', '307']).toContain(status);
      // No pattern for several paths takes a `;`, as the record of the target says.
      else expect(status).toBe(sent.includes(';') ? '403' : '200');
    },
  );
});
