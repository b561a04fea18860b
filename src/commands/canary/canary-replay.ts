import type { Invocation } from '../../command-table/invocation.ts';
import type { JudgePolicy } from '../../core/canary/judge/judge-policy.ts';
import { policyOf } from '../../core/canary/judge/policy-of.ts';
import { verdictExit } from '../../core/canary/judge/verdict-exit.ts';
import { parseStreamLine, type StreamProblem } from '../../core/canary/replay/parse-stream-line.ts';
import { type ReplayAnswer, replayAnswer } from '../../core/canary/replay/replay-answer.ts';
import { messages } from '../../core/canary/replay/stream-messages.ts';
import { StreamReplay } from '../../core/canary/replay/stream-replay.ts';
import { finding } from '../../core/diagnostics/message.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import type { Ir } from '../../core/ir/ir.ts';
import type { Rollout } from '../../core/ir/rollout.ts';
import { didYouMean } from '../../core/lib/did-you-mean.ts';
import { UsageError } from '../../core/usage-error.ts';
import type { OpenSpecStore } from '../../ports/spec-store.ts';
import { verdictText } from '../../ui/canary/verdict-text.ts';
import { jsonText } from '../../ui/json-text.ts';
import { type Answering, answer, wantedFormats } from '../formats.ts';
import { linkedMesh, showFindings } from '../linked-mesh.ts';
import { meshOptions } from '../options.ts';
import { withStore } from '../with-store.ts';

/** The parts of the world that the command uses. */
export interface CanaryReplayParts extends Answering {
  readonly openSpecStore: OpenSpecStore;
  /** The lines of a file; `-` is standard input. */
  readonly inputLines: (file: string) => AsyncIterable<string>;
}

/** `mesh canary replay`: judges recorded streams as a live run of the rollout would have. */
export async function canaryReplay(
  invocation: Invocation<'canary replay'>,
  parts: CanaryReplayParts,
): Promise<ExitCode> {
  wantedFormats(invocation);
  const { rollout: name, stream, batch } = invocation;
  if (name === undefined) throw new UsageError('name the rollout: --rollout NAMESPACE/NAME');
  if ((stream === undefined) === (batch === undefined))
    throw new UsageError('give a recorded stream with --stream, or a file of many with --batch');
  return withStore(parts.openSpecStore, meshOptions(invocation), async ({ store }) => {
    const { ir, exitCode } = await linkedMesh(store, invocation, parts.console, true);
    if (!ir) return exitCode;
    const policy = policyOf(rolloutNamed(name, ir));
    const replaying = new Replaying(policy, batch ?? stream ?? '-', invocation, parts);
    return batch === undefined ? replaying.single() : replaying.batch();
  });
}

function rolloutNamed(name: string, { rollouts = {} }: Ir): Rollout {
  const found = Object.values(rollouts).find(({ id }) => id === name);
  if (found !== undefined) return found;
  const known = Object.values(rollouts).map(({ id }) => id);
  if (known.length === 0) throw new UsageError(`there is no rollout "${name}": the spec has no Rollout`);
  throw new UsageError(`there is no rollout "${name}"${didYouMean(name, known)}`);
}

/** Reads one file of streams. */
class Replaying {
  readonly #policy: JudgePolicy;
  readonly #file: string;
  readonly #invocation: Invocation<'canary replay'>;
  readonly #parts: CanaryReplayParts;
  #line = 0;
  #hasFailed = false;

  constructor(
    policy: JudgePolicy,
    file: string,
    invocation: Invocation<'canary replay'>,
    parts: CanaryReplayParts,
  ) {
    this.#policy = policy;
    this.#file = file;
    this.#invocation = invocation;
    this.#parts = parts;
  }

  /** Judges the only stream of the file, and returns the exit code that the run would have had. */
  async single(): Promise<ExitCode> {
    const replay = new StreamReplay(this.#policy);
    for await (const text of this.#lines()) {
      const line = parseStreamLine(text);
      if ('stream' in line)
        this.#report({ problem: 'a file of many streams is given with --batch', column: 1 });
      else if ('problem' in line) this.#report(line);
      else this.#report(replay.take(line, text));
      if (this.#hasFailed) return exit.findings;
    }
    this.#noteUnit(replay);
    const verdict = replayAnswer(replay.end());
    await answer(
      this.#invocation,
      {
        text: (colours) => verdictText(verdict, colours),
        json: () => jsonText(verdict),
        ndjson: () => jsonText(verdict, 'line'),
      },
      this.#parts,
    );
    return verdictExit(verdict.verdict, this.#policy);
  }

  /** Judges all streams of the file, and answers with a line of JSON for each, in their order. */
  async batch(): Promise<ExitCode> {
    let current: { readonly name: string; readonly replay: StreamReplay; isBad: boolean } | undefined;
    const kept: string[] = [];
    const end = (): void => {
      if (current === undefined || current.isBad) return;
      this.#noteUnit(current.replay);
      this.#answer(replayAnswer(current.replay.end(), current.name), kept);
    };
    for await (const text of this.#lines()) {
      const line = parseStreamLine(text);
      if ('stream' in line) {
        end();
        current = { name: line.stream, replay: new StreamReplay(this.#policy), isBad: false };
      } else if (current === undefined) {
        this.#report({
          problem: 'the file has to begin with the name of a stream: {"stream": "NAME"}',
          column: 1,
        });
        return exit.findings;
      } else if (!current.isBad) {
        const problem = 'problem' in line ? line : current.replay.take(line, text);
        this.#report(problem);
        current.isBad = problem !== undefined;
      }
    }
    end();
    const { output } = this.#invocation;
    if (output !== undefined) await this.#parts.writeOutput(output, kept.join(''), 'json');
    return this.#hasFailed ? exit.findings : exit.success;
  }

  #answer(verdict: ReplayAnswer, kept: string[]): void {
    const text = jsonText(verdict, 'line');
    if (this.#invocation.output === undefined) this.#parts.console.out(text, 'json');
    else kept.push(text);
  }

  async *#lines(): AsyncGenerator<string> {
    for await (const text of this.#parts.inputLines(this.#file)) {
      this.#line += 1;
      if (text.trim() !== '') yield text;
    }
  }

  /** Shows a bad line with its place. */
  #report(problem: StreamProblem | undefined): void {
    if (problem === undefined) return;
    this.#hasFailed = true;
    const start = { line: this.#line, column: problem.column };
    const location = { file: this.#file, range: { start, end: start } };
    const { console } = this.#parts;
    const found = finding(messages, 'MESH6010', location, { problem: problem.problem });
    showFindings([found], [], this.#invocation, console);
  }

  #noteUnit({ hasShares }: StreamReplay): void {
    if (hasShares && !this.#invocation.quiet)
      this.#parts.console.error(
        `${this.#file}: its weights are read as shares of one, because no step of the rollout has them in per cent\n`,
      );
  }
}
