import { describe, expect, test } from 'vitest';
import { Repository, shop } from './repository.ts';

describe('mesh targets', () => {
  test('needs no mesh', () => {
    const repository = new Repository({});
    expect(repository.mesh(['targets'])).toMatchObject({ code: 0, error: '' });
    const one = repository.mesh(['targets', 'envoy']);
    expect(one.out).toMatch(/^Envoy with files {2}platform: envoy\n/);
    expect(one.out).toContain('settings.rate-limit-service');
    const unknown = repository.mesh(['targets', 'isto']);
    expect(unknown).toMatchObject({ code: 64, out: '' });
    expect(unknown.error).toContain('there is no target "isto"; did you mean "istio"?');
  });

  test('--used shows the features that this mesh uses, and their places', () => {
    const repository = new Repository(shop);
    const { features } = JSON.parse(repository.mesh(['targets', '--used', '--format', 'json']).out);
    const split = features.find(({ name }: { name: string }) => name === 'route.split');
    expect(split.uses).toEqual([expect.objectContaining({ file: 'routes.yaml', line: 7 })]);
    expect(features.map(({ name }: { name: string }) => name)).not.toContain('route.mirror');
    expect(repository.mesh(['targets', 'istio', '--used']).out).toContain('used at routes.yaml:7:');
    expect(repository.mesh(['targets', '--used']).out).toMatch(/^route\.split(?:, used in| .*) 1 place$/m);
    expect(new Repository({}).mesh(['targets', '--used']).code).toBe(64);
  });
});

describe('degrade', () => {
  const degrading = (names: string) => ({
    ...shop,
    'mesh.yaml': shop['mesh.yaml']!.replace('envoy,', `envoy, degrade: [${names}],`),
  });

  test('with the name of a feature that the target supports gets a remark at the name', () => {
    const repository = new Repository(degrading('route.split, settings.rate-limit-service'));
    const ran = repository.mesh(['validate']);
    expect(ran.code).toBe(0);
    expect(ran.error).toMatch(/^\nmesh\.yaml:8:\d+ info MESH3012\n/);
    expect(ran.error).toContain('(settings.rate-limit-service)');
    expect(repository.mesh(['validate', '--fail-on', 'info']).code).toBe(3);
  });

  test('with an unknown name is an error that suggests a name', () => {
    const { code, error } = new Repository(degrading('settings.rate-limit-servic')).mesh(['validate']);
    expect(code).toBe(3);
    expect(error.replace(/\s+/g, ' ')).toContain('did you mean settings.rate-limit-service?');
  });
});
