import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { KubernetesObject } from './kubernetes-object.ts';
import { manifest } from './manifest.ts';

/** A message of istioctl about an object. */
export interface Message {
  /** A code such as `IST0101`, or `validate` if the object itself is invalid. */
  readonly code: string;
  readonly level: 'Error' | 'Warning' | 'Info';
  /** `Kind namespace/name`. */
  readonly origin: string;
  readonly message: string;
}

/** Runs `istioctl validate`, which checks each object by itself; unknown fields and warnings are reported, too. */
export function validated(istioctl: string, objects: readonly KubernetesObject[]): readonly Message[] {
  return withFile(objects, (file) => {
    const { status, stdout, stderr } = spawnSync(istioctl, ['validate', '-f', file], options);
    const said = `${stdout}\n${stderr}`;
    const found = said.split('\n').flatMap((line): readonly Message[] => {
      const [, origin = '', message = ''] = /^\s+\* ([A-Za-z]+\/\S+): (.*)$/.exec(line) ?? [];
      return message === '' ? [] : [{ code: 'validate', level: 'Warning', origin, message }];
    });
    if (status === 0 && found.length === 0 && !/is valid\s*$/.test(said)) throw new Error(said);
    if (status === 0) return found;
    // istioctl distinguishes errors only by their position.
    return [...found, { code: 'validate', level: 'Error', origin: '', message: said.replaceAll(file, '') }];
  });
}

/** Runs `istioctl analyze`, which checks all objects together. */
export function analyzed(istioctl: string, objects: readonly KubernetesObject[]): readonly Message[] {
  return withFile(objects, (file) => {
    const args = ['analyze', '--use-kube=false', '-A', '--output', 'json', file];
    const { stdout, stderr } = spawnSync(istioctl, args, options);
    if (stdout === '') throw new Error(stderr);
    return messages(JSON.parse(stdout) as readonly Message[]);
  });
}

/**
 * Runs every analyzer of istioctl: without a cluster, istioctl itself would skip those that read Kubernetes objects.
 */
export function examined(istioXds: string, objects: readonly KubernetesObject[]): readonly Message[] {
  return withFile(objects, (file) => {
    const { stdout, stderr } = spawnSync(istioXds, ['analyze', '-dir', path.dirname(file)], options);
    if (stdout === '') throw new Error(stderr);
    const said = JSON.parse(stdout) as { messages: readonly Message[] | null; skipped: unknown };
    if (said.skipped !== null) throw new Error(`skipped: ${JSON.stringify(said.skipped)}`);
    return messages(said.messages ?? []);
  });
}

function messages(said: readonly Message[]): readonly Message[] {
  return said.map(({ code, level, origin, message }) => ({ code, level, origin, message }));
}

const options = { encoding: 'utf8', timeout: 60_000, maxBuffer: 64 * 1024 * 1024 } as const;

function withFile<T>(objects: readonly KubernetesObject[], use: (file: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-istioctl-'));
  try {
    const file = path.join(folder, 'all.yaml');
    writeFileSync(file, manifest(objects));
    return use(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
