import type { Options } from '../../command-table/invocation.ts';
import { shellWord } from '../../core/lib/shell-word.ts';

/** The options that name outputs. */
export type PlaceOptions = Partial<Options<'root' | 'repo' | 'env' | 'directory' | 'target'>>;

/** Returns the options that name the same outputs for the next command, each after a space. */
export function placeText({ root, repo, env, directory, target }: PlaceOptions): string {
  const given: readonly (readonly [string, string | undefined])[] = [
    ['--root', root],
    ['--repo', repo],
    ['--env', env],
    ['--directory', directory],
    ...[target ?? []].flat().map((name) => ['--target', name] as const),
  ];
  return given
    .flatMap(([flag, value]) => (value === undefined ? [] : [` ${flag} ${shellWord(value)}`]))
    .join('');
}
