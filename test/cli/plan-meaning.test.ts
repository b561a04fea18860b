import { expect, test } from 'vitest';
import { conforming } from './output-schema.ts';
import { Repository, shop } from './repository.ts';

const limit = { timeout: 240_000 };

const access = (rules: string): string => `apiVersion: mesh/v1
kind: Access
metadata: {name: reviews, namespace: shop}
spec:
  service: reviews
  rules:
${rules}`;
const only = access(`    - allow: {from: [{service: web}], to: [{methods: [GET]}]}\n`);

function closedShop(): Repository {
  return new Repository({ ...shop, 'access.yaml': only }).committed();
}

test('a plan says who gains and loses access, with a witness and the lines that decide', limit, () => {
  const repository = closedShop();
  repository.write('access.yaml', access(`    - allow: {from: [{service: web}], to: [{methods: [PUT]}]}\n`));
  const json = repository.mesh(['plan', '--base', 'HEAD', '--format', 'json']);
  expect(json.code, json.error).toBe(0);
  const plan = conforming('plan', json.out);
  const { access: found, routing, unproved } = plan.targets.local;
  expect(unproved).toBeUndefined();
  expect(routing).toEqual([]);
  // Before only GET passes, afterwards only PUT: everything else is refused both times.
  expect(found.gained).toEqual([
    expect.objectContaining({
      from: ['shop/web'],
      to: 'shop/reviews',
      methods: ['PUT'],
      request: expect.objectContaining({ method: 'PUT', to: 'shop/reviews' }) as unknown,
      before: expect.objectContaining({ outcome: 'refused', status: 403 }) as unknown,
      after: expect.objectContaining({ outcome: 'forwarded' }) as unknown,
      rules: expect.arrayContaining(['access.yaml:7']) as unknown,
    }),
  ]);
  expect(found.lost).toEqual([expect.objectContaining({ from: ['shop/web'], methods: ['GET'] })]);
  const text = repository.mesh(['plan', '--base', 'HEAD']);
  expect(text.out).toContain('Access gained (1):');
  expect(text.out).toContain('2 kinds of requests change; every other request is decided as before (proved)');
  const comment = repository.mesh(['plan', '--base', 'HEAD', '--format', 'markdown']);
  expect(comment.out).toContain('+   shop/web → shop/reviews:');
});

test('a spec with the same meaning in other words is proved to change no decision', limit, () => {
  const repository = closedShop();
  repository.write(
    'access.yaml',
    access(
      `    - deny: {from: [{anyone: true}], to: [{methods: [PUT]}]}\n    - allow: {from: [{service: web}], to: [{methods: [GET], paths: [{regex: "/.*"}]}, {methods: [GET, PUT]}]}\n`,
    ),
  );
  const { out } = repository.mesh(['plan', '--base', 'HEAD']);
  expect(out).toContain('nothing changes for any request (proved)');
});

test(
  'beside the proof, the plan names changed settings that no decision about a request shows',
  limit,
  () => {
    const repository = closedShop();
    const services = shop['services.yaml'] ?? '';
    repository.write(
      'services.yaml',
      services.replace('  versions:', '  outlierDetection: {consecutive5xx: 5}\n  versions:'),
    );
    const args = ['plan', '--base', 'HEAD', '--fail-on', 'widening'];
    const { out, code } = repository.mesh(args);
    expect(out).toContain(
      'Meaning: no request is decided differently (proved); settings that no decision shows change: outlier detection of shop/reviews\n',
    );
    expect(out).not.toContain('nothing changes');
    expect(code).toBe(0);
    const plan = conforming('plan', repository.mesh([...args, '--format', 'json']).out);
    expect(plan.targets.local.settings).toEqual(['outlier detection of shop/reviews']);
  },
);

test('--fail-on widening refuses requests that gain access, until their id is accepted', limit, () => {
  const repository = closedShop();
  repository.write('access.yaml', access(`    - allow: {from: [{service: web}]}\n`));
  const args = ['plan', '--base', 'HEAD', '--fail-on', 'widening'];
  const refused = repository.mesh(args);
  expect(refused.code).toBe(4);
  const id = /--accept-widening ([0-9a-f]{8})/.exec(refused.out)?.[1] ?? '';
  expect(refused.out).toContain(`--accept-widening ${id} allows it`);
  expect(repository.mesh([...args, '--accept-widening', id]).code).toBe(0);
  // Another change has another id.
  repository.write('access.yaml', access(`    - allow: {from: [{authenticated: true}]}\n`));
  expect(repository.mesh([...args, '--accept-widening', id]).code).toBe(4);
  const unknown = repository.mesh([...args, '--accept-widening', 'deadbeef']);
  expect(unknown.code).toBe(4);
  expect(unknown.error).toContain('--accept-widening "deadbeef" accepts nothing here');
  const alone = repository.mesh(['plan', '--base', 'HEAD', '--accept-widening', id]);
  expect(alone.error).toContain('--accept-widening does nothing without --fail-on widening');
  expect(alone.code).toBe(64);
  // A change that only tightens passes.
  repository.write('access.yaml', access(`    - deny: {from: [{anyone: true}]}\n`));
  expect(repository.mesh(args).code).toBe(0);
  const other = repository.mesh(['validate', '--fail-on', 'widening']);
  expect(other.code).toBe(64);
});

test(
  '--fail-on widening refuses a rule that lets requests through that matched no rule before',
  limit,
  () => {
    const route = (match: string): string =>
      (shop['routes.yaml'] ?? '').replace('- backends', `- match: [{path: {${match}}}]\n      backends`);
    const narrow = { ...shop, 'access.yaml': only, 'routes.yaml': route('exact: /a') };
    const repository = new Repository(narrow).committed();
    repository.write('routes.yaml', route('prefix: /a'));
    const { out, code } = repository.mesh(['plan', '--base', 'HEAD', '--fail-on', 'widening']);
    expect(out).toContain('Access gained (1):');
    expect(out).toMatch(/GET \/a\/ from shop\/web to shop\/reviews: .*404.* → v1 90 %, v2 10 %/);
    expect(out).toMatch(/Refused: .*shop\/web may call shop\/reviews:http, and reaches more than before/);
    expect(code).toBe(4);
  },
);

test('a regular expression with too many states ends in "not proved", which widening refuses', limit, () => {
  const repository = closedShop();
  repository.write(
    'access.yaml',
    access(`    - allow: {from: [{service: web}], to: [{paths: [{regex: "/.*a.{40}"}]}]}\n`),
  );
  const { out } = repository.mesh(['plan', '--base', 'HEAD']);
  expect(out).toMatch(/Meaning: not proved: shop\/reviews \(http\): /);
  expect(repository.mesh(['plan', '--base', 'HEAD', '--fail-on', 'widening']).code).toBe(4);
});

test('before the first apply there is nothing to compare with, and the plan proves nothing', limit, () => {
  const repository = closedShop();
  expect(repository.mesh(['plan']).out).toContain(
    'Meaning (access, routing): nothing is applied yet to compare with',
  );
  const refused = repository.mesh(['plan', '--fail-on', 'widening']);
  expect(refused.out).toContain('there is no mesh to compare with');
});
