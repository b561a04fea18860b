import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ask, load } from './ask.ts';
import { startProxies } from './proxies.ts';
import { type Ports, Stage } from './stage.ts';

const started = performance.now();
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const indented = (text: string): string => text.replace(/^/gm, '    ');
let chapter = 0;

/**
 * Walks through one day of a mesh: a spec becomes running proxies, is changed under load, breaks, and is rolled back.
 */
async function demo(stage: Stage, envoy: string | undefined): Promise<void> {
  const ports = await stage.prepare();
  heading('A mesh is described in Git: four services, one route, two access rules');
  say(
    indented(
      'testers see reviews v2, everybody else 90 % v1 and 10 % v2;\nonly web may read reviews, only checkout may POST /charge to payments.',
    ),
  );
  await shown(stage, 'certs', 'init');
  await stage.git('add', '.');
  await stage.git('commit', '--quiet', '--message', 'Describe the shop');
  await shown(stage, 'validate');
  await shown(stage, 'compile', '--target', 'local', '--out', 'preview');
  if (envoy === undefined) {
    heading('The rest needs an Envoy');
    await shown(
      stage,
      'explain',
      'request',
      '--from',
      'shop/web',
      '--to',
      'shop/payments',
      'POST',
      '/charge',
    );
    say(
      indented('Left out: apply, the calls, the measured split, the change under load, drift, the rollback.'),
    );
    return;
  }
  heading('It is applied, and five Envoys run it');
  await stage.openShop(stalls(ports));
  await carriedOut(stage, 'apply', '--yes');
  say(
    indented(
      `${String(await startProxies(stage, envoy, path.join(stage.root, 'out')))} Envoys are ready, each beside its service; every call between them is mutual TLS.`,
    ),
  );
  await calls(stage, ports);
  await split(ports, 90);
  await changed(stage, ports);
  await broken(stage);
  await drifted(stage);
  await rolledBack(stage, ports);
}

async function calls(stage: Stage, ports: Ports): Promise<void> {
  heading('A call that is allowed, and one that is refused');
  const allowed = await ask(port(ports, 21001), 'reviews.shop', 'GET', '/reviews/7');
  say(indented(`web      → GET reviews.shop/reviews/7    ${String(allowed.status)}  ${allowed.body}`));
  const tester = await ask(port(ports, 21001), 'reviews.shop', 'GET', '/reviews/7', { 'x-user': 'tester' });
  say(indented(`web      → the same as tester          ${String(tester.status)}  ${tester.body}`));
  const charged = await ask(port(ports, 22001), 'payments.shop', 'POST', '/charge');
  say(indented(`checkout → POST payments.shop/charge     ${String(charged.status)}  ${charged.body}`));
  const refused = await ask(port(ports, 21001), 'payments.shop', 'POST', '/charge');
  say(
    indented(`web      → POST payments.shop/charge     ${String(refused.status)}  refused. By which line?`),
  );
  await shown(stage, 'explain', 'request', '--from', 'shop/web', '--to', 'shop/payments', 'POST', '/charge');
}

async function split(ports: Ports, asked: number): Promise<void> {
  const total = 1000;
  let first = 0;
  for (let sent = 0; sent < total; sent += 20) {
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => ask(port(ports, 21001), 'reviews.shop', 'GET', '/')),
    );
    first += replies.filter(({ servedBy }) => servedBy === 'reviews v1').length;
  }
  say(
    indented(
      `${String(total)} requests: ${share(first, total)} % to v1, ${share(total - first, total)} % to v2; asked for ${String(asked)} and ${String(100 - asked)}.`,
    ),
  );
}

async function changed(stage: Stage, ports: Ports): Promise<void> {
  heading('The spec changes: half of the requests to v2, and checkout may read reviews too');
  stage.edit('routes.yaml', (text) =>
    text.replace('weight: 90', 'weight: 50').replace('weight: 10', 'weight: 50'),
  );
  stage.edit('access.yaml', (text) => text.replace('{service: web}', '{service: web}, {service: checkout}'));
  stage.edit('services.yaml', (text) => text.replace('calls: [payments]', 'calls: [payments, reviews]'));
  await stage.git('commit', '--quiet', '--all', '--message', 'Half of the readers see v2');
  await shown(stage, 'plan');
  const stream = load(port(ports, 21001), 'reviews.shop');
  await carriedOut(stage, 'apply', '--yes');
  const { sent, failed, failures } = await stream.stop();
  say(indented(`${String(sent)} requests were under way meanwhile: ${String(failed)} failed.`));
  if (failed > 0) throw new Error(`requests failed during apply: ${failures.slice(0, 3).join('; ')}`);
  await split(ports, 50);
  const now = await ask(port(ports, 22001), 'reviews.shop', 'GET', '/');
  say(indented(`checkout → GET reviews.shop/             ${String(now.status)}  ${now.body}`));
}

async function broken(stage: Stage): Promise<void> {
  heading('Somebody breaks the spec. What CI would say:');
  stage.edit('routes.yaml', (text) => text.replace('{version: v2, weight: 50}', '{version: v3, wieght: 50}'));
  await refused(stage, 3, 'validate');
  await stage.git('checkout', '--quiet', '--', 'routes.yaml');
}

async function drifted(stage: Stage): Promise<void> {
  heading('Somebody changes by hand what was applied');
  stage.edit('out/config/current/scopes/shop.web/rds.json', (text) =>
    text.replaceAll('"weight":50', '"weight":80'),
  );
  await shown(stage, 'drift');
}

async function rolledBack(stage: Stage, ports: Ports): Promise<void> {
  heading('The change is rolled back, and CI can not bring it back');
  await carriedOut(stage, 'rollback', '--yes');
  await split(ports, 90);
  await refused(stage, 4, 'apply', '--yes');
  await shown(stage, 'status');
  await shown(stage, 'history');
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

function heading(text: string): void {
  chapter += 1;
  say(`\n${String(chapter)}. ${text}\n`);
}

/** Shows the execution of a plan without the plan. */
function carriedOut(stage: Stage, ...args: string[]): Promise<void> {
  return showing(
    stage,
    args,
    0,
    (out) => `(shows its plan, then)\n${out.replace(/^[^]*?(?=^(?:apply|rollback) )/m, '')}`,
  );
}

/** Shows a command and all that it prints. */
function shown(stage: Stage, ...args: string[]): Promise<void> {
  return showing(stage, args, 0, (out) => out);
}

/** Shows a command that ends with this exit code. */
function refused(stage: Stage, code: number, ...args: string[]): Promise<void> {
  return showing(
    stage,
    args,
    code,
    (out) =>
      `${out.replace(/^Target [^]*?(?=^mesh: )/m, '(shows its plan, then)\n')}\n(exit code ${String(code)})`,
  );
}

/** Runs a command visibly; an unexpected exit code ends the demo. */
async function showing(
  stage: Stage,
  args: readonly string[],
  expected: number,
  cut: (out: string) => string,
): Promise<void> {
  say(indented(`$ mesh ${args.join(' ')}`));
  const { code, out } = await stage.mesh(...args);
  say(`${indented(cut(out))}\n`);
  if (code !== expected) throw new Error(`mesh ${args.join(' ')} ended with ${String(code)}`);
}

function findEnvoy(): string | undefined {
  const script = fileURLToPath(new URL('../components/envoy.sh', import.meta.url));
  try {
    return execFileSync(script, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
  } catch {
    return undefined;
  }
}

const stage = new Stage();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    stage.close();
    process.exit(signal === 'SIGINT' ? 130 : 143);
  });
}
try {
  await demo(stage, findEnvoy());
  say(`\nDone in ${((performance.now() - started) / 1000).toFixed(0)} s; nothing is left running.`);
} catch (error) {
  say(`\nThe demo stopped: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  stage.close();
}
