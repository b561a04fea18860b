import type { CommandData, Completes, OptionData } from '../../command-table/command-data.ts';

/** Candidates for the word that is being typed: these words, and kinds of names to look up. */
export interface Completion {
  readonly words: readonly Candidate[];
  readonly from: Completes;
}

export interface Candidate {
  readonly word: string;
  readonly description: string;
}

/** Returns the candidates of a command line; the last of `typed`, all words after `mesh`, is being typed. */
export function complete(
  table: readonly CommandData[],
  globalOptions: readonly OptionData[],
  typed: readonly string[],
): Completion {
  const before = typed.slice(0, -1);
  const current = typed.at(-1) ?? '';
  const { path, positionals, open } = walked(table, globalOptions, before);
  const command = table.find(({ name }) => name === path);
  const options = [...(command?.options ?? []), ...globalOptions];
  const isAssigned = current.startsWith('--') && current.includes('=');
  const waiting = open ?? (isAssigned ? optionNamed(options, current) : undefined);
  if (waiting) return valueOf(waiting, command);
  if (current.startsWith('-')) return only([...optionWords(options, before), ...general(path)]);
  return {
    words: positionals === 0 ? commandWords(table, path) : [],
    from: argumentAt(command, positionals),
  };
}

function argumentAt(command: CommandData | undefined, position: number): Completes {
  const known = command?.arguments ?? [];
  const last = known.at(-1);
  const argument = known[position] ?? (last?.name.includes('...') ? last : undefined);
  return argument?.completes ?? 'nothing';
}

interface Walked {
  /** Name of the command, or of the group of commands, that the words name. */
  readonly path: string;
  /** Words that are arguments of the command. */
  readonly positionals: number;
  /** The option whose value comes next. */
  readonly open?: OptionData;
}

function walked(
  table: readonly CommandData[],
  globalOptions: readonly OptionData[],
  typed: readonly string[],
): Walked {
  let path = '';
  let positionals = 0;
  let open: OptionData | undefined;
  for (const word of typed) {
    if (open) {
      open = undefined;
    } else if (word.startsWith('-') && word !== '-') {
      const own = table.find(({ name }) => name === path)?.options ?? [];
      const option = optionNamed([...own, ...globalOptions], word);
      open = option && takesValue(option) && !word.includes('=') ? option : undefined;
    } else {
      const longer = path === '' ? word : `${path} ${word}`;
      const isCommand = table.some(({ name }) => name === longer || name.startsWith(`${longer} `));
      if (positionals === 0 && isCommand) path = longer;
      else positionals += 1;
    }
  }
  return { path, positionals, ...(open && { open }) };
}

function optionNamed(options: readonly OptionData[], word: string): OptionData | undefined {
  const [name = ''] = word.split('=');
  return options.find(({ flags }) => flags.split(/[ ,]+/).includes(name));
}

function takesValue({ flags }: OptionData): boolean {
  return flags.includes('<');
}

function valueOf({ flags, choices, completes }: OptionData, command: CommandData | undefined): Completion {
  if (choices) return only(choices.map((word) => ({ word, description: '' })));
  if (flags.startsWith('--format '))
    return only((command?.formats ?? ['text']).map((word) => ({ word, description: '' })));
  return { words: [], from: completes ?? placeholder(flags) };
}

/** Returns the kind of names that `<file>` and `<directory>` stand for. */
function placeholder(flags: string): Completes {
  if (/<(?:directory|folder)>/.test(flags)) return 'folders';
  return flags.includes('<file>') ? 'files' : 'nothing';
}

/** Returns the options of a command, except given options that can't be repeated. */
function optionWords(options: readonly OptionData[], before: readonly string[]): readonly Candidate[] {
  const given = before.flatMap((word) => optionNamed(options, word) ?? []);
  return options
    .filter((option) => option.repeatable === true || !given.includes(option))
    .map(({ flags, description }) => ({ word: /--[\w-]+/.exec(flags)?.[0] ?? flags, description }));
}

function general(path: string): readonly Candidate[] {
  const help = { word: '--help', description: 'print help' };
  return path === '' ? [help, { word: '--version', description: 'print the version' }] : [help];
}

/** Returns the commands one step below a path. */
function commandWords(table: readonly CommandData[], path: string): readonly Candidate[] {
  const start = path === '' ? '' : `${path} `;
  const steps = new Map<string, string>();
  for (const { name, description } of table) {
    if (!name.startsWith(start)) continue;
    const [word = '', ...rest] = name.slice(start.length).split(' ');
    if (rest.length === 0 || !steps.has(word)) steps.set(word, rest.length === 0 ? description : '');
  }
  return [...steps].map(([word, description]) => ({ word, description }));
}

function only(words: readonly Candidate[]): Completion {
  return { words, from: 'nothing' };
}
