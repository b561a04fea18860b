import type { ErrorObject } from 'ajv';
import type { Code, Diagnostic } from '../diagnostics/diagnostic.ts';
import { limitedFindings, mostFindings } from '../diagnostics/limited-findings.ts';
import { lonelyField, missingField, tooFewFields, tooManyFields, unknownField } from './field-problems.ts';
import { type SchemaProblem, schemaProblems } from './schema-problem.ts';
import { outOfRange, unfit, unfitKey, unknownWord, wrongType } from './value-problems.ts';

/** Turns ajv's errors about a document into findings for people, each at its key or value, and each problem once. */
export function schemaDiagnostics(root: object, errors: readonly ErrorObject[]): readonly Diagnostic[] {
  const limited = limitedFindings();
  const found: Diagnostic[] = [];
  const made = new Map<string, { count: number; readonly code: Code }>();
  for (const problem of schemaProblems(root, errors)) {
    const { keyword } = problem;
    const known = made.get(keyword);
    if (known !== undefined && known.count > mostFindings) {
      // Skip the search for the intended word, which takes time for each finding.
      limited.passOver(known.code);
      continue;
    }
    const one = (translations[keyword] ?? unfit)(root, problem);
    made.set(keyword, { count: (known?.count ?? 0) + 1, code: one.code });
    if (limited.takes(one)) found.push(one);
  }
  return [...withoutRepetition(found), ...limited.left()];
}

const translations: Readonly<Record<string, (root: object, problem: SchemaProblem) => Diagnostic>> = {
  additionalProperties: unknownField,
  required: missingField,
  dependentRequired: lonelyField,
  type: wrongType,
  enum: unknownWord,
  propertyNames: unfitKey,
  minProperties: tooFewFields,
  maxProperties: tooManyFields,
  minimum: outOfRange,
  maximum: outOfRange,
  exclusiveMinimum: outOfRange,
  exclusiveMaximum: outOfRange,
  minLength: outOfRange,
  maxLength: outOfRange,
  minItems: outOfRange,
  maxItems: outOfRange,
};

/**
 * Removes repeated findings: keeps one of each kind at a place; drops a missing field beside a misspelt one, and
 * anything else about a value of the wrong type.
 */
function withoutRepetition(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const mistyped = new Set(diagnostics.flatMap((one) => (one.code === 'MESH1102' ? [placeOf(one)] : [])));
  const seen = new Set<string>();
  return diagnostics.filter((one) => {
    const { code, message } = one;
    if (ofValues.has(code) && mistyped.has(placeOf(one))) return false;
    const key = `${code} ${placeOf(one)} ${code === 'MESH1101' ? message : ''}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Codes of problems with a value of the right type. */
const ofValues: ReadonlySet<Code> = new Set<Code>(['MESH1103', 'MESH1104', 'MESH1105']);

function placeOf({ location: { range } }: Diagnostic): string {
  return `${String(range.start.line)}:${String(range.start.column)}`;
}
