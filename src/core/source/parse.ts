import { parseEvents, YAMLException } from 'js-yaml';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { finding } from '../diagnostics/message.ts';
import { conflictMarkers } from './conflict-markers.ts';
import { construct, maxDepth, type ParsedDocument } from './construct.ts';
import { decode } from './decode.ts';
import type { SourceText } from './document.ts';
import { withJoinedLine } from './flow-lines.ts';
import { jsonObjects } from './json-objects.ts';
import { messages } from './messages.ts';
import { mostValues, possibleValues } from './possible-values.ts';
import type { Source } from './source.ts';
import { locationAt, sourceText } from './span.ts';
import { syntaxErrors } from './syntax.ts';

/** A file as text and as documents, with the findings about the whole file; each document has its own findings. */
export interface ParsedSource {
  readonly text: SourceText;
  readonly documents: readonly ParsedDocument[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The number of values that the files of a spec may still contain. */
export interface ValueBudget {
  left: number;
}

/**
 * Reads a file as YAML 1.2 (core schema), and takes its values from the budget of the spec. Returns documents or
 * findings for any bytes; never throws. With `isNative` it is read as the tools of Kubernetes do: lines inside of brackets need no
 * indentation, and objects of JSON may stand in a row.
 */
export function parseSource(
  { file, bytes }: Source,
  budget: ValueBudget = { left: mostValues },
  isNative = false,
): ParsedSource {
  const { text: characters, invalid } = decode(bytes);
  const text = sourceText(file, characters);
  if (invalid !== undefined) {
    const byte = invalid.byte.toString(16).padStart(2, '0').toUpperCase();
    const location = locationAt(text, invalid.offset, invalid.offset + 1);
    return { text, documents: [], diagnostics: [finding(messages, 'MESH1000', location, { byte })] };
  }
  const count = possibleValues(characters);
  if (count > budget.left) {
    const location = locationAt(text, 0);
    const values = { count, limit: mostValues };
    return { text, documents: [], diagnostics: [finding(messages, 'MESH1050', location, values)] };
  }
  budget.left -= count;
  const unreadable = [...controlCharacters(text), ...conflictMarkers(text)];
  if (unreadable.length > 0) return { text, documents: [], diagnostics: unreadable };
  return parsedText(text, characters, isNative ? mostJoined : 0);
}

/** The most lines of a native file that are read in spite of their indentation. */
const mostJoined = 100;

/** Parses characters that stand at the places of a text; up to `left` lines may be joined with the one before. */
function parsedText(text: SourceText, characters: string, left: number): ParsedSource {
  try {
    return {
      text,
      documents: construct(text, parseEvents(characters, { maxDepth: maxDepth + 1 })),
      diagnostics: [],
    };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const objects = left === mostJoined ? jsonObjects(text, maxDepth + 1) : undefined;
    if (objects !== undefined && 'events' in objects)
      return { text, documents: construct(text, objects.events), diagnostics: [] };
    if (objects !== undefined)
      return { text, documents: [], diagnostics: syntaxErrors(objects.text, objects.error) };
    const joined = left > 0 ? withJoinedLine(characters, error) : undefined;
    if (joined !== undefined) return parsedText(text, joined, left - 1);
    return { text, documents: [], diagnostics: syntaxErrors(text, error) };
  }
}

/**
 * Reports the first character that YAML 1.2 does not allow (c-printable, 5.1), and a byte order mark inside the text
 * (5.2), which is invisible and would make a different key.
 */
function controlCharacters(source: SourceText): readonly Diagnostic[] {
  const match = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]/.exec(source.text);
  if (match === null) return [];
  const character = `U+${match[0].charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`;
  return [finding(messages, 'MESH1001', locationAt(source, match.index, match.index + 1), { character })];
}
