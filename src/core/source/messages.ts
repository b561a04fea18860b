import { defineMessages } from '../diagnostics/message.ts';

/** Messages about the text of a file. */
export const messages = defineMessages({
  MESH1000: {
    severity: 'error',
    text: 'the file is not UTF-8: byte 0x{byte} does not belong here',
    explanation:
      'The mesh language is written in UTF-8. This byte starts or ends a sequence that UTF-8 does not have, so the file is in another encoding (UTF-16 and Latin-1 are the usual ones) or was damaged. Save it as UTF-8: most editors can, and `iconv -f LATIN1 -t UTF-8 FILE` does it in a shell.',
  },
  MESH1001: {
    severity: 'error',
    text: 'control character {character} in the text',
    explanation:
      'YAML allows tab and line breaks and no other control character; NUL bytes above all are a sign of a damaged or binary file. U+FEFF is a byte order mark, which may only stand at the start of a file: elsewhere it is left from files that were put together, and invisible. Delete the character. Where a value really needs it, write it as an escape in double quotes, such as "\\x07".',
  },
  MESH1002: {
    severity: 'error',
    text: 'merge-conflict marker {marker} left in the file',
    explanation:
      'Git wrote both sides of a conflict into this file and nobody has decided between them. Keep the right lines, delete the lines that start with <<<<<<<, =======, ||||||| and >>>>>>>, and add the file again. Nothing else in the file is checked before that.',
  },
  MESH1003: {
    severity: 'error',
    text: 'not valid YAML: {reason}',
    explanation:
      'The text breaks the rules of YAML 1.2 here, so nothing in the file can be understood. The usual causes: a line that is indented differently from its neighbours, a missing space after a colon, a quote or bracket that is never closed, or a value that starts with one of @ ` % & * ! | > and needs quotes. The real mistake is often at the end of the line before. A template ({{ … }}) is no YAML before it is filled in: name such files in `spec.exclude` of mesh.yaml.',
  },
  MESH1004: {
    severity: 'error',
    text: 'tab in the indentation',
    explanation:
      'YAML is indented with spaces. A tab looks like several columns on one screen and like one on another, so it is an error wherever it indents, even where YAML alone would let it pass. Replace it by spaces; most editors have a command for the whole file.',
  },
  MESH1005: {
    severity: 'error',
    text: 'nested deeper than {limit} levels',
    explanation:
      'Maps, lists and the values in them may be nested a hundred levels deep, those behind aliases included. Nothing in the mesh language needs more than a dozen: look for a bracket that was never closed, or for generated text that went wrong.',
  },
  MESH1006: {
    severity: 'error',
    text: 'the key "{key}" is there twice{hint}',
    explanation:
      'A map has each key once; with two values it would be unclear which of them holds. Where a second document begins (`apiVersion`, `kind`), the line `---` between the documents is missing. Elsewhere delete one of the entries, or merge what is below them. Numbers are compared as they are written: 1 and "1" are the same key.',
  },
  MESH1007: {
    severity: 'error',
    text: 'the alias *{name} has no anchor',
    explanation:
      'An alias (*name) repeats the value that was marked with an anchor (&name) earlier in the same document; there is none of this name. Anchors do not reach across `---` or into other files. If the star is part of the value, as in *.example.com, put the value in quotes.',
  },
  MESH1008: {
    severity: 'error',
    text: 'more than {limit} aliases in one file',
    explanation:
      'A file may hold a thousand aliases (*name). More are a sign of generated text, or of an attempt to expand a small file enormously. Split the file, or put common settings into a Profile.',
  },
  MESH1009: {
    severity: 'error',
    text: 'the aliases of this file stand for more than {limit} values',
    explanation:
      'Aliases (*name) that repeat values which repeat values grow without bound ("billion laughs"). All aliases of one file together may repeat a hundred thousand values. Write the values out, or put common settings into a Profile.',
  },
  MESH1010: {
    severity: 'error',
    text: 'the alias *{name} stands inside the value that it repeats',
    explanation:
      'The value would contain itself and never end. An alias (*name) may only repeat a value that is complete before it.',
  },
  MESH1011: {
    severity: 'error',
    text: 'merge keys (<<) are not part of the language',
    explanation:
      'The merge key `<<` belongs to YAML 1.1; YAML 1.2 and the mesh language do not have it, since readers easily mistake which value wins. Repeat a whole value with an alias (key: *name), or put common settings into a Profile.',
  },
  MESH1012: {
    severity: 'error',
    text: 'a key has to be a string, this is {found}',
    explanation:
      'The keys of maps are names. YAML reads this key as something else, so its name is not clear (0x10 is 16, ~ is null). If the name is the text as written, put it in quotes. A key in curly braces is often a template, {{ … }}, that was never filled in.',
  },
  MESH1061: {
    severity: 'error',
    text: 'a template, {{ … }}, that is not filled in',
    explanation:
      'Double braces belong to a language of templates, such as that of Helm; in YAML they are a map whose key is a map. Fill the template in and give `mesh` the result, or name such files in `spec.exclude` of mesh.yaml. Where environments differ, write an overlay below `environments/NAME/`.',
  },
  MESH1013: {
    severity: 'error',
    text: 'unknown tag {tag}',
    explanation:
      'The mesh language has no tags of its own, and of the tags of YAML only !!str, !!int, !!float, !!bool, !!null, !!map and !!seq. Delete the tag; if the exclamation mark is part of the value, put the value in quotes.',
  },
  MESH1014: {
    severity: 'error',
    text: 'the number {number} cannot be kept exactly',
    explanation:
      'Numbers have to be finite, and whole ones at most 9007199254740991, or other tools that read this file would see another value. If it is an identifier and not a quantity, put it in quotes.',
  },
  MESH2074: {
    severity: 'error',
    text: 'the number {number} begins with a zero: some readers of YAML take it for octal',
    explanation:
      'YAML 1.2 reads 0120 as 120, YAML 1.1, which many tools still speak, as 80. Write the number without the zero; if it is an identifier and not a quantity, put it in quotes.',
  },
  MESH1050: {
    severity: 'error',
    text: 'this file may hold {count} values, more than the {limit} that all files of a spec may hold: it was not read',
    explanation:
      'Keys, values and documents are counted by the colons, commas, dashes and brackets that introduce them, before anything is read, so that a file of commas cannot fill the memory. All files of a spec together may have four million of them. Name files that are not part of the spec in `spec.exclude` of mesh.yaml, delete what was generated by mistake, or split the mesh.',
  },
  MESH1015: {
    severity: 'error',
    text: 'this value does not fit the tag {tag}',
    explanation:
      'A tag such as !!int sets the type of a value, and this text is no value of that type. Delete the tag or correct the value.',
  },
});
