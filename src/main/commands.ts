import packageJson from '../../package.json' with { type: 'json' };
import { type CommandName, commandTable } from '../command-table/command-table.ts';
import type { Invocation, Options } from '../command-table/invocation.ts';
import type { CommandInvocation } from '../commands/canary/canary-command.ts';
import type { RolloutCommand } from '../core/canary/record/rollout-record.ts';
import type { ExitCode } from '../core/exit-code.ts';
import type { Rotated } from '../core/identity/rotation/rotation.ts';
import type { LayOutGraph } from '../ports/graph-layout.ts';
import {
  answering,
  clusterOpener,
  delivering,
  here,
  observing,
  reading,
  requesting,
  runningLocally,
  signing,
  testingProxies,
  watching,
} from './parts.ts';

const { version } = packageJson;

/** Runs one command and returns its exit code. */
export type Handler<Name extends CommandName> = (invocation: Invocation<Name>) => Promise<ExitCode>;

/** Loads each command with its adapters when it is called. */
export const commands: { readonly [Name in CommandName]: () => Promise<Handler<Name>> } = {
  init: async () => {
    const { init } = await import('../commands/init.ts');
    const { initFiles } = await import('../adapters/init-files.ts');
    const { nativeFolder } = await import('../adapters/native-folder.ts');
    return async (invocation) =>
      init(invocation, { ...(await reading(invocation)), ...here(), ...initFiles, nativeFolder, version });
  },
  import: async () => {
    const { importCommand } = await import('../commands/import.ts');
    const { initFiles } = await import('../adapters/init-files.ts');
    const { nativeFolder } = await import('../adapters/native-folder.ts');
    const { makeRoot } = await import('../adapters/make-root.ts');
    const files = { ...initFiles, nativeFolder, makeRoot };
    return async (invocation) => {
      const parts = await reading(invocation);
      const openCluster = clusterOpener(invocation, parts.console);
      return importCommand(invocation, { ...parts, ...here(), ...files, openCluster });
    };
  },
  validate: async () => {
    const { validate } = await import('../commands/validate.ts');
    const { inGitDirectory } = await import('../adapters/in-git-directory.ts');
    return async (invocation) =>
      validate(invocation, { ...(await reading(invocation)), ...here(), inGitDirectory, version });
  },
  fmt: async () => {
    const { fmt } = await import('../commands/fmt.ts');
    const { rewriteFile } = await import('../adapters/rewrite-file.ts');
    const { pathExists } = await import('../adapters/path-exists.ts');
    const { interruption } = await import('../adapters/interruption.ts');
    return async (invocation) =>
      fmt(invocation, { ...(await reading(invocation)), ...here(), rewriteFile, pathExists, interruption });
  },
  compile: async () => {
    const { compile } = await import('../commands/compile.ts');
    const { collectGarbage } = await import('../adapters/collect-garbage.ts');
    const { compiledFolder } = await import('../adapters/compiled-folder.ts');
    const { refuseLinkOut } = await import('../adapters/resolved-path.ts');
    return async (invocation) =>
      compile(invocation, {
        ...(await signing(invocation)),
        ...here(),
        collectGarbage,
        compiledFolder,
        refuseLinkOut,
      });
  },
  explain: async () => {
    const { explain } = await import('../commands/explain/explain.ts');
    return async (invocation) => explain(invocation, await reading(invocation));
  },
  'explain request': async () => {
    const { explainRequest } = await import('../commands/explain/explain-request.ts');
    const { inputLines } = await import('../adapters/input-lines.ts');
    return async (invocation) => explainRequest(invocation, { ...(await reading(invocation)), inputLines });
  },
  'canary replay': async () => {
    const { canaryReplay } = await import('../commands/canary/canary-replay.ts');
    const { inputLines } = await import('../adapters/input-lines.ts');
    return async (invocation) => canaryReplay(invocation, { ...(await reading(invocation)), inputLines });
  },
  access: async () => {
    const { access } = await import('../commands/access.ts');
    return async (invocation) => access(invocation, await reading(invocation));
  },
  test: async () => {
    const { test } = await import('../commands/test.ts');
    const { pathExists } = await import('../adapters/path-exists.ts');
    const { readNamedFile } = await import('../adapters/named-file.ts');
    return async (invocation) =>
      test(invocation, {
        ...(await reading(invocation)),
        ...here(),
        pathExists,
        readNamedFile,
        proxies: testingProxies,
      });
  },
  graph: async () => {
    const { graph } = await import('../commands/graph.ts');
    const layOutGraph: LayOutGraph = async (request) =>
      (await import('../adapters/graphviz-layout.ts')).graphvizLayout(request);
    return async (invocation) => graph(invocation, { ...(await reading(invocation)), layOutGraph });
  },
  targets: async () => {
    const { targets } = await import('../commands/targets.ts');
    return async (invocation) => targets(invocation, await reading(invocation));
  },
  lsp: async () => {
    const { lsp } = await import('../commands/lsp/lsp.ts');
    const { languageClient } = await import('../adapters/language-client.ts');
    const { inGitDirectory } = await import('../adapters/in-git-directory.ts');
    const { meshRoot } = await import('../adapters/mesh-root.ts');
    return async (invocation) =>
      lsp(invocation, {
        ...(await reading(invocation)),
        editor: languageClient(version),
        inGitDirectory,
        meshRoot,
      });
  },
  completion: async () => {
    const { completion } = await import('../commands/completion/completion.ts');
    const observed = () => import('../commands/completion/recorded-runs.ts');
    const { endWaiting } = await import('../adapters/end-waiting.ts');
    return async (invocation) => {
      const runs: Parameters<typeof completion>[1]['runs'] = async (given) =>
        (await observed()).recordedRuns(await observing(invocation), given, invocation.time);
      return completion(invocation, {
        ...(await reading(invocation)),
        table: commandTable,
        runs,
        endWaiting,
      });
    };
  },
  doctor: async () => {
    const { doctor } = await import('../commands/doctor.ts');
    const { machine } = await import('../adapters/machine.ts');
    const { keyStore } = await import('../adapters/key-store.ts');
    const { envoyAdmin: admin } = await import('../adapters/envoy-admin.ts');
    const { localListeners: listeners } = await import('../adapters/local-listeners.ts');
    return async (invocation) =>
      doctor(invocation, { ...(await observing(invocation)), machine, admin, listeners, keyStore });
  },
  'certs init': async () => {
    const { certsInit } = await import('../commands/certs-init.ts');
    const { claimFile } = await import('../adapters/claimed-file.ts');
    const { readTextFile: readFile } = await import('../adapters/text-file.ts');
    const { writeRepositoryFile: writeFile } = await import('../adapters/repository-file.ts');
    return async (invocation) =>
      certsInit(invocation, { ...(await requesting(invocation)), claimFile, readFile, writeFile });
  },
  'certs issue': async () => {
    const { certsIssue } = await import('../commands/certs-issue.ts');
    const { writeSecret } = await import('../adapters/secret-file.ts');
    return async (invocation) => certsIssue(invocation, { ...(await requesting(invocation)), writeSecret });
  },
  'certs status': async () => {
    const { certsStatus } = await import('../commands/certs/certs-status.ts');
    const { envoyAdmin: admin } = await import('../adapters/envoy-admin.ts');
    const { servedChain } = await import('../adapters/served-chain.ts');
    return async (invocation) =>
      certsStatus(invocation, { ...(await observing(invocation)), admin, servedChain });
  },
  'certs rotate workload': async () => {
    const { rotateWorkload } = await import('../commands/rotation/rotate-workload.ts');
    return async (invocation) => rotateWorkload(invocation, await delivering(invocation));
  },
  'certs rotate root': () => rotation('root'),
  'certs rotate issuer': () => rotation('issuer'),
  'certs verify': async () => {
    const { certsVerify } = await import('../commands/certs/certs-verify.ts');
    const { tlsProbe } = await import('../adapters/tls-probe.ts');
    return async (invocation) => certsVerify(invocation, { ...(await observing(invocation)), tlsProbe });
  },
  'certs export': async () => {
    const { certsExport } = await import('../commands/certs/certs-export.ts');
    const { writeSecret } = await import('../adapters/secret-file.ts');
    const { makeFolder } = await import('../adapters/make-folder.ts');
    return async (invocation) =>
      certsExport(invocation, { ...(await signing(invocation)), writeSecret, makeFolder });
  },
  'keys check': async () => {
    const { keysCheck } = await import('../commands/keys-check.ts');
    const { repositoryContent } = await import('../adapters/repository-content.ts');
    return async (invocation) =>
      keysCheck(invocation, { ...(await answering(invocation)), ...here(), repositoryContent, version });
  },
  plan: async () => {
    const { plan } = await import('../commands/plan.ts');
    return async (invocation) => plan(invocation, await observing(invocation));
  },
  apply: async () => {
    const { apply } = await import('../commands/apply.ts');
    return async (invocation) => apply(invocation, await delivering(invocation));
  },
  rollback: async () => {
    const { rollback } = await import('../commands/rollback.ts');
    return async (invocation) => rollback(invocation, await delivering(invocation));
  },
  history: async () => {
    const { history } = await import('../commands/history.ts');
    return async (invocation) => history(invocation, await observing(invocation));
  },
  'canary plan': async () => {
    const { canaryPlan } = await import('../commands/canary/canary-plan.ts');
    const { metricsSources: metrics } = await import('../adapters/metrics-sources.ts');
    return async (invocation) => canaryPlan(invocation, { ...(await reading(invocation)), metrics });
  },
  'canary run': async () => {
    const { canaryRun } = await import('../commands/canary/canary-run.ts');
    const { canaryAdapters } = await import('../adapters/canary-adapters.ts');
    const own = canaryAdapters(process.env);
    return async (invocation) => canaryRun(invocation, { ...(await delivering(invocation)), ...own });
  },
  'canary status': async () => {
    const { canaryStatus } = await import('../commands/canary/canary-status.ts');
    return async (invocation) => canaryStatus(invocation, await watching(invocation));
  },
  'canary promote': () => wish('promote'),
  'canary pause': () => wish('pause'),
  'canary resume': () => wish('resume'),
  'canary guard': async () => {
    const { canaryGuard } = await import('../commands/canary/canary-guard.ts');
    return async (invocation) => canaryGuard(invocation, await delivering(invocation));
  },
  'canary abort': () => wish('abort'),
  up: async () => {
    const { up } = await import('../commands/local-run/up.ts');
    return async (invocation) => up(invocation, await runningLocally(invocation));
  },
  down: async () => {
    const { down } = await import('../commands/local-run/down.ts');
    return async (invocation) => down(invocation, await runningLocally(invocation));
  },
  drift: async () => {
    const { drift } = await import('../commands/drift.ts');
    return async (invocation) => drift(invocation, await watching(invocation));
  },
  status: async () => {
    const { status } = await import('../commands/status.ts');
    return async (invocation) => status(invocation, await watching(invocation));
  },
};

/** Loads a command that asks something of the runner of a rollout. */
async function wish(action: RolloutCommand['action']) {
  const { canaryCommand } = await import('../commands/canary/canary-command.ts');
  return async (invocation: CommandInvocation & Options<'color'>) =>
    canaryCommand(action, invocation, await delivering(invocation));
}

/** Loads a command that takes a step of a rotation. */
async function rotation(of: Rotated) {
  const { rotateAuthority } = await import('../commands/rotation/rotate-authority.ts');
  const { rotationAdapters: own } = await import('../adapters/rotation-adapters.ts');
  return async (invocation: Parameters<typeof rotateAuthority>[1] & Options<'color'>) =>
    rotateAuthority(of, invocation, { ...(await delivering(invocation)), ...own });
}
