import type { CommandData } from '../../command-table/command-data.ts';
import { globalOptions } from '../../command-table/global-options.ts';
import type { Invocation } from '../../command-table/invocation.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import { UsageError } from '../../core/usage-error.ts';
import type { OpenSpecStore } from '../../ports/spec-store.ts';
import { completionLines } from '../../ui/completion-lines.ts';
import { completionScripts } from '../../ui/completion-scripts.ts';
import { type Answering, answer, wantedFormats } from '../formats.ts';
import { type CandidateParts, candidates } from './candidates.ts';
import { type Candidate, complete } from './complete.ts';
import { type GivenOptions, givenOptions } from './given-options.ts';
import type { RecordedRuns } from './recorded-runs.ts';

/** The parts of the world that the command uses. */
export interface CompletionParts extends Answering {
  readonly openSpecStore: OpenSpecStore;
  readonly table: readonly CommandData[];
  /** Returns the ids of recorded runs of the mesh that the options choose. */
  readonly runs: (given: GivenOptions) => Promise<RecordedRuns>;
  /** Ends the process although a server has not answered. */
  readonly endWaiting: (code: ExitCode) => never;
}

/**
 * `mesh completion SHELL`: prints the completion script of a shell. If words follow, which only that script passes,
 * prints the candidates for the last word.
 */
export async function completion(
  invocation: Invocation<'completion'>,
  parts: CompletionParts,
): Promise<ExitCode> {
  wantedFormats(invocation);
  const [shell, words] = invocation.arguments;
  const script = completionScripts[shell];
  if (script === undefined)
    throw new UsageError(`there is no completion for ${JSON.stringify(shell)}, but for bash, zsh and fish`);
  const asked: RecordedRuns[] = [];
  const runs = async (given: GivenOptions): Promise<readonly Candidate[]> => {
    const found = await parts.runs(given);
    asked.push(found);
    return found.runs;
  };
  const text = words.length === 0 ? script : await lines(shell, words, { ...parts, runs });
  await answer(invocation, { text: () => text }, parts);
  return asked.some(({ isWaiting }) => isWaiting) ? parts.endWaiting(exit.success) : exit.success;
}

async function lines(
  shell: string,
  given: readonly string[],
  parts: Pick<CompletionParts, 'openSpecStore' | 'table'> & Pick<CandidateParts, 'runs'>,
): Promise<string> {
  const typed = rejoined(given.map((word) => word.replace(/^=/, '')));
  const current = typed.at(-1) ?? '';
  const { words, from } = complete(parts.table, globalOptions, typed);
  if (from === 'files' || from === 'folders') return completionLines(from, [], current, shell);
  const { openSpecStore, runs } = parts;
  const more =
    from === 'nothing'
      ? []
      : await candidates(from, current, { openSpecStore, runs, given: givenOptions(typed) });
  return completionLines(from === 'subjects' ? 'open' : 'words', [...words, ...more], current, shell);
}

/** Joins the words of `--format=json`, which bash splits into three. */
function rejoined(words: readonly string[]): readonly string[] {
  const joined: string[] = [];
  let isOpen = false;
  for (const word of words) {
    const last = joined.at(-1);
    if (word === '=' && last?.startsWith('--')) {
      joined[joined.length - 1] = `${last}=`;
      isOpen = true;
    } else if (isOpen) {
      joined[joined.length - 1] = `${last ?? ''}${word}`;
      isOpen = false;
    } else joined.push(word);
  }
  return joined;
}
