import { storedText } from '../../src/core/history/read-stored.ts';
import { rolloutMesh, streamText } from './canary-streams.ts';
import { shop } from './repository.ts';

/** A run of a command that prints a published form, and the schema of that form. */
export interface OutputForm {
  /** The name of the schema in schemas/output. */
  readonly schema: string;
  /** Runs in one repository, each with output that must conform to the schema. */
  readonly runs: readonly (readonly string[])[];
  /** Commands to run, or files to write, in the same repository before these runs. */
  readonly before?: readonly (readonly string[] | Readonly<Record<string, string>>)[];
  readonly files?: Readonly<Record<string, string>>;
}

/** A shop with an error, a warning, related places and a fix. */
const broken = {
  ...shop,
  'routes.yaml': shop['routes.yaml']!.replace('v2', 'v3'),
  'access.yaml': `${shop['access.yaml']!}    - allow: {from: [{service: reviews}], to: [{methods: [get]}]}\n`,
};

/** The shop without the error, and with two warnings, of which a comment suppresses one. */
const warned = {
  ...broken,
  'routes.yaml': shop['routes.yaml']!.replace(
    / {4}- backends.*\n/,
    '    - backends: [{version: v1, weight: 0}] # mesh-ignore MESH2210 reason="drained" until=2999-01-31\n',
  ),
};

/** The shop with a Rollout, whose proxies nobody runs. */
const rolledOut = {
  ...shop,
  'routes.yaml': shop['routes.yaml']!.replace(', {version: v2, weight: 10}', ''),
  'rollout.yaml': `apiVersion: mesh/v1
kind: Rollout
metadata: {name: reviews-v2, namespace: shop}
spec: {service: reviews, from: v1, to: v2, steps: [10%, 100%], judge: {source: scrape}}
`,
};

/** A Service of Kubernetes with a field of each fate. */
const nativeShop = `apiVersion: v1
kind: Service
metadata: {name: reviews, namespace: shop, labels: {a: b}}
spec:
  selector: {app: reviews}
  unknown: 1
  ports: [{port: 80, name: http}, {port: 53, protocol: UDP}]
`;

/** A file that looks like a key. */
const leaked = { 'a.pem': `-----BEGIN PRIVATE KEY-----\nMIGH${'A'.repeat(60)}\n-----END PRIVATE KEY-----\n` };

/** A shop with keys in files, and with proxies that nobody runs, so that a delivery doesn't wait for them. */
const delivered = {
  ...shop,
  'services.yaml': shop['services.yaml']!.replace(/127\.0\.0\.1:2\d(\d)0(\d\d)/g, '127.0.0.1:$1$2'),
  'mesh.yaml': `${shop['mesh.yaml']!}  certificates: {root: {keys: file}, issuer: {keys: file}}\n`,
};

/** A suite for the shop with a test that holds and one that fails. */
const reviewTests = `apiVersion: mesh.test/v1
kind: Suite
metadata: {name: reviews}
spec:
  defaults: {from: shop/web, to: shop/reviews}
  tests:
    - {request: /, expect: forwarded}
    - {name: posts, request: POST /, expect: {backends: {v2: 100%}, timeout: 1s}}
`;

/** A suite with mistakes. */
const wrongTests = `apiVersion: mesh.test/v1
kind: Suite
spec: {tests: [{request: {to: nowhere}, expect: 403}, {request: /}]}
`;

/** A mesh that is delivered to a cluster. */
const inCluster = {
  ...shop,
  'mesh.yaml': `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec:
  trustDomain: shop.example
  targets: {cluster: {platform: istio, output: {kubernetes: {context: admin}}}}
`,
};

const replay = ['canary', 'replay', '--rollout', 'shop/reviews-v2'];

const slow = 'judge: {source: scrape, latency: {quantile: p99, max: 300ms}}';

/** Recorded streams with latency: one that passes, one that fails, one that is too short. */
const streams = {
  'mesh.yaml': rolloutMesh.replace('judge: {source: scrape}', slow),
  'healthy.ndjson': streamText({ rps: 100, length: 615, slow: 0.001 }),
  'broken.ndjson': streamText({ rps: 100, length: 60, slow: 0.001, worse: () => 25 }),
  'short.ndjson': streamText({ rps: 2, length: 60, slow: 0.001 }),
  'batch.ndjson': `{"stream":"a"}\n${streamText({ rps: 2, length: 60 })}{"stream":"b"}\n`,
};

const apply = ['apply', '--yes', '--allow-dirty'];

const applied = [['certs', 'init'], apply];

/** An attempt of the Rollout of `rolledOut`, recorded and without a runner. */
const begun = [
  ...applied,
  {
    'live/.mesh/rollouts/shop.reviews-v2.json': storedText({
      ...{ rollout: 'shop/reviews-v2', from: 'v1', to: 'v2', judged: '', attempt: 1, state: 'running' },
      ...{ step: 0, weights: {}, began: '2026-01-01T00:00:00.000Z', changed: '2026-01-01T00:00:00.000Z' },
      wishes: [],
    }),
  },
];

/**
 * Every form for programs, by command and format; `test/command-table/command-table.test.ts` fails if one is missing.
 */
export const outputForms: Readonly<Record<string, OutputForm>> = {
  'validate json': { schema: 'diagnostics', files: warned, runs: [['validate'], ['validate', 'mesh.yaml']] },
  'import json': {
    schema: 'import',
    files: { 'native/shop.yaml': nativeShop },
    runs: [['import', 'native', '--from', 'kubernetes', '--out', 'imported']],
  },
  'fmt json': { schema: 'fmt', files: broken, runs: [['fmt', '--check'], ['fmt']] },
  'validate ndjson': { schema: 'diagnostic-lines', files: warned, runs: [['validate']] },
  'explain json': {
    schema: 'explain',
    runs: [
      ['explain', 'MESH1100'],
      ['explain', 'Service.retries'],
      ['explain', 'Route'],
      ['explain', '--origin', 'shop/reviews.timeout'],
    ],
  },
  'explain request json': {
    schema: 'explain-request',
    runs: [
      ['explain', 'request', '--from', 'shop/web', '--to', 'shop/reviews', 'GET', '/'],
      ['explain', 'request', '--to', 'shop/reviews', 'GET', '/'],
    ],
  },
  'explain request ndjson': {
    schema: 'explain-request',
    files: { ...shop, 'requests.ndjson': '{"id":"1","from":"shop/web","to":"shop/reviews","path":"/"}\n' },
    runs: [['explain', 'request', '--batch', 'requests.ndjson']],
  },
  'canary replay json': {
    schema: 'canary-replay',
    files: streams,
    runs: ['healthy', 'broken', 'short'].map((name) => [...replay, '--stream', `${name}.ndjson`]),
  },
  'canary replay ndjson': {
    schema: 'canary-replay',
    files: streams,
    runs: [[...replay, '--batch', 'batch.ndjson']],
  },
  'targets json': { schema: 'targets', runs: [['targets'], ['targets', 'istio'], ['targets', '--used']] },
  'keys check json': { schema: 'diagnostics', files: leaked, runs: [['keys', 'check']] },
  'keys check ndjson': { schema: 'diagnostic-lines', files: leaked, runs: [['keys', 'check']] },
  'test json': {
    schema: 'test',
    files: { ...shop, 'tests/reviews.yaml': reviewTests, 'tests/wrong.yaml': wrongTests },
    runs: [['test'], ['test', '--coverage', 'tests/reviews.yaml']],
  },
  'access json': { schema: 'access', runs: [['access'], ['access', '--unused-calls']] },
  'graph json': { schema: 'graph', runs: [['graph'], ['graph', '--fold', 'always']] },
  'plan json': { schema: 'plan', runs: [['plan'], ['plan', '--target', 'local']] },
  'canary plan json': {
    schema: 'canary-plan',
    files: rolledOut,
    runs: [
      ['canary', 'plan'],
      ['canary', 'plan', 'reviews-v2', '--rate', '500'],
    ],
  },
  'canary status json': { schema: 'canary-status', files: rolledOut, runs: [['canary', 'status']] },
  'canary run ndjson': { schema: 'events', files: rolledOut, runs: [['canary', 'run']] },
  'canary promote ndjson': {
    schema: 'events',
    files: rolledOut,
    before: begun,
    runs: [['canary', 'promote']],
  },
  'canary pause ndjson': { schema: 'events', files: rolledOut, before: begun, runs: [['canary', 'pause']] },
  'canary resume ndjson': { schema: 'events', files: rolledOut, before: begun, runs: [['canary', 'resume']] },
  'canary abort ndjson': { schema: 'events', files: rolledOut, before: begun, runs: [['canary', 'abort']] },
  'canary guard ndjson': { schema: 'events', files: rolledOut, runs: [['canary', 'guard']] },
  'apply ndjson': {
    schema: 'events',
    files: delivered,
    before: [['certs', 'init']],
    runs: [apply],
  },
  'rollback ndjson': {
    schema: 'events',
    files: delivered,
    before: [...applied, { 'mesh.yaml': delivered['mesh.yaml'].replace('3s', '4s') }, apply],
    runs: [['rollback', '--yes']],
  },
  'certs rotate workload ndjson': {
    schema: 'events',
    files: delivered,
    before: applied,
    runs: [['certs', 'rotate', 'workload']],
  },
  'certs rotate root json': {
    schema: 'rotation',
    files: delivered,
    before: applied,
    runs: [
      ['certs', 'rotate', 'root', '--plan'],
      ['certs', 'rotate', 'root'],
      ['certs', 'rotate', 'root'],
      ['certs', 'rotate', 'root'],
    ],
  },
  'certs rotate issuer json': {
    schema: 'rotation',
    files: delivered,
    before: applied,
    runs: [
      ['certs', 'rotate', 'issuer'],
      ['certs', 'rotate', 'issuer', '--plan'],
    ],
  },
  'history json': { schema: 'history', files: delivered, before: applied, runs: [['history']] },
  'status json': { schema: 'status', files: delivered, before: applied, runs: [['status']] },
  'certs status json': {
    schema: 'certificates',
    files: delivered,
    before: applied,
    runs: [
      ['certs', 'status'],
      ['certs', 'status', '--directory', 'live'],
      ['certs', 'status', '--who-needs', 'a'.repeat(64)],
    ],
  },
  'certs verify json': {
    schema: 'certificate-rules',
    files: delivered,
    before: applied,
    runs: [
      ['certs', 'verify'],
      ['certs', 'verify', 'mesh.yaml'],
    ],
  },
  'drift json': {
    schema: 'drift',
    files: delivered,
    before: [...applied, { 'live/config/current/scopes/shop.web/rds.json': '{}' }],
    runs: [['drift']],
  },
  'drift ndjson': {
    schema: 'events',
    files: delivered,
    before: [...applied, { 'live/config/current/scopes/shop.web/rds.json': '{}' }],
    runs: [['drift', '--watch', '--for', '1s']],
  },
  'doctor json': { schema: 'doctor', runs: [['doctor']] },
};

/** Further forms of a command, which an option chooses, by command, option and format. */
export const optionForms: Readonly<Record<string, OutputForm>> = {
  'doctor --rbac json': {
    schema: 'roles',
    files: inCluster,
    runs: [
      ['doctor', '--rbac', 'apply'],
      ['doctor', '--rbac', 'plan'],
    ],
  },
};
