import { describe, expect, test } from 'vitest';
import { Repository, shop } from './repository.ts';

const run = (...args: string[]) => new Repository({}).mesh(args);

describe('help', () => {
  test.each<[readonly string[], string, string]>([
    [['unknown', '--help'], 'unknown', ''],
    [['valdate', '-h'], 'valdate', '(Did you mean validate?)\n'],
    [['--root', 'folder', 'valdate', '--help'], 'valdate', '(Did you mean validate?)\n'],
    [['certs', 'rotat', '--help'], 'rotat', '(Did you mean rotate?)\n'],
    [['certs', 'rotate', 'rot', '--help'], 'rot', '(Did you mean root?)\n'],
    [['help', 'aply'], 'aply', '(Did you mean apply?)\n'],
    [['unknown'], 'unknown', ''],
  ])('of an unknown command is an error of usage: mesh %j', (args, word, hint) => {
    const { code, out, error } = run(...args);
    expect({ code, out }).toEqual({ code: 64, out: '' });
    expect(error).toBe(`mesh: unknown command '${word}'\n${hint}(--help shows what there is)\n`);
  });

  test.each([
    [['validate', '--help']],
    [['help', 'validate']],
    [['certs', 'rotate', 'root', '-h']],
    [['explain', 'Route', '--help']],
  ])('of a command names its formats: mesh %j', (args) => {
    const { code, out } = run(...args);
    expect(code).toBe(0);
    expect(out).toMatch(/^Formats: text/m);
  });

  test('of mesh says where to begin, and has the commands in groups', () => {
    const { out } = run('--help');
    expect(out.replaceAll(/\s+/g, ' ')).toContain("Start with 'mesh init' in an empty folder");
    const headings = [...out.matchAll(/^(\S.*):$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual([
      'Describe and check a mesh',
      'Bring it to its proxies',
      'Certificates and keys',
      'On this machine',
      'Options',
      'Environment',
    ]);
  });

  test('quiet, verbose and version have a short form, too', () => {
    const repository = new Repository(shop);
    expect(repository.mesh(['validate', '-q'])).toEqual({ code: 0, out: '', error: '' });
    expect(repository.mesh(['validate', '-v'])).toEqual(repository.mesh(['validate', '--verbose']));
    expect(run('-V')).toEqual(run('--version'));
  });

  test('errors of usage and of a run begin alike', () => {
    expect(run('--nope').error).toMatch(/^mesh: unknown option/);
    expect(run('validate').error).toMatch(/^mesh: there is no mesh.yaml/);
  });
});
