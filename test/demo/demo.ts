import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ask, load } from './ask.ts';
import { perform } from './perform.ts';
import { startProxies } from './proxies.ts';
import type { Show } from './show.ts';
import type { Ports, Stage } from './stage.ts';

/**
 * Walks through one day of a mesh: a spec becomes running proxies, is changed under load, breaks, and is rolled back.
 */
async function demo(show: Show, envoy: string | undefined): Promise<void> {
  const { stage } = show;
  const ports = await stage.prepare();
  show.heading('A mesh is described in Git: four services, one route, two access rules');
  show.tell(
    'testers see reviews v2, everybody else 90 % v1 and 10 % v2;\nonly web may read reviews, only checkout may POST /charge to payments.',
  );
  show.quote(`\n${readFileSync(path.join(stage.root, 'routes.yaml'), 'utf8').trimEnd()}\n`);
  await show.shown('certs', 'init');
  await stage.git('add', '.');
  await stage.git('commit', '--quiet', '--message', 'Describe the shop');
  await show.shown('validate');
  await show.shown('compile', '--target', 'local', '--out', 'preview');
  if (envoy === undefined) {
    show.heading('The rest needs an Envoy');
    await show.shown('explain', 'request', '--from', 'shop/web', '--to', 'shop/payments', 'POST', '/charge');
    show.tell('Left out: apply, the calls, the measured split, the change under load, drift, the rollback.');
    return;
  }
  show.heading('It is applied, and five Envoys run it');
  await stage.openShop(stalls(ports));
  await show.carriedOut('apply', '--yes');
  show.tell(
    `${String(await startProxies(stage, envoy, path.join(stage.root, 'out')))} Envoys are ready, each beside its service; every call between them is mutual TLS.`,
  );
  await calls(show, ports);
  await split(show, ports, 90);
  await changed(show, ports);
  await broken(show);
  await drifted(show);
  await rolledBack(show, ports);
}

async function calls(show: Show, ports: Ports): Promise<void> {
  show.heading('A call that is allowed, and one that is refused');
  const allowed = await ask(port(ports, 21001), 'reviews.shop', 'GET', '/reviews/7');
  show.tell(`web      → GET reviews.shop/reviews/7    ${String(allowed.status)}  ${allowed.body}`);
  const tester = await ask(port(ports, 21001), 'reviews.shop', 'GET', '/reviews/7', { 'x-user': 'tester' });
  show.tell(`web      → the same as tester          ${String(tester.status)}  ${tester.body}`);
  const charged = await ask(port(ports, 22001), 'payments.shop', 'POST', '/charge');
  show.tell(`checkout → POST payments.shop/charge     ${String(charged.status)}  ${charged.body}`);
  const refused = await ask(port(ports, 21001), 'payments.shop', 'POST', '/charge');
  show.tell(`web      → POST payments.shop/charge     ${String(refused.status)}  refused. By which line?`);
  await show.shown('explain', 'request', '--from', 'shop/web', '--to', 'shop/payments', 'POST', '/charge');
}

async function split(show: Show, ports: Ports, asked: number): Promise<void> {
  const total = 1000;
  let first = 0;
  for (let sent = 0; sent < total; sent += 20) {
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => ask(port(ports, 21001), 'reviews.shop', 'GET', '/')),
    );
    first += replies.filter(({ servedBy }) => servedBy === 'reviews v1').length;
  }
  show.tell(
    `${String(total)} requests: ${share(first, total)} % to v1, ${share(total - first, total)} % to v2; asked for ${String(asked)} and ${String(100 - asked)}.`,
  );
}

async function changed(show: Show, ports: Ports): Promise<void> {
  const { stage } = show;
  show.heading('The spec changes: half of the requests to v2, and checkout may read reviews too');
  stage.edit('routes.yaml', (text) =>
    text.replace('weight: 90', 'weight: 50').replace('weight: 10', 'weight: 50'),
  );
  stage.edit('access.yaml', (text) => text.replace('{service: web}', '{service: web}, {service: checkout}'));
  stage.edit('services.yaml', (text) => text.replace('calls: [payments]', 'calls: [payments, reviews]'));
  await stage.git('commit', '--quiet', '--all', '--message', 'Half of the readers see v2');
  await show.shown('plan');
  const stream = load(port(ports, 21001), 'reviews.shop');
  await show.carriedOut('apply', '--yes');
  const { sent, failed, failures } = await stream.stop();
  show.tell(`${String(sent)} requests were under way meanwhile: ${String(failed)} failed.`);
  if (failed > 0) throw new Error(`requests failed during apply: ${failures.slice(0, 3).join('; ')}`);
  await split(show, ports, 50);
  const now = await ask(port(ports, 22001), 'reviews.shop', 'GET', '/');
  show.tell(`checkout → GET reviews.shop/             ${String(now.status)}  ${now.body}`);
}

async function broken(show: Show): Promise<void> {
  const { stage } = show;
  show.heading('Somebody breaks the spec. What CI would say:');
  stage.edit('routes.yaml', (text) => text.replace('{version: v2, weight: 50}', '{version: v3, wieght: 50}'));
  await show.refused(3, 'validate');
  await stage.git('checkout', '--quiet', '--', 'routes.yaml');
}

async function drifted(show: Show): Promise<void> {
  const { stage } = show;
  show.heading('Somebody changes by hand what was applied');
  stage.edit('out/config/current/scopes/shop.web/rds.json', (text) =>
    text.replaceAll('"weight":50', '"weight":80'),
  );
  await show.shown('drift');
}

async function rolledBack(show: Show, ports: Ports): Promise<void> {
  show.heading('The change is rolled back, and CI can not bring it back');
  await show.carriedOut('rollback', '--yes');
  await split(show, ports, 90);
  await show.refused(4, 'apply', '--yes');
  await show.shown('status');
  await show.shown('history');
}

function stalls(ports: Ports): Parameters<Stage['openShop']>[0] {
  return [
    { service: 'payments', version: 'v1', port: port(ports, 23080) },
    { service: 'reviews', version: 'v1', port: port(ports, 24080) },
    { service: 'reviews', version: 'v2', port: port(ports, 25080) },
  ];
}

function port(ports: Ports, written: number): number {
  return ports[String(written)] ?? written;
}

function share(part: number, total: number): string {
  return ((100 * part) / total).toFixed(1);
}

await perform(demo);
