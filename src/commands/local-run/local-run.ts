import type { Snapshot } from '../../core/history/snapshot.ts';
import { type LocalPart, settledState } from '../../core/local-run/local-part.ts';
import type { RecordedProgram } from '../../core/local-run/run-record.ts';
import { runLogFolder } from '../../core/local-run/run-record.ts';
import type { StandIn } from '../../core/local-run/stand-ins.ts';
import { resourcesByPath } from '../../core/revision/revision-files.ts';
import type { Proxy } from '../../core/targets/proxy.ts';
import type { OpenListener } from '../../ports/local-listeners.ts';
import type { StartedProgram } from '../../ports/local-programs.ts';
import { endPrograms } from './end-programs.ts';
import { findProblems } from './find-problems.ts';
import { lastWords } from './last-words.ts';
import type { LocalRunParts } from './local-parts.ts';
import type { LocalPlace } from './local-places.ts';

/** A proxy that this run has started, or that somebody else has. */
interface RunningProxy {
  readonly proxy: Proxy;
  /** Text of its bootstrap; a proxy whose bootstrap or arguments change is started anew. */
  readonly bootstrap: string;
  /** Absent if somebody else has started the proxy, or if it can't be started. */
  readonly program?: StartedProgram;
  state: LocalPart['state'];
  detail?: string;
}

/** Milliseconds to wait for the answer of a proxy. */
const answerWithin = 1_000;

/** The proxies and stand-ins of one output while `mesh up` runs. */
export class LocalRun {
  private readonly place: LocalPlace;
  private readonly envoy: string;
  private readonly parts: LocalRunParts;
  private readonly proxies = new Map<string, RunningProxy>();
  private readonly services: { readonly standIn: StandIn; readonly listener: OpenListener | undefined }[] =
    [];

  /** `envoy` is the path of the program that runs proxies. */
  constructor(place: LocalPlace, envoy: string, parts: LocalRunParts) {
    this.place = place;
    this.envoy = envoy;
    this.parts = parts;
  }

  get name(): string {
    return this.place.name;
  }

  /** Starts stand-ins. If another process listens at the address of a stand-in already, that process stays. */
  async openServices(standIns: readonly StandIn[]): Promise<void> {
    for (const standIn of standIns) {
      const name = labelOf(standIn);
      const line = (method: string, path: string): string => `${name} took ${method} ${path}`;
      this.services.push({ standIn, listener: await this.parts.listeners.open(standIn.address, line) });
    }
  }

  /**
   * Starts the proxies of a revision that don't run, ends proxies that the revision doesn't have, and restarts proxies
   * whose bootstrap or arguments differ.
   */
  async follow(revision: Snapshot): Promise<void> {
    const bootstraps = resourcesByPath(revision.artifacts);
    const wanted = new Map(revision.proxies.map((proxy) => [proxy.id, proxy]));
    const bootstrapOf = (proxy: Proxy): string =>
      JSON.stringify([bootstraps.get(proxy.bootstrap)?.[0], proxy.arguments]);
    const over = [...this.proxies.values()].filter(({ proxy, bootstrap, program, state }) => {
      const next = wanted.get(proxy.id);
      // Try a proxy again that could not start: its address may be free by now.
      const isIdle = program === undefined && state === 'ended';
      return isIdle || next === undefined || bootstrapOf(next) !== bootstrap;
    });
    await this.end(over);
    for (const { proxy } of over) this.proxies.delete(proxy.id);
    const fresh = revision.proxies.filter(({ id }) => !this.proxies.has(id));
    const { running, problems } = await findProblems(this.place, revision, fresh, this.parts);
    for (const proxy of fresh) {
      const bootstrap = bootstrapOf(proxy);
      const problem = problems.find(
        (one) => one.includes(`proxy ${proxy.id} `) || one.includes(`proxy ${proxy.id}:`),
      );
      if (running.has(proxy.id)) this.proxies.set(proxy.id, { proxy, bootstrap, state: 'running' });
      else if (problem !== undefined)
        this.proxies.set(proxy.id, { proxy, bootstrap, state: 'ended', detail: problem });
      else this.proxies.set(proxy.id, { proxy, bootstrap, state: 'starting', program: this.start(proxy) });
    }
  }

  /** Asks the proxies that run for their state. */
  async look(): Promise<void> {
    await Promise.all(
      [...this.proxies.values()].map(async (one) => {
        const ending = one.program?.ending();
        if (ending !== undefined) {
          if (one.state !== 'ended') one.detail = await this.lastWords(one.proxy, ending);
          one.state = 'ended';
          return;
        }
        if (one.state === 'ended') return;
        const { state } = await this.parts.admin.get(one.proxy.admin, '/ready', answerWithin);
        if (state === 'answered') one.state = one.program === undefined ? 'running' : 'ready';
        else if (one.program === undefined) one.state = 'ended';
        else if (one.state === 'ready') one.state = 'starting';
      }),
    );
  }

  /** Returns the parts that `mesh up` shows: proxies, then stand-ins. */
  shown(): readonly LocalPart[] {
    const target = this.place.name;
    const proxies = [...this.proxies.values()].map(({ proxy, state, detail }): LocalPart => {
      const { outbound } = proxy;
      const listens = { ...proxy.inbound, ...(outbound !== '' && { outbound }) };
      return {
        target,
        kind: 'proxy',
        name: proxy.id,
        state,
        listens,
        ...(detail !== undefined && { detail }),
      };
    });
    const services = this.services.map(({ standIn, listener }): LocalPart => {
      const { host, port } = standIn.address;
      const part = {
        target,
        kind: 'service',
        name: labelOf(standIn),
        listens: { app: `${host}:${String(port)}` },
      } as const;
      return listener === undefined
        ? { ...part, state: 'running' }
        : { ...part, state: 'ready', requests: listener.requests() };
    });
    return [...proxies, ...services];
  }

  /** Returns the programs of this run in the form of the record. */
  recorded(): readonly RecordedProgram[] {
    return [...this.proxies.values()].flatMap(({ proxy: { id }, program, state }) =>
      program === undefined ? [] : [{ id, process: program.process, state: settledState(state) }],
    );
  }

  /** Returns the number of stand-ins that this run has started. */
  get serviceCount(): number {
    return this.services.filter(({ listener }) => listener !== undefined).length;
  }

  /** Ends everything that this run has started. */
  async stop(): Promise<void> {
    await this.end([...this.proxies.values()]);
    for (const { listener } of this.services) listener?.close();
  }

  private start(proxy: Proxy): StartedProgram {
    const { path } = this.place.directory;
    return this.parts.programs.start({
      program: this.envoy,
      // Without a limit each proxy on this machine starts a thread for every processor.
      arguments: ['-c', `${path}/${proxy.bootstrap}`, ...proxy.arguments, '--concurrency', '1'],
      workingDirectory: `${path}/${proxy.workingDirectory}`,
      log: `${path}/${logOf(proxy)}`,
    });
  }

  private async end(all: readonly RunningProxy[]): Promise<void> {
    const own = all.flatMap(({ program }) => (program === undefined ? [] : [program]));
    for (const program of own) program.end(false);
    const { clock } = this.parts;
    const until = clock.monotonic() + 5_000;
    while (own.some((one) => one.ending() === undefined) && clock.monotonic() < until) await clock.sleep(50);
    for (const program of own) if (program.ending() === undefined) program.end(true);
    await endPrograms(own, this.parts);
  }

  /** Returns the reason for the end of a proxy, with the last error of its log. */
  private async lastWords(proxy: Proxy, ending: string): Promise<string> {
    const log = (await this.place.directory.read(logOf(proxy))) ?? '';
    const said = lastWords(log);
    return `${ending}${said === undefined ? '' : `: ${said}`} (${this.place.directory.path}/${logOf(proxy)})`;
  }
}

function logOf({ id }: Proxy): string {
  return `${runLogFolder}/${id}.log`;
}

/** Returns the label of a stand-in, `hello v1`, with a namespace other than `default`: `shop/hello v1`. */
function labelOf({ service, version }: StandIn): string {
  return `${service.replace(/^default\//, '')} ${version}`;
}
