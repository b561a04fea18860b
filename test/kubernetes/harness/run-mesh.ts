import { certificateReader as reader } from '../../../src/adapters/certificate-reader.ts';
import { connectCluster } from '../../../src/adapters/cluster/connect-cluster.ts';
import { envoyAdmin as admin } from '../../../src/adapters/envoy-admin.ts';
import { gzipBase64 as compression } from '../../../src/adapters/gzip-base64.ts';
import { hookSender } from '../../../src/adapters/hook-sender.ts';
import { keyStore } from '../../../src/adapters/key-store.ts';
import { machine } from '../../../src/adapters/machine.ts';
import { readNamedFile } from '../../../src/adapters/named-file.ts';
import { openSpecStore } from '../../../src/adapters/open-spec-store.ts';
import { outputDirectory } from '../../../src/adapters/output-directory.ts';
import { writeOutput } from '../../../src/adapters/output-file.ts';
import { processes } from '../../../src/adapters/processes.ts';
import { PrometheusSource } from '../../../src/adapters/prometheus/prometheus-source.ts';
import { ProxyScrape } from '../../../src/adapters/proxy-scrape/proxy-scrape.ts';
import { systemClock as clock } from '../../../src/adapters/system-clock.ts';
import { systemEntropy as entropy } from '../../../src/adapters/system-entropy.ts';
import { x509Signer as signer } from '../../../src/adapters/x509-signer.ts';
import { type CommandName, commandTable } from '../../../src/command-table/command-table.ts';
import { apply } from '../../../src/commands/apply.ts';
import { canaryCommand } from '../../../src/commands/canary/canary-command.ts';
import { canaryGuard } from '../../../src/commands/canary/canary-guard.ts';
import { canaryRun } from '../../../src/commands/canary/canary-run.ts';
import { canaryStatus } from '../../../src/commands/canary/canary-status.ts';
import { doctor } from '../../../src/commands/doctor.ts';
import { drift } from '../../../src/commands/drift.ts';
import { history } from '../../../src/commands/history.ts';
import { plan } from '../../../src/commands/plan.ts';
import { rollback } from '../../../src/commands/rollback.ts';
import { status } from '../../../src/commands/status.ts';
import { validate } from '../../../src/commands/validate.ts';
import { Failure } from '../../../src/core/failure.ts';
import type { Console } from '../../../src/ports/console.ts';
import { program } from '../../../src/program.ts';
import { testKubeconfig, withKubeconfig } from './connected.ts';

/** The end of a command, with what it wrote. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Settings of a command; `kubeconfig` is that of the test server unless another is named. */
export interface RunSettings {
  readonly root: string;
  readonly kubeconfig?: string;
  readonly signal?: AbortSignal;
  /** `user@host` of whoever runs it. */
  readonly actor?: string;
  /** Called with each piece of standard output. */
  readonly onOut?: (text: string) => void;
}

/** Runs a command of `mesh` in this process, with the adapters that `main.ts` gives it; only the streams are kept. */
export async function runMesh(words: readonly string[], settings: RunSettings): Promise<Ran> {
  const {
    root,
    kubeconfig = testKubeconfig ?? '',
    signal = new AbortController().signal,
    actor = 'test@host',
  } = settings;
  const written = { out: '', error: '' };
  const out = (text: string): void => {
    written.out += text;
    settings.onOut?.(text);
  };
  const console: Console = {
    out,
    outParts: (parts) => {
      for (const part of parts) out(part);
      return Promise.resolve();
    },
    error: (text) => {
      written.error += text;
    },
    outIsTerminal: false,
    outIsPipe: true,
    inputIsTerminal: false,
    columns: 200,
    outColour: false,
    errorColour: false,
    ask: () => Promise.resolve(undefined),
  };
  const opened: { close(): void }[] = [];
  const parts = {
    ...{ console, writeOutput, openSpecStore, reader, clock, outputDirectory, readNamedFile, entropy, admin },
    ...{ signal, signer, keyStore, machine, actor, tool: 'mesh/test', version: '0.0.0' },
    workingDirectory: root,
    processes: await processes(),
    compression,
    hooks: hookSender({}, clock),
    metrics: {
      prometheus: (url: string) => new PrometheusSource(url, {}, clock),
      scrape: () => new ProxyScrape(admin, clock),
    },
    openCluster: (context: string | undefined) => {
      const cluster = withKubeconfig(kubeconfig, () =>
        connectCluster(context, { clock, userAgent: 'mesh/test' }),
      );
      opened.push(cluster);
      return Promise.resolve(cluster);
    },
  };
  const wish = (action: Parameters<typeof canaryCommand>[0]) => canaryCommand.bind(undefined, action);
  const commands = {
    ...{ apply, doctor, drift, history, plan, rollback, status, validate },
    ...{ 'canary run': canaryRun, 'canary status': canaryStatus, 'canary guard': canaryGuard },
    ...{ 'canary pause': wish('pause'), 'canary resume': wish('resume') },
    ...{ 'canary promote': wish('promote'), 'canary abort': wish('abort') },
  };
  let code = -1;
  const tree = program<CommandName>(
    commandTable,
    async (name, { options, ...rest }) => {
      const command = commands[name as keyof typeof commands] as unknown as (
        invocation: object,
        parts: object,
      ) => Promise<number>;
      code = await command({ ...options, ...rest }, parts);
    },
    { out, error: (text) => console.error(text) },
  );
  const dirty = words[0] === 'apply' ? ['--allow-dirty'] : [];
  try {
    await tree.parseAsync([...words, ...dirty, '--root', root], { from: 'user' });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    written.error += `mesh: ${error.message}\n`;
    code = error.exitCode;
  } finally {
    for (const one of opened) one.close();
  }
  return { code, ...written };
}
