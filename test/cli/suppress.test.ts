import { describe, expect, test } from 'vitest';
import { Repository, shop } from './repository.ts';

/** Returns the shop with a rule whose weights are all zero, followed by a comment. */
function drained(comment: string): Readonly<Record<string, string>> {
  const rule = `    - backends: [{version: v1, weight: 0}]${comment}\n`;
  return { ...shop, 'routes.yaml': shop['routes.yaml']!.replace(/ {4}- backends.*\n/, rule) };
}

const valid = 'shop is valid: 2 services, 1 route, 1 access document, 1 target';

describe('# mesh-ignore', () => {
  test('removes a finding from text, count and exit code; --verbose shows it with the reason', () => {
    const repository = new Repository(drained(' # mesh-ignore MESH2210 reason="drained"'));
    const plain = new Repository(drained('')).mesh(['validate', '--fail-on', 'warning']);
    expect({ code: plain.code, has: plain.error.includes('MESH2210') }).toEqual({ code: 3, has: true });
    const ran = repository.mesh(['validate', '--fail-on', 'info']);
    expect(ran).toEqual({ code: 0, out: `${valid} (1 suppressed)\n`, error: '' });
    const { error } = repository.mesh(['validate', '--verbose']);
    expect(error).toMatch(/^routes\.yaml:7:\d+ suppressed MESH2210\n {2}all weights are zero/);
    expect(error).toContain('routes.yaml:7:44 says why: drained');
  });

  test('applies to every command; validate does not report a comment as unused that only other commands need', () => {
    const mesh = shop['mesh.yaml']!.replace(
      'trustDomain: shop.example',
      '$& # mesh-ignore MESH6000 reason="the pipeline makes it"',
    );
    const files = { ...drained(' # mesh-ignore MESH2210 reason="drained"'), 'mesh.yaml': mesh };
    const repository = new Repository(files);
    expect(repository.mesh(['compile', '--fail-on', 'info'])).toMatchObject({ code: 0, error: '' });
    expect(repository.mesh(['plan', '--fail-on', 'info'])).toMatchObject({ code: 0, error: '' });
    expect(repository.mesh(['validate', '--fail-on', 'info'])).toMatchObject({ code: 0, error: '' });
  });

  test('programs still get the finding', () => {
    const repository = new Repository(drained(' # mesh-ignore MESH2210 reason="drained" until=2999-12-31'));
    const json = JSON.parse(repository.mesh(['validate', '--format', 'json']).out);
    expect(json.counts.warning).toBe(0);
    expect(json.diagnostics).toEqual([]);
    expect(json.suppressed).toEqual([
      expect.objectContaining({
        code: 'MESH2210',
        suppression: expect.objectContaining({ reason: 'drained', until: '2999-12-31', file: 'routes.yaml' }),
      }),
    ]);
    const [{ results }] = JSON.parse(repository.mesh(['validate', '--format', 'sarif']).out).runs;
    expect(results[0].suppressions[0].justification).toBe('drained');
    expect(repository.mesh(['validate', '--format', 'junit']).out).toContain('<skipped message=');
  });

  test('expires after its last day', () => {
    const comment = ' # mesh-ignore MESH2210 reason="drained" until=2020-01-31';
    const { code, error } = new Repository(drained(comment)).mesh(['validate', '--fail-on', 'warning']);
    expect(code).toBe(3);
    expect(error).toContain('MESH1203');
    expect(error).toContain('held until 2020-01-31');
    expect(error).toContain('MESH2210');
  });

  test('that suppresses nothing gets a remark, but only if everything was checked', () => {
    const idle = {
      ...shop,
      'routes.yaml': `${shop['routes.yaml']!}# mesh-ignore MESH2210 reason="x"\n---\n${shop['access.yaml']!}`,
      'access.yaml': '',
    };
    const repository = new Repository(idle);
    const ran = repository.mesh(['validate']);
    expect(ran).toMatchObject({ code: 0, out: `${valid} (1 remark)\n` });
    expect(ran.error).toContain('info MESH1204');
    expect(repository.mesh(['validate', '--fail-on', 'info']).code).toBe(3);
    repository.write('mesh.yaml', shop['mesh.yaml']!.replace('trustDomain', 'trustDomian'));
    expect(repository.mesh(['validate']).error).not.toContain('MESH1204');
  });

  test('can not suppress an error, and a remark says so', () => {
    const broken = shop['routes.yaml']!.replace('v2', 'v3').replace(
      /\]$/m,
      '] # mesh-ignore MESH2015 reason="x"',
    );
    const { code, error } = new Repository({ ...shop, 'routes.yaml': broken }).mesh(['validate']);
    expect(code).toBe(3);
    expect(error).toContain('error MESH2015');
    expect(error).toContain('MESH2015 cannot be suppressed: it is an error');
  });

  test('suppresses a warning about a target, at the line of the target', () => {
    const mesh = shop['mesh.yaml']!.replace(
      /( {4}local: .*)\n/,
      '$1 # mesh-ignore MESH3003 reason="the newest is not out yet"\n',
    ).replace('platform: envoy', 'platform: envoy, version: "1.2"');
    const repository = new Repository({ ...shop, 'mesh.yaml': mesh });
    expect(repository.mesh(['validate', '--fail-on', 'info'])).toMatchObject({ code: 0, error: '' });
    expect(repository.mesh(['compile']).error).not.toContain('MESH3003');
  });
});
