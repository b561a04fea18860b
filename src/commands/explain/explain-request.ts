import type { Invocation, Options } from '../../command-table/invocation.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import { answerLine } from '../../core/explain/request/answer-line.ts';
import { describeOutcome } from '../../core/explain/request/describe-outcome.ts';
import { describeText } from '../../core/explain/request/describe-text.ts';
import { parseRequest } from '../../core/explain/request/parse-request.ts';
import { requestFromOptions } from '../../core/explain/request/request-from-options.ts';
import type { Ir } from '../../core/ir/ir.ts';
import { decide } from '../../core/semantics/decide.ts';
import { UsageError } from '../../core/usage-error.ts';
import type { OpenSpecStore } from '../../ports/spec-store.ts';
import { jsonText } from '../../ui/json-text.ts';
import { type Answering, answer, wantedFormats } from '../formats.ts';
import { linkedMesh } from '../linked-mesh.ts';
import { meshOptions } from '../options.ts';
import { withStore } from '../with-store.ts';

/** The parts of the world that the command uses. */
export interface ExplainRequestParts extends Answering {
  readonly openSpecStore: OpenSpecStore;
  /** The lines of a file; `-` is standard input. */
  readonly inputLines: (file: string) => AsyncIterable<string>;
}

/**
 * `mesh explain request`: says what happens to a request and which lines decide it; with `--batch` for many, one JSON
 * line each.
 */
export async function explainRequest(
  invocation: Invocation<'explain request'>,
  parts: ExplainRequestParts,
): Promise<ExitCode> {
  if (invocation.origin !== undefined)
    throw new UsageError('--origin belongs to `mesh explain` and not to a request');
  return withStore(parts.openSpecStore, meshOptions(invocation), async ({ store }) => {
    const { ir, exitCode } = await linkedMesh(store, invocation, parts.console, true);
    if (!ir) return exitCode;
    const batch = invocation.batch;
    if (batch !== undefined) return answerBatch(parts.inputLines(batch), ir, invocation, parts);
    await answerOne(ir, invocation, parts);
    return exit.success;
  });
}

function answerOne(
  ir: Ir,
  invocation: Invocation<'explain request'>,
  parts: ExplainRequestParts,
): Promise<void> {
  const read = requestFromOptions({
    ...named(invocation),
    arguments: invocation.arguments.filter((word) => word !== undefined),
    headers: invocation.header ?? [],
    claims: invocation.claim ?? [],
  });
  if ('problem' in read) throw new UsageError(read.problem);
  const parsed = parseRequest(read.fields, ir);
  if ('problem' in parsed) throw new UsageError(parsed.problem);
  const outcome = decide(ir, parsed.request);
  return answer(
    invocation,
    {
      text: () => describeText(outcome, ir),
      json: () => jsonText(describeOutcome(outcome)),
    },
    parts,
  );
}

const fields = ['from', 'to', 'gateway', 'port', 'host', 'sni', 'address'] as const;

function named(options: Options<(typeof fields)[number]>): Partial<Record<(typeof fields)[number], string>> {
  return Object.fromEntries(
    fields.flatMap((name) => {
      const written = options[name];
      return written === undefined ? [] : [[name, written]];
    }),
  );
}

/** Answers each line at once, so that a program may write and read in turns. Returns 64 if a line isn't a request. */
async function answerBatch(
  lines: AsyncIterable<string>,
  ir: Ir,
  asked: Options<'format' | 'output'> & Pick<Invocation, 'formats'>,
  { console, writeOutput }: ExplainRequestParts,
): Promise<ExitCode> {
  wantedFormats(asked);
  const { output } = asked;
  const kept: string[] = [];
  let exitCode: ExitCode = exit.success;
  for await (const line of lines) {
    if (line.trim() === '') continue;
    const answered = answerLine(line, ir);
    if ('problem' in answered) exitCode = exit.usage;
    const text = jsonText(answered, 'line');
    if (output === undefined) console.out(text, 'json');
    else kept.push(text);
  }
  if (output !== undefined) await writeOutput(output, kept.join(''), 'json');
  return exitCode;
}
