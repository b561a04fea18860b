import { CST } from 'yaml';
import { definitionOf, type FieldSchema } from '../spec/field-schema.ts';
import { isKind } from '../spec/kinds.ts';
import { blankLine, joined, type Line } from './line.ts';
import { printLayout, printOwn } from './print-layout.ts';
import { readLayout } from './read-layout.ts';
import { sortLayout } from './sort-layout.ts';
import { blankBefore, triviaOf } from './trivia.ts';

/** The tokens of one document of a file: directives and comments before it, the document itself, and its end marks. */
export type DocumentTokens = readonly CST.Token[];

/**
 * Returns a document as canonical text; undefined if it isn't a document of the mesh language. Throws `Unformattable`.
 */
export function formatDocument(text: string, tokens: DocumentTokens): string | undefined {
  const document = tokens.find((token) => token.type === 'document');
  const schema = document && schemaOf(document);
  if (document === undefined || schema === undefined) return undefined;
  const before = tokens.slice(0, tokens.indexOf(document));
  const after = tokens.slice(tokens.indexOf(document) + 1);
  return joined([
    ...before.flatMap((token) => lineOf(text, token)),
    ...printDocument(text, document, schema),
    ...after.flatMap((token) => lineOf(text, token)),
  ]);
}

function printDocument(text: string, document: CST.Document, schema: FieldSchema): readonly Line[] {
  const mark = document.start.findIndex(({ type }) => type === 'doc-start');
  const above = triviaOf(text, document.start.slice(0, Math.max(mark, 0)));
  const { own, trailing, properties } = triviaOf(text, document.start.slice(mark + 1));
  const { layout, comment, after } = readLayout(text, document.value, properties, -1, own);
  const lines = printLayout(sortLayout(layout, schema));
  const at = document.start[mark]?.offset;
  return [
    ...printOwn(above.own, 0),
    ...(at === undefined
      ? []
      : [
          ...(blankBefore(text, at) ? [blankLine] : []),
          { text: '---', ...(trailing.length > 0 && { comment: trailing.join(' ') }) },
        ]),
    ...(layout.type === 'block' ? [] : printOwn(own, 0)),
    ...lines.map((line, index) =>
      index === lines.length - 1 && comment !== undefined ? { ...line, comment } : line,
    ),
    ...printOwn([...after, ...triviaOf(text, document.end).own], 0),
  ];
}

/** Returns the lines of a token between documents: a directive, a comment, or `...`. */
function lineOf(text: string, token: CST.Token): readonly Line[] {
  if (token.type === 'comment') return printOwn(triviaOf(text, [token]).own, 0);
  if (token.type === 'directive') return [{ text: token.source.trim() }];
  if (token.type !== 'doc-end') return [];
  const { trailing, own } = triviaOf(text, token.end);
  return [{ text: '...', ...(trailing.length > 0 && { comment: trailing.join(' ') }) }, ...printOwn(own, 0)];
}

/** Returns the schema of the kind that a document names; undefined if the document is not of the mesh language. */
function schemaOf({ value }: CST.Document): FieldSchema | undefined {
  if (value?.type !== 'block-map' && value?.type !== 'flow-collection') return undefined;
  const entries = new Map(value.items.map(({ key, value: own }) => [scalarOf(key), scalarOf(own)] as const));
  const kind = entries.get('kind');
  return entries.get('apiVersion') === 'mesh/v1' && isKind(kind) ? definitionOf(kind) : undefined;
}

function scalarOf(token: CST.Token | null | undefined): string | undefined {
  return CST.isScalar(token) && token.type !== 'alias' ? CST.resolveAsScalar(token).value : undefined;
}
