import { shellWord } from '../core/lib/shell-word.ts';

/** The options that choose the mesh of a command. A saved plan holds the environment. */
export interface ChosenMesh {
  readonly root?: string;
  readonly repo?: string;
  readonly revision?: string;
  readonly staged?: boolean;
}

/** Returns the options as words of a command line, each after a space. */
export function chosenText({ root, repo, revision, staged }: ChosenMesh = {}): string {
  const given = { '--root': root, '--repo': repo, '--revision': revision };
  const words = Object.entries(given).flatMap(([flag, value]) =>
    value === undefined ? [] : [` ${flag} ${shellWord(value)}`],
  );
  return `${words.join('')}${staged ? ' --staged' : ''}`;
}
