import { exit } from '../../../core/exit-code.ts';
import type { Proxy } from '../../../core/targets/proxy.ts';
import type { StartedProgram } from '../../../ports/local-programs.ts';
import { PortError } from '../../../ports/port-error.ts';
import type { ScratchFolder } from '../../../ports/scratch-folder.ts';
import { endPrograms } from '../../local-run/end-programs.ts';
import { lastWords } from '../../local-run/last-words.ts';
import type { ProxyParts } from './proxy-parts.ts';

/** Milliseconds that proxies have to get ready, and those between two looks. */
const patience = 30_000;
const pollEvery = 50;

/** The Envoys of a test run; they end with it. */
export class EnvoyProcesses {
  private readonly program: string;
  private readonly folder: ScratchFolder;
  private readonly parts: ProxyParts;
  private readonly running = new Map<string, StartedProgram>();

  constructor(program: string, folder: ScratchFolder, parts: ProxyParts) {
    this.program = program;
    this.folder = folder;
    this.parts = parts;
  }

  /** Starts proxies and waits until they listen. Throws PortError(1) with the reason of one that doesn't. */
  async start(proxies: readonly Proxy[]): Promise<void> {
    for (const proxy of proxies) this.running.set(proxy.id, this.started(proxy));
    const until = this.parts.clock.monotonic() + patience;
    await Promise.all(proxies.map((proxy) => this.ready(proxy, until)));
  }

  async stop(): Promise<void> {
    const all = [...this.running.values()];
    for (const program of all) program.end(true);
    await endPrograms(all, this.parts);
    this.running.clear();
  }

  private started({ id, bootstrap, workingDirectory, arguments: words }: Proxy): StartedProgram {
    const { path } = this.folder;
    const own = ['-c', `${path}/${bootstrap}`, ...words, '--concurrency', '1', '--log-level', 'warning'];
    return this.parts.programs.start({
      program: this.program,
      arguments: own,
      workingDirectory: `${path}/${workingDirectory}`,
      log: `${path}/logs/${id}.log`,
    });
  }

  private async ready(proxy: Proxy, until: number): Promise<void> {
    const { admin, clock, signal } = this.parts;
    for (;;) {
      const answer = await admin.get(proxy.admin, '/ready', 2_000, signal);
      if (answer.state === 'answered' && answer.body.startsWith('LIVE')) break;
      const ending = this.running.get(proxy.id)?.ending();
      if (signal.aborted) throw new PortError('the tests were interrupted', exit.interrupted);
      if (ending !== undefined || clock.monotonic() > until)
        throw new PortError(await this.lastWords(proxy, ending ?? 'is not ready in time'), exit.failed);
      await clock.sleep(pollEvery, signal);
    }
    const stats = await admin.get(proxy.admin, '/stats?filter=update_rejected', 2_000, signal);
    if (stats.state === 'answered' && /: [1-9]/.test(stats.body))
      throw new PortError(await this.lastWords(proxy, 'refuses its configuration'), exit.failed);
  }

  private async lastWords({ service, id }: Proxy, what: string): Promise<string> {
    const log = await this.folder.read(`logs/${id}.log`);
    const said = lastWords(log);
    return `the Envoy of ${service} ${what}${said === undefined ? '' : `: ${said}`}`;
  }
}
