#!/usr/bin/env node
// Stands for an Envoy where the subject is how processes are started and ended: it answers at the admin address of its
// bootstrap with the node id (or that of PROXY_NODE), and goes on without its parent, unlike Envoy on Linux.
import { appendFileSync, readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const words = process.argv.slice(2);
if (words.includes('--version')) {
  process.stdout.write('envoy  version: 0/1.40.0/Clean/RELEASE/BoringSSL\n');
} else {
  const folder = path.dirname(process.argv[1]);
  const { node, admin } = JSON.parse(readFileSync(words[words.indexOf('-c') + 1], 'utf8'));
  const { address, port_value: port } = admin.address.socket_address;
  appendFileSync(
    path.join(folder, 'started.ndjson'),
    `${JSON.stringify({ id: node.id, pid: process.pid, words, cwd: process.cwd() })}\n`,
  );
  if (node.id.includes('-broken-')) {
    process.stderr.write(
      '[2026-01-01 00:00:00.000][1][critical][main] [source/server/server.cc:1] no such cluster\n',
    );
    process.exit(1);
  }
  const about = {
    node: { id: process.env.PROXY_NODE ?? node.id },
    uptime_current_epoch: '1s',
    version: '0/1.40.0/Clean/RELEASE/BoringSSL',
  };
  http
    .createServer((request, response) =>
      response.end(request.url.startsWith('/server_info') ? JSON.stringify(about) : 'LIVE\n'),
    )
    .listen(port, address);
}
