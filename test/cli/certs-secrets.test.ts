import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { formsOf } from '../components/key-forms.ts';
import { Repository, shop } from './repository.ts';

/** A shop for proxies that nobody runs, and for a cluster with Istio. */
const files = {
  ...shop,
  'services.yaml': shop['services.yaml']!.replace(/127\.0\.0\.1:2\d(\d)0(\d\d)/g, '127.0.0.1:$1$2'),
  'mesh.yaml': `${shop['mesh.yaml']!}    cluster: {platform: istio, output: {kubernetes: {context: none}}}\n`,
  '.gitignore': '.state/\nlive/\nexported/\n*.sds.json\n*.key\n',
};

/** Places that may hold a private key: the user's state folder, and what only a proxy or its owner reads. */
const secretPlaces =
  /^(\.state\/|live\/secrets\/|exported\/(ca-key\.pem|cacerts\.yaml)$|[^/]+\.sds\.json$|[^/]+\.key$)/;

/** Returns the content of a file, which a record may compress. */
function unpacked(bytes: Buffer): Buffer {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}

function filesBelow(folder: string, prefix = ''): readonly string[] {
  return readdirSync(path.join(folder, prefix)).flatMap((name) => {
    const file = path.join(prefix, name);
    const status = lstatSync(path.join(folder, file));
    if (status.isSymbolicLink()) return [];
    return status.isDirectory() ? filesBelow(folder, file) : [file];
  });
}

test('no private key is in an output, a log, a plan, a journal, the history, or a Git object', () => {
  const repository = new Repository(files).committed();
  const said: Buffer[] = [];
  const mesh = (args: readonly string[], code: number | null = 0): void => {
    const ran = repository.mesh(args, { env: { MESHWRIGHT_DEBUG: '1' } });
    expect(code === null ? null : ran.code, `${args.join(' ')}\n${ran.error}`).toBe(code);
    said.push(Buffer.from(ran.out + ran.error));
  };
  const file = (name: string): string => path.join(repository.root, name);
  execFileSync(
    'openssl',
    [
      ...['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=x'],
      ...['-keyout', file('own.key'), '-out', file('own.csr')],
    ],
    { stdio: 'ignore' },
  );
  const local = ['--target', 'local'];
  mesh(['certs', 'init']);
  mesh(['plan', ...local, '--verbose']);
  mesh(['plan', ...local, '--out', 'plan.json', '--format', 'json']);
  mesh(['apply', ...local, '--yes', '--allow-dirty', '--verbose', '--format', 'ndjson=events.ndjson']);
  mesh(['certs', 'issue', 'shop/web', ...local]);
  mesh(['certs', 'issue', 'shop/web', ...local, '--csr', 'own.csr', '--out', 'own.pem']);
  mesh(['certs', 'export', '--target', 'cluster', '--out', 'exported']);
  for (const format of ['json', 'junit', 'prometheus'])
    mesh(['certs', 'status', ...local, '--format', format]);
  mesh(['certs', 'status', ...local]);
  mesh(['certs', 'verify', ...local, '--format', 'json']);
  mesh(['certs', 'verify', 'shop.web.sds.json', 'own.pem', '--key', 'own.key'], null);
  mesh(['certs', 'rotate', 'workload', ...local], null);
  mesh(['status', ...local, '--format', 'json']);
  mesh(['history', ...local, '--format', 'json']);
  mesh(['drift', ...local, '--format', 'json'], null);
  mesh(['doctor', '--format', 'json'], null);
  repository.write(
    'routes.yaml',
    shop['routes.yaml']!.replace('weight: 90', 'weight: 80').replace('10}', '20}'),
  );
  mesh(['apply', ...local, '--yes', '--allow-dirty']);
  mesh(['rollback', ...local, '--yes']);
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--message', 'everything');

  const all = filesBelow(repository.root).filter((name) => !name.startsWith('.git/'));
  const pems = all
    .filter((name) => secretPlaces.test(name))
    .flatMap((name) => [
      ...readFileSync(file(name), 'utf8')
        .replaceAll('\\n', '\n')
        .matchAll(/-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----/g),
    ])
    .map(([pem]) => pem);
  // A root, two issuers, three proxies, an issued certificate and the key of the request, at least.
  const keys = [...new Set(pems)];
  expect(keys.length).toBeGreaterThanOrEqual(8);
  const needles = keys.flatMap(formsOf);
  // The search finds a key where one has to be.
  const proof = readFileSync(
    file(
      '.state/meshwright/keys/shop.example/' + readdirSync(file('.state/meshwright/keys/shop.example'))[0]!,
    ),
  );
  expect(
    needles.some((needle) => Buffer.from(proof.toString('utf8').replaceAll('\n', '')).includes(needle)),
  ).toBe(true);

  const objects = execFileSync('git', ['cat-file', '--batch-all-objects', '--batch'], {
    cwd: repository.root,
    maxBuffer: 1 << 28,
  });
  const searched = new Map<string, Buffer>([
    ['what commands printed', Buffer.concat(said)],
    ['objects of Git', objects],
    ...all
      .filter((name) => !secretPlaces.test(name) && statSync(file(name)).size > 0)
      .map((name) => [name, unpacked(readFileSync(file(name)))] as const),
  ]);
  expect([...searched.keys()]).toContain('plan.json');
  expect([...searched.keys()].some((name) => name.startsWith('live/.mesh/'))).toBe(true);
  for (const [name, bytes] of searched) {
    // Line feeds may cut base64.
    const joined = Buffer.from(bytes.toString('latin1').replaceAll(/\\n|\s/g, ''), 'latin1');
    const found = needles.some((needle) => bytes.includes(needle) || joined.includes(needle));
    expect(found, `${name} holds a private key`).toBe(false);
  }
});
