import {
  boolCoreTag,
  floatCoreTag,
  getScalarValue,
  intCoreTag,
  NOT_RESOLVED,
  nullCoreTag,
  SCALAR_STYLE,
  type ScalarEvent,
  type ScalarTagDefinition,
} from 'js-yaml';

export type Scalar = string | number | boolean | null;

/** Returns the value of a scalar with a tag; undefined if the text does not fit the tag. */
export function taggedScalar(text: string, tag: string): Scalar | undefined {
  if (tag === '!' || tag === 'str') return text;
  if (tag === 'null' && text === '') return null;
  const definition = implicitTags.find(({ tagName }) => tagName === prefix + tag);
  return definition === undefined ? undefined : resolve(definition, text, true);
}

/** Returns the value of an untagged plain scalar under the core schema (YAML 1.2.2, 10.3.2). */
export function plainScalar(text: string): Scalar {
  const code = text.length === 0 ? 0 : text.charCodeAt(0);
  const definitions = byFirstCharacter[code];
  if (definitions === undefined) return text;
  for (const definition of definitions) {
    const value = resolve(definition, text, false);
    if (value !== undefined) return value;
  }
  return number.test(text) ? Number(text) : text;
}

/** Matches numbers of the core schema: js-yaml reads those beyond the range of a double as strings. */
const number = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** Returns the characters that a scalar stands for, whatever its style. */
export function scalarText(input: string, event: ScalarEvent): string {
  if (event.valueStart < 0) return '';
  return event.fast ? input.slice(event.valueStart, event.valueEnd) : getScalarValue(input, event);
}

/**
 * Returns the place of a scalar, with its quotes or the header of its block; a scalar without characters has no place.
 */
export function scalarBounds(
  input: string,
  event: ScalarEvent,
): readonly [start: number, end: number] | undefined {
  const { valueStart, valueEnd, style, tagEnd, anchorEnd } = event;
  if (valueStart < 0) {
    const end = Math.max(tagEnd, anchorEnd);
    return end < 0 ? undefined : [end, end];
  }
  if (style === SCALAR_STYLE.PLAIN) return [valueStart, valueEnd];
  if (style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED) {
    return [valueStart - 1, valueEnd + 1];
  }
  return [blockHeader(input, valueStart), valueEnd];
}

/** Returns the offset of the `|` or `>` on the line before a block scalar's text. */
function blockHeader(input: string, valueStart: number): number {
  const from = input.lastIndexOf('\n', valueStart - 2) + 1;
  const header = /[|>][-+0-9]*[ \t]*(?:#.*)?\r?\n?$/.exec(input.slice(from, valueStart));
  return header === null ? valueStart : from + header.index;
}

const prefix = 'tag:yaml.org,2002:';

const implicitTags: readonly ScalarTagDefinition[] = [nullCoreTag, boolCoreTag, intCoreTag, floatCoreTag];

/** The possible tags of a scalar by the code of its first character; 0 stands for the empty text. */
const byFirstCharacter: readonly (readonly ScalarTagDefinition[] | undefined)[] = Array.from(
  { length: 128 },
  (_, code) => {
    const character = code === 0 ? '' : String.fromCharCode(code);
    const found = implicitTags.filter(
      ({ implicitFirstChars }) => implicitFirstChars?.includes(character) ?? true,
    );
    return found.length === 0 ? undefined : found;
  },
);

function resolve(definition: ScalarTagDefinition, text: string, isExplicit: boolean): Scalar | undefined {
  const value = definition.resolve(text, isExplicit, definition.tagName);
  if (value === NOT_RESOLVED) return undefined;
  // Read minus zero as 0, which it equals and prints as, so that equal meshes have equal values.
  return value === 0 ? 0 : (value as Scalar);
}
