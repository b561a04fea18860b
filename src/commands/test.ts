import type { Invocation } from '../command-table/invocation.ts';
import { type ExitCode, exit } from '../core/exit-code.ts';
import type { Ir } from '../core/ir/ir.ts';
import { askMeaning } from '../core/suite/ask-meaning.ts';
import { coverage } from '../core/suite/coverage.ts';
import type { Suite } from '../core/suite/suite.ts';
import { countResults, type TestRun } from '../core/suite/test-result.ts';
import { UsageError } from '../core/usage-error.ts';
import type { OpenSpecStore } from '../ports/spec-store.ts';
import { suiteGithub } from '../ui/suite/suite-github.ts';
import { suiteJson } from '../ui/suite/suite-json.ts';
import { suiteJunit } from '../ui/suite/suite-junit.ts';
import { suiteMarkdown } from '../ui/suite/suite-markdown.ts';
import { suiteText } from '../ui/suite/suite-text.ts';
import { type Answering, answer, isForPeople, wantedFormats } from './formats.ts';
import { fails, linkedMesh, showFindings } from './linked-mesh.ts';
import { meshOptions } from './options.ts';
import { livePlaces } from './suite/live/live-places.ts';
import type { ProxyParts } from './suite/proxies/proxy-parts.ts';
import { type AllSuites, readAllSuites } from './suite/read-all-suites.ts';
import { type SuitePlaces, suiteSources } from './suite/suite-sources.ts';
import { withStore } from './with-store.ts';

/** The parts of the world that the command uses. */
export interface TestParts
  extends Answering,
    Pick<SuitePlaces, 'workingDirectory' | 'pathExists' | 'readNamedFile'> {
  readonly openSpecStore: OpenSpecStore;
  /** Loads the parts that run proxies on this machine. */
  readonly proxies: () => Promise<ProxyParts>;
}

/** `mesh test [FILES…]`: asks the requests of suites and compares the outcomes with the expected ones. */
export async function test(invocation: Invocation<'test'>, parts: TestParts): Promise<ExitCode> {
  wantedFormats(invocation);
  const options = meshOptions(invocation);
  return withStore(parts.openSpecStore, options, async ({ store, root, prefix }) => {
    const { mesh, ir, exitCode } = await linkedMesh(store, invocation, parts.console, true);
    if (!ir) return exitCode;
    const names = invocation.arguments.flat().filter((name) => name !== '-');
    const { revision, staged, repo, standardInput } = options;
    const isWorkingTree = [revision, staged, repo, standardInput].every((option) => option === undefined);
    const sources = await suiteSources(mesh.sources, { ...parts, names, root, isWorkingTree });
    const read = readAllSuites(sources, ir);
    if (read.suites.length === 0 && read.findings.length === 0) throw new UsageError(noSuite(names));
    const asked = await askAll(read.suites, ir, invocation, parts);
    const { suites } = asked;
    const results = suites.flatMap((suite) => suite.results);
    const run: TestRun = {
      on: asked.on,
      suites,
      findings: read.findings,
      ...(invocation.coverage && {
        coverage: coverage(
          ir,
          results.map(({ decidedBy }) => decidedBy),
        ),
      }),
      prefix: await prefix(),
    };
    const code = await report(run, read, invocation, parts);
    return asked.signal?.aborted ? (asked.signal.reason as ExitCode) : code;
  });
}

/** The results of all tests; `signal` tells whether the run was interrupted. */
interface Asked extends Pick<TestRun, 'on' | 'suites'> {
  readonly signal?: AbortSignal;
}

async function askAll(
  suites: readonly Suite[],
  ir: Ir,
  { on = 'meaning', live, allowRequests = false }: Invocation<'test'>,
  parts: TestParts,
): Promise<Asked> {
  if (live !== undefined) {
    const places = livePlaces(live, ir);
    if (on === 'envoy') throw new UsageError('--on envoy and --live ask different proxies: give one of them');
    if (!allowRequests)
      throw new UsageError(
        '--live sends the requests of the suites to proxies that serve others: give --allow-requests, too, if every one of them may be sent',
      );
    const { runOnLive } = await import('./suite/live/run-on-live.ts');
    const { sender, signal } = await parts.proxies();
    return { on: 'live', suites: await runOnLive(suites, ir, places, { sender, signal }), signal };
  }
  if (on === 'meaning') {
    const byMeaning = suites.map((suite) => ({
      suite,
      results: suite.tests.map((one) => askMeaning(one, ir)),
    }));
    return { on, suites: byMeaning };
  }
  const { runOnEnvoy } = await import('./suite/proxies/run-on-envoy.ts');
  const proxies = await parts.proxies();
  return { on, suites: await runOnEnvoy(suites, ir, proxies), signal: proxies.signal };
}

async function report(
  run: TestRun,
  { texts, findings }: AllSuites,
  invocation: Invocation<'test'>,
  parts: TestParts,
): Promise<ExitCode> {
  const hasPassed = countResults(run).failed === 0 && !fails(findings, invocation);
  const { quiet = false, verbose = false } = invocation;
  await answer(
    invocation,
    {
      text: (colours) => (quiet && hasPassed ? '' : suiteText(run, colours, verbose)),
      json: () => suiteJson(run),
      junit: () => suiteJunit(run),
      github: () => suiteGithub(run),
      markdown: () => suiteMarkdown(run),
    },
    parts,
  );
  if (isForPeople(invocation)) showFindings(findings, texts, invocation, parts.console);
  return hasPassed ? exit.success : exit.findings;
}

function noSuite(names: readonly string[]): string {
  const place = names.length === 0 ? 'below the root' : `in ${names.join(', ')}`;
  return `there is no suite of tests ${place}: a suite is a YAML document with apiVersion: mesh.test/v1 and kind: Suite`;
}
