import { describe, expect, test } from 'vitest';
import { conforming } from './output-schema.ts';
import { Repository, shop } from './repository.ts';

const request = ['explain', 'request', '--from', 'shop/web', '--to', 'shop/reviews'];

describe('mesh explain request', () => {
  test('says the result first, then the events on the way and the lines that decide', () => {
    const ran = new Repository(shop).mesh([...request, 'GET', '/reviews/7']);
    expect({ code: ran.code, error: ran.error }).toEqual({ code: 0, error: '' });
    expect(ran.out).toMatch(/^forwarded to shop\/reviews v1 90%, shop\/reviews v2 10%\n/);
    expect(ran.out).toContain('  timeout           3s\n');
    expect(ran.out).toMatch(/decided by\n(?: {2}.*\n)*? {2}routes\.yaml:7:7 /);
    expect(ran.out).toMatch(/ {2}access\.yaml:7:14 allow: /);
  });

  test('prints the published shape', () => {
    const repository = new Repository(shop);
    const forwarded = conforming('explain-request', repository.mesh([...request, '--format', 'json']).out);
    expect(forwarded).toMatchObject({
      outcome: 'forwarded',
      backends: [
        { service: 'shop/reviews', version: 'v1', share: 0.9 },
        { service: 'shop/reviews', version: 'v2', share: 0.1 },
      ],
      port: 'http',
      timeout: 3000,
      tries: 1,
    });
    const refused = conforming(
      'explain-request',
      repository.mesh([...request, 'POST', '/', '--format', 'json']).out,
    );
    expect(refused).toMatchObject({ outcome: 'refused', status: 403 });
  });

  test('headers, hosts and callers affect the decision', () => {
    const testers = shop['routes.yaml']!.replace(
      '  rules:\n',
      '  rules:\n    - match: [{headers: {x-user: {exact: tester}}}]\n      backends: [{version: v2}]\n',
    );
    const repository = new Repository({ ...shop, 'routes.yaml': testers });
    const asTester = repository.mesh([...request, '-H', 'x-user: tester']);
    expect(asTester.out).toMatch(/^forwarded to shop\/reviews v2 100%\n/);
    const stranger = repository.mesh([
      'explain',
      'request',
      '--from',
      'anonymous',
      '--to',
      'shop/reviews',
      'GET',
      '/',
    ]);
    expect(stranger.out).toMatch(/^refused \(the connection fails or is closed\): /);
  });

  test('a batch is answered line by line, each with its id', () => {
    const lines = [
      '{"id":"a","from":"shop/web","to":"shop/reviews","method":"GET","path":"/"}',
      '',
      '{"id":2,"from":"shop/web","to":"shop/review"}',
      'no json',
      '{"id":null,"from":"shop/web","to":"shop/reviews","method":"POST"}',
    ];
    const ran = new Repository(shop).mesh(['explain', 'request', '--batch', '-'], {
      input: lines.join('\n'),
    });
    const answers = ran.out
      .trimEnd()
      .split('\n')
      .map((line) => conforming('explain-request', line));
    expect(ran.code).toBe(64);
    expect(answers).toMatchObject([
      { id: 'a', outcome: 'forwarded' },
      { id: 2, problem: expect.stringContaining('did you mean `shop/reviews`?') },
      { problem: 'the line is no JSON' },
      { id: null, outcome: 'refused', status: 403 },
    ]);
    const whole = new Repository(shop);
    whole.write('requests.ndjson', lines[0]!);
    expect(whole.mesh(['explain', 'request', '--batch', 'requests.ndjson'])).toMatchObject({
      code: 0,
      error: '',
    });
    expect(whole.mesh(['explain', 'request', '--batch', 'nosuch'])).toMatchObject({
      code: 1,
      error: "mesh: nosuch can't be read (ENOENT); '-' reads standard input\n",
    });
  });

  test.each([
    [['--from', 'shop/web', '--to', 'shop/reveiws', 'GET', '/'], 'did you mean `shop/reviews`?'],
    [['--from', 'shop/web', 'GET', '/'], 'a request goes somewhere'],
    [['--to', 'shop/reviews', '-H', 'broken'], '`broken` is no header'],
    [['--to', 'shop/reviews', '--origin', 'x'], '--origin belongs to'],
  ])('%j is no request', (args, says) => {
    const ran = new Repository(shop).mesh(['explain', 'request', ...args]);
    expect({ code: ran.code, out: ran.out }).toEqual({ code: 64, out: '' });
    expect(ran.error).toContain(says);
  });

  test('shows the errors of a mesh with errors and answers no request', () => {
    const ran = new Repository({ ...shop, 'routes.yaml': shop['routes.yaml']!.replace('v2', 'v3') }).mesh(
      request,
    );
    expect({ code: ran.code, out: ran.out }).toEqual({ code: 3, out: '' });
    expect(ran.error).toContain('routes.yaml:7:');
  });
});

describe('mesh explain', () => {
  test('explains a code: its meaning and what to do', () => {
    const repository = new Repository({});
    for (const written of ['MESH1100', 'mesh1100', '1100']) {
      const ran = repository.mesh(['explain', written]);
      expect(ran).toMatchObject({ code: 0, error: '' });
      expect(ran.out).toMatch(/^MESH1100 error\n {2}unknown field "<field>"/);
      expect(ran.out.split('\n').every((line) => line.length <= 80)).toBe(true);
    }
    const json = conforming('explain', repository.mesh(['explain', '1100', '--format', 'json']).out);
    expect(json).toMatchObject({ code: 'MESH1100', severity: 'error' });
    expect(repository.mesh(['explain', 'MESH0000'])).toMatchObject({ code: 64, out: '' });
  });

  test('describes a field: type, default, examples, and its own fields', () => {
    const repository = new Repository({});
    const ran = repository.mesh(['explain', 'Service.timeout']);
    expect(ran).toMatchObject({ code: 0, error: '' });
    expect(ran.out).toMatch(/^Service\.spec\.timeout {2}Duration\n/);
    expect(ran.out).toMatch(/\n {2}default {2}15s\n {2}example {2}2s\n$/);
    const json = conforming(
      'explain',
      repository.mesh(['explain', 'route.rules.retries', '--format', 'json']).out,
    );
    expect(json['path']).toBe('Route.spec.rules.retries');
    expect(json['fields'].map(({ name }: { name: string }) => name)).toEqual([
      'attempts',
      'perTryTimeout',
      'on',
      'backoff',
      'methods',
    ]);
  });

  test.each([
    ['Servise', 'mesh: there is no kind "Servise"; did you mean "Service"?\n'],
    ['Service.timeot', 'mesh: Service has no field "timeot"; did you mean "timeout"?\n'],
    ['Service.timeout.x', 'mesh: Service.spec.timeout holds no fields\n'],
  ])('says that %s does not exist, and suggests the intended word', (subject, error) => {
    expect(new Repository({}).mesh(['explain', subject])).toEqual({ code: 64, out: '', error });
  });

  test('shows an origin: the line that sets a value, and the values that lose against it', () => {
    const services = shop['services.yaml']!.replace('  versions:', '  timeout: 1s\n  versions:');
    const repository = new Repository({ ...shop, 'services.yaml': services });
    const ran = repository.mesh(['explain', '--origin', 'shop/reviews.timeout']);
    expect(ran).toMatchObject({ code: 0, error: '' });
    expect(ran.out).toMatch(/timeout: 1s\n {2}services\.yaml:14:12, .*\n {2}over 3s at mesh\.yaml:6:23, /);
    const json = conforming(
      'explain',
      repository.mesh(['explain', '--origin', 'shop/reviews.retries.attempts', '--format', 'json']).out,
    );
    expect(json).toMatchObject({ origins: [{ value: 0, place: 'built-in' }] });
    expect(repository.mesh(['explain', '--origin', 'shop/nobody.timeout'])).toMatchObject({
      code: 64,
      out: '',
    });
  });

  test('without a subject lists the subjects', () => {
    expect(new Repository({}).mesh(['explain'])).toMatchObject({
      code: 64,
      error: expect.stringContaining('MESH1100'),
    });
  });
});
