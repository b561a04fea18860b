import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Repository, shop } from './repository.ts';

const clock = fileURLToPath(new URL('clock.js', import.meta.url));
const day = 24 * 60 * 60 * 1000;

/** Environment of a command whose wall clock is ahead by some days. */
const ahead = (days: number): Readonly<Record<string, string>> => ({
  NODE_OPTIONS: `--import ${clock}`,
  CLOCK_OFFSET: String(days * day),
});

interface State {
  readonly renewed?: string;
  readonly certificates: Readonly<Record<string, { readonly fingerprint: string; readonly expires: string }>>;
}

function at(repository: Repository) {
  const place = (file: string): string => path.join(repository.root, 'live', file);
  const state: State = JSON.parse(readFileSync(place('.mesh/state.json'), 'utf8'));
  return {
    state,
    fingerprints: Object.values(state.certificates).map(({ fingerprint }) => fingerprint),
    config: readlinkSync(place('config/current')),
    material: readlinkSync(place('secrets/current')),
    history: readdirSync(place('.mesh/history')),
  };
}

function applied(): Repository {
  const repository = new Repository(shop);
  expect(repository.mesh(['certs', 'init']).code).toBe(0);
  expect(repository.mesh(['apply', '--yes', '--allow-dirty']).code).toBe(0);
  return repository;
}

describe('mesh certs rotate workload', () => {
  test('renews nothing before two thirds of a life, and records that it looked', () => {
    const repository = applied();
    const before = at(repository);
    expect(before.state.renewed).toBeDefined();
    const ran = repository.started(['certs', 'rotate', 'workload'], { env: ahead(4) });
    expect({ code: ran.code, error: ran.error }).toMatchObject({ code: 0 });
    const after = at(repository);
    expect(after.fingerprints).toEqual(before.fingerprints);
    expect(after.material).toBe(before.material);
    expect(Date.parse(after.state.renewed!) - Date.parse(before.state.renewed!)).toBeGreaterThan(4 * day);
    const asked = (command: string, ...words: readonly string[]): string =>
      repository.started([command, ...words], { env: ahead(6) }).out;
    expect(asked('status')).toMatch(/^ +renewed +what was due, 2 days ago$/m);
    expect(JSON.parse(asked('status', '--format', 'json'))).toMatchObject({
      targets: { local: { renewed: after.state.renewed } },
    });
    expect(asked('plan')).toContain(`; renewed last at ${after.state.renewed!}\n`);
    expect(JSON.parse(asked('plan', '--format', 'json'))).toMatchObject({
      targets: { local: { renewed: after.state.renewed } },
    });
  });

  test('renews the due certificates by one switch of the material, without a revision or a history entry', () => {
    const repository = applied();
    const before = at(repository);
    const ran = repository.started(['certs', 'rotate', 'workload', '--format', 'ndjson'], { env: ahead(5) });
    expect({ code: ran.code, error: ran.error }).toMatchObject({ code: 0 });
    const events = ran.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; command?: string; action?: string });
    expect(events[0]).toMatchObject({ type: 'start', command: 'certs rotate' });
    const certificates = events.filter(({ type }) => type === 'certificate');
    expect(certificates).toHaveLength(before.fingerprints.length);
    expect(certificates.every(({ action }) => action === 'renew')).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: 'end', exitCode: 0 });
    const after = at(repository);
    expect(after.fingerprints).toHaveLength(before.fingerprints.length);
    for (const fingerprint of after.fingerprints) expect(before.fingerprints).not.toContain(fingerprint);
    expect(after.config).toBe(before.config);
    expect(after.material).not.toBe(before.material);
    expect(after.history).toEqual(before.history);
  });

  test('reads only the Mesh document, and leaves files alone that somebody changed', () => {
    const repository = applied();
    const before = at(repository);
    repository.write('services.yaml', 'this is no mesh: [');
    repository.write('live/config/current/notes.txt', 'by hand');
    expect(repository.started(['certs', 'rotate', 'workload'], { env: ahead(5) }).code).toBe(0);
    const after = at(repository);
    expect(after.fingerprints).not.toEqual(before.fingerprints);
    expect(after.config).toBe(before.config);
    expect(readFileSync(path.join(repository.root, 'live/config/current/notes.txt'), 'utf8')).toBe('by hand');
  });

  test('ends with 13 without the key of the issuer, and with 5 where nothing is applied', () => {
    const repository = applied();
    const before = at(repository);
    const env = { ...ahead(5), XDG_STATE_HOME: '/nonexistent' };
    const keyless = repository.started(['certs', 'rotate', 'workload'], { env });
    expect(keyless.code).toBe(13);
    expect(keyless.error).toContain('the issuer of local key is not on this machine');
    expect(at(repository).fingerprints).toEqual(before.fingerprints);
    const fresh = new Repository(shop);
    fresh.mesh(['certs', 'init']);
    const empty = fresh.mesh(['certs', 'rotate', 'workload']);
    expect(empty.code).toBe(5);
    expect(empty.error).toContain('nothing is applied there');
  });
});
