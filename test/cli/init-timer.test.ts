import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { Repository, shop } from './repository.ts';

const command = 'mesh certs rotate workload';

function initialised(timer: string, files: Readonly<Record<string, string>> = shop) {
  const repository = new Repository(files).committed();
  const ran = repository.mesh(['init', '--timer', timer]);
  expect(ran, ran.error).toMatchObject({ code: 0 });
  const find = (pattern: RegExp): string => {
    const name = ran.out.replaceAll(/\s+/g, ' ').match(pattern)?.[1];
    expect(name, ran.out).toBeDefined();
    return readFileSync(path.join(repository.root, name!), 'utf8');
  };
  return { repository, ran, find };
}

/** Reads a unit of systemd: sections of `key=value` (systemd.syntax). */
function unit(text: string): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const sections: Record<string, Record<string, string>> = {};
  let section = '';
  for (const line of text.split('\n').filter((one) => one !== '' && !one.startsWith('#'))) {
    const [, head] = /^\[(\w+)\]$/.exec(line) ?? [];
    if (head !== undefined) section = head;
    else (sections[section] ??= {})[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
  }
  return sections;
}

test('systemd: a timer that catches up runs the renewal every hour', () => {
  const { find, repository } = initialised('systemd');
  const service = unit(find(/(renewal\/\S+\.service)/));
  const timer = unit(find(/(renewal\/\S+\.timer)/));
  expect(service['Service']).toMatchObject({ Type: 'oneshot', ExecStart: `/usr/bin/env ${command}` });
  expect(timer['Timer']).toMatchObject({ OnCalendar: 'hourly', Persistent: 'true' });
  expect(timer['Timer']!['Unit']).toMatch(/^mesh-certs-[a-z0-9-]+\.service$/);
  expect(timer['Install']).toEqual({ WantedBy: 'timers.target' });
  // The mesh stays valid, and a second call writes nothing.
  expect(repository.mesh(['validate']).code).toBe(0);
  expect(repository.mesh(['init', '--timer', 'systemd']).out).toMatch(/^nothing was missing/);
});

test('cron: one line that runs the renewal every hour', () => {
  const { find } = initialised('cron');
  const lines = find(/(renewal\/\S+\.cron)/)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  expect(lines).toEqual([
    expect.stringMatching(/^17 \* \* \* \* cd \/srv\/\S+ && mesh certs rotate workload$/),
  ]);
});

test('ci: a job that a schedule starts, one at a time', () => {
  const { find } = initialised('ci');
  const workflow = parse(find(/(\.github\/workflows\/mesh-certs\.yaml)/));
  expect(workflow.on.schedule).toEqual([{ cron: '17 * * * *' }]);
  expect(workflow.concurrency).toBe('mesh-certs');
  expect(workflow.permissions).toEqual({ contents: 'read' });
  const [job] = Object.values<{ steps: { run?: string; env?: object }[] }>(workflow.jobs);
  expect(job!.steps.at(-1)).toEqual({
    run: `exec ${command}`,
    env: { MESH_AGE_KEY: '${{ secrets.MESH_AGE_KEY }}' },
  });
});

test('without the option no such file is written, and an unknown scheduler is wrong usage', () => {
  const repository = new Repository(shop).committed();
  expect(repository.mesh(['init']).code).toBe(0);
  expect(existsSync(path.join(repository.root, 'renewal'))).toBe(false);
  expect(existsSync(path.join(repository.root, '.github/workflows/mesh-certs.yaml'))).toBe(false);
  expect(repository.mesh(['init', '--timer', 'at']).code).toBe(64);
});
