import { editorSchemaFile } from './editor-schema-file.ts';

/**
 * Returns documents with the schema line, by which editors find the schema; each document needs its own. `file` is the
 * name of the documents' file, relative to the root: editors take the line as relative to the file.
 */
export function withSchemaLine(documents: string, file: string): string {
  const up = '../'.repeat(file.split('/').length - 1);
  return documents.replace(/^(?:---\n)?/gm, (start, offset: number) =>
    offset === 0 || start !== ''
      ? `${start}# yaml-language-server: $schema=${up}${editorSchemaFile}\n`
      : start,
  );
}
