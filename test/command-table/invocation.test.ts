import { Option } from 'commander';
import { describe, expect, test } from 'vitest';
import type { CommandData, OptionData } from '../../src/command-table/command-data.ts';
import { type CommandName, commandTable } from '../../src/command-table/command-table.ts';
import { globalOptions } from '../../src/command-table/global-options.ts';
import type { Invocation, OptionsOf } from '../../src/command-table/invocation.ts';

const commands: readonly CommandData[] = commandTable;
const inTable: readonly OptionData[] = [...globalOptions, ...commands.flatMap(({ options = [] }) => options)];

/** Each option by its name in the type; a missing or additional name is a type error. */
const typed: Readonly<Record<keyof OptionsOf<CommandName>, true>> = {
  abort: true,
  acceptWidening: true,
  address: true,
  adopt: true,
  allowCommands: true,
  allowDirty: true,
  allowPrunePercent: true,
  allowRequests: true,
  allowTrustBreak: true,
  attest: true,
  base: true,
  batch: true,
  certificate: true,
  check: true,
  claim: true,
  color: true,
  commit: true,
  compromised: true,
  context: true,
  coverage: true,
  csr: true,
  depth: true,
  detach: true,
  detailedExitcode: true,
  diff: true,
  directory: true,
  dryRun: true,
  env: true,
  every: true,
  exclude: true,
  failOn: true,
  fold: true,
  for: true,
  force: true,
  forceUnlock: true,
  format: true,
  from: true,
  full: true,
  gateway: true,
  guardFollows: true,
  header: true,
  host: true,
  input: true,
  issue: true,
  key: true,
  live: true,
  lockTtl: true,
  minValidity: true,
  namespace: true,
  on: true,
  origin: true,
  out: true,
  output: true,
  pin: true,
  plan: true,
  planId: true,
  platform: true,
  port: true,
  quiet: true,
  rate: true,
  rbac: true,
  releaseHold: true,
  repo: true,
  restartRollouts: true,
  resume: true,
  retry: true,
  revision: true,
  rollout: true,
  rollouts: true,
  root: true,
  roots: true,
  serverName: true,
  service: true,
  services: true,
  show: true,
  sni: true,
  staged: true,
  stream: true,
  strictFiles: true,
  subject: true,
  takeOwnership: true,
  target: true,
  timeout: true,
  timer: true,
  to: true,
  unusedCalls: true,
  used: true,
  verbose: true,
  verify: true,
  watch: true,
  whoNeeds: true,
  with: true,
  yes: true,
};

describe('the type of an invocation', () => {
  test('has the names under which commander keeps the options', () => {
    const kept = new Set(inTable.map(({ flags }) => new Option(flags).attributeName()));
    expect(Object.keys(typed).sort()).toEqual([...kept].sort());
  });

  test('has room for arguments, formats and time', () => {
    for (const name of ['arguments', 'formats', 'time']) expect(Object.keys(typed)).not.toContain(name);
  });

  test('refuses a misspelt option, an option of another command and a wrong value', () => {
    const asked: Invocation<'apply'> = {
      arguments: [undefined],
      formats: ['text'],
      time: new Date(0),
      planId: '4be1',
    };
    expect(asked.planId).toBe('4be1');
    // @ts-expect-error -- misspelt
    expect(asked.planID).toBe(undefined);
    // @ts-expect-error -- an option of `plan`
    expect(asked.base).toBe(undefined);
    // @ts-expect-error -- repeatable, so a list
    expect({ ...asked, target: 'local' } satisfies Invocation<'apply'>).toBeDefined();
    // @ts-expect-error -- no choice of --fail-on
    expect({ ...asked, failOn: 'never' } satisfies Invocation<'apply'>).toBeDefined();
    // @ts-expect-error -- `apply` takes one argument
    expect({ ...asked, arguments: ['a', 'b'] } satisfies Invocation<'apply'>).toBeDefined();
  });

  test('has the options of the parent command, which commander accepts in subcommands', () => {
    const asked: OptionsOf<'explain request'> = { origin: 'shop/reviews.timeout', header: ['x:y'] };
    expect(asked.origin).toBe('shop/reviews.timeout');
  });
});
