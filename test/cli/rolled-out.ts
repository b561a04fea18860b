import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { judgedDigest } from '../../src/core/canary/record/judged-digest.ts';
import type { RolloutRecord } from '../../src/core/canary/record/rollout-record.ts';
import { storedText } from '../../src/core/history/read-stored.ts';
import { linkedMesh } from '../cases/linked-mesh.ts';
import { Repository, shop } from './repository.ts';

/** The Rollout of these meshes. */
export const name = 'shop/reviews-v2';

const rollout = `apiVersion: mesh/v1
kind: Rollout
metadata: {name: reviews-v2, namespace: shop}
spec:
  service: reviews
  from: v1
  to: v2
  steps: [5%, 100%]
  judge: {source: scrape}
`;

/** The shop, with a Rollout of reviews. */
export const rolloutFiles = {
  ...shop,
  'routes.yaml': (shop['routes.yaml'] ?? '').replace(
    '[{version: v1, weight: 90}, {version: v2, weight: 10}]',
    '[{version: v1}]',
  ),
  'rollout.yaml': rollout,
};

/** Returns the shop with a Rollout and with trust, applied; `files` replace files of the shop. */
export function applied(files: Readonly<Record<string, string>> = {}): Repository {
  const repository = new Repository({ ...rolloutFiles, 'mesh.yaml': withKeys, ...files }).committed();
  expect(repository.mesh(['certs', 'init']).code).toBe(0);
  commit(repository);
  apply(repository);
  return repository;
}

/** The Mesh document of these meshes. */
export const withKeys = (shop['mesh.yaml'] ?? '').replace(
  'defaults:',
  'certificates: {root: {keys: file}, issuer: {keys: file}}\n  defaults:',
);

/** Commits all changes. */
export function commit(repository: Repository): void {
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--message', 'next');
}

/** Applies the spec. */
export function apply(repository: Repository, ...options: readonly string[]): void {
  const ran = repository.mesh(['apply', '--yes', '--quiet', ...options]);
  expect(ran.code, ran.error).toBe(0);
}

/** Returns the weights of the arms in the route of web's proxy, by the version in the names of clusters. */
export function weights(repository: Repository, output = 'live'): Readonly<Record<string, number>> {
  const folder = path.join(repository.root, output, 'config/current');
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.includes('web') && file.endsWith('.json'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'));
  const all = texts.join('\n');
  const found: Record<string, number> = {};
  for (const [, version, weight] of all.matchAll(/"name":"[^"]*reviews[^"]*(v[12])[^"]*","weight":(\d+)/g))
    found[version ?? ''] = Number(weight);
  if (Object.keys(found).length > 0) return found;
  for (const [, version] of all.matchAll(/"route":\{"cluster":"[^"]*reviews[^"]*(v[12])[^"]*"/g))
    found[version ?? ''] = 1;
  return found;
}

/** Returns the path of the record's file. */
export function recordFile(repository: Repository, output = 'live'): string {
  return path.join(repository.root, output, '.mesh/rollouts/shop.reviews-v2.json');
}

/** Writes a record beside the state, as a runner does before it writes weights. */
export function record(repository: Repository, parts: Partial<RolloutRecord>, output = 'live'): void {
  const ir = linkedMesh(repository.root);
  const own = ir.rollouts?.[name];
  if (own === undefined) throw new Error('no Rollout');
  const now = new Date().toISOString();
  const file = recordFile(repository, output);
  mkdirSync(path.dirname(file), { recursive: true });
  const text = storedText({
    rollout: name,
    from: 'v1',
    to: 'v2',
    judged: judgedDigest(ir, own),
    attempt: 1,
    state: 'running',
    step: 0,
    weights: { 'shop/reviews': 5 },
    began: now,
    changed: now,
    wishes: [],
    ...parts,
  });
  writeFileSync(file, text);
}

/** Returns the record of the Rollout. */
export function recorded(repository: Repository, output = 'live'): RolloutRecord {
  return JSON.parse(readFileSync(recordFile(repository, output), 'utf8')) as RolloutRecord;
}
