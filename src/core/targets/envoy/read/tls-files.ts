import type { Field } from '../../../import/field.ts';

/** Returns the path of a file that a source of data names; undefined for text in the configuration. */
export function readFilename(source: Field): string | undefined {
  const name = source.at('filename').text();
  for (const other of ['inline_string', 'inline_bytes', 'environment_variable'])
    source.at(other).lost({ callers: 'the spec names files: put the text into one' });
  source.at('watched_directory').withoutEffect('it says when the file is read again');
  return name;
}
