import type { Related } from '../../diagnostics/diagnostic.ts';
import { defineMessages, finding, type Report } from '../../diagnostics/message.ts';
import type { Ir } from '../../ir/ir.ts';
import { idOf } from '../../ir/link/names.ts';
import { itemsOf, locationOf } from '../../ir/link/spec-place.ts';
import { own } from '../../lib/own.ts';
import { quoted } from '../../lib/quoted.ts';
import type { Location } from '../../location.ts';
import { locate } from '../../source/locate.ts';
import { pointAt } from '../../source/point-at.ts';
import type { Kind, Spec, SpecObject } from '../../spec/spec.ts';
import type { GuardrailDocument, Validation } from '../../spec/types.gen.ts';
import { type Program, programOf } from './expression-program.ts';
import { type AnyDocument, documentsOf, ResolvedDocuments } from './resolved-document.ts';
import { ValidationEnvironment } from './validation-environment.ts';
import { WorkBudget } from './work-budget.ts';

export const validationMessages = defineMessages({
  MESH3110: {
    severity: 'error',
    text: '{message} (the Guardrail {guardrail} demands it of each {kind})',
    explanation:
      'An expression under `validations` of a Guardrail has to be true of each document of a kind, with the settings that are in force for it. Here it is false. Change what the expression reads, or let the service off for a time with a waiver.',
  },
  MESH3111: {
    severity: 'error',
    text: 'a validation of the Guardrail {guardrail} fails for {kind} {name}: {reason}',
    explanation:
      'An expression has no value if it reads a field that this document leaves out, divides by zero, or is not true or false. It then holds of nothing. Ask `has(self.field)` before a field that may be missing.',
  },
  MESH3112: {
    severity: 'error',
    text: 'this is not an expression over {kind}: {reason}',
    explanation:
      'Validations are CEL (cel.dev) over `self`, the fields of a document with the settings in force, over `mesh`, those of the Mesh, and over `environment`. Names and types are checked: durations are compared with `duration("2s")`, percentages are doubles (`50.0`), sizes are bytes. There are the standard functions and macros, without those of points in time.',
  },
  MESH3113: {
    severity: 'error',
    text: 'an expression of a validation is true or false, and this is of the type {type}',
    explanation: 'Compare the value with another: `self.timeout <= duration("2s")` and not `self.timeout`.',
  },
  MESH3114: {
    severity: 'error',
    text: 'a validation of the Guardrail {guardrail} takes too much work for {kind} {name}, so it is not known to hold',
    explanation:
      'The work of an expression is bounded: 100,000 steps for one document, 20 million for the mesh; a macro inside a macro multiplies the steps. Ask less, or write two validations.',
  },
});

/** The documents and the linked mesh that validations are about. */
export interface ValidatedMesh {
  readonly spec: Spec;
  readonly ir: Ir;
}

/** Evaluates the validations of all Guardrails of a mesh. */
export class Validations {
  private readonly mesh: ValidatedMesh;
  private readonly documents: ResolvedDocuments;
  private readonly budget = new WorkBudget();
  private readonly environments = new Map<Kind, ValidationEnvironment>();

  constructor(mesh: ValidatedMesh) {
    this.mesh = mesh;
    this.documents = new ResolvedDocuments(mesh.ir);
  }

  /** Reports what a Guardrail's validations find, except in documents for which `isWaived` returns true. */
  check(
    { name, value }: SpecObject<GuardrailDocument>,
    isWaived: (document: AnyDocument) => boolean,
    report: Report,
  ): void {
    const severity = value.spec.severity ?? 'error';
    for (const [validation, at] of itemsOf(value.spec.validations)) {
      const place = { container: validation, key: 'expression' };
      const environment = this.environmentOf(validation.each);
      const program = programOf(validation.expression, environment, this.budget);
      if ('problem' in program) {
        const values = { kind: `a ${validation.each}`, reason: program.problem };
        report(finding(validationMessages, 'MESH3112', locationOf(place), values));
      } else if (program.type !== 'bool' && program.type !== 'dyn') {
        report(finding(validationMessages, 'MESH3113', locationOf(place), { type: program.type }));
      } else {
        const asked = { guardrail: name, validation, program, environment, rule: locationOf(at) };
        const own: Report = (found) => report({ ...found, severity });
        for (const document of documentsOf(this.mesh.spec, validation.each))
          this.ask(asked, document, isWaived, own);
      }
    }
  }

  private ask(
    { guardrail, validation, program, environment, rule }: Asked,
    document: AnyDocument,
    isWaived: (document: AnyDocument) => boolean,
    report: Report,
  ): void {
    const { spec, ir } = this.mesh;
    const values = environment.valuesFor(document, spec.mesh, ir.environment);
    const result = program.evaluate(values);
    if ('value' in result && result.value === true) return;
    if (isWaived(document)) return;
    const { location, related } = this.placeOf(document, program);
    const details = { related: [...related, { location: rule, message: `the validation of ${guardrail}` }] };
    const of = { guardrail, kind: document.kind, name: nameOf(document) };
    if ('exceeded' in result) report(finding(validationMessages, 'MESH3114', location, of, details));
    else if ('failure' in result)
      report(finding(validationMessages, 'MESH3111', location, { ...of, reason: result.failure }, details));
    else if (result.value === false) {
      const message =
        validation.message ?? `${nameOf(document)}: ${quoted(validation.expression, 200)} is false`;
      report(finding(validationMessages, 'MESH3110', location, { message, ...of }, details));
    } else {
      const reason = 'its value is neither true nor false';
      report(finding(validationMessages, 'MESH3111', location, { ...of, reason }, details));
    }
  }

  /** Returns the line of the first field that the expression reads and the document writes, else of its name. */
  private placeOf(
    document: AnyDocument,
    { paths }: Program,
  ): { readonly location: Location; readonly related: readonly Related[] } {
    for (const path of paths) {
      const location = writtenAt(document, path);
      if (location !== undefined) return { location, related: [] };
    }
    const { services, externals } = this.mesh.ir;
    const owner =
      document.kind === 'Service'
        ? own(services, idOf(document))
        : document.kind === 'External'
          ? own(externals, idOf(document))
          : undefined;
    const origin = paths
      .map((path) => owner?.settings.origins[path.join('.')])
      .find((one) => one !== undefined);
    const related =
      origin === undefined ? [] : [{ location: pointAt(origin), message: 'the setting in force' }];
    return { location: document.location, related };
  }

  private environmentOf(kind: Kind): ValidationEnvironment {
    const known = this.environments.get(kind);
    if (known !== undefined) return known;
    const made = new ValidationEnvironment(kind, this.documents);
    this.environments.set(kind, made);
    return made;
  }
}

interface Asked {
  readonly guardrail: string;
  readonly validation: Validation;
  readonly program: Program;
  readonly environment: ValidationEnvironment;
  readonly rule: Location;
}

function nameOf({ namespace, name }: AnyDocument): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}

function writtenAt({ value }: AnyDocument, path: readonly string[]): Location | undefined {
  let container: unknown = path[0] === 'metadata' ? value : value.spec;
  let location: Location | undefined;
  for (const key of path) {
    if (typeof container !== 'object' || container === null || Array.isArray(container)) return location;
    if (!Object.hasOwn(container, key)) return undefined;
    location = locate(container, key, 'key');
    container = (container as Readonly<Record<string, unknown>>)[key];
  }
  return location;
}
