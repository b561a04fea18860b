import type { Field } from '../../../../import/field.ts';

/** A value that a message has to have; a hole takes any value. */
export type Form =
  | string
  | number
  | boolean
  | Hole<string>
  | Optional<unknown>
  | readonly Form[]
  | { readonly [key: string]: Form };

/** A place for a value that the reader reads itself. */
export class Hole<N extends string> {
  readonly name: N;
  readonly isRequired: boolean;

  constructor(name: N, isRequired: boolean) {
    this.name = name;
    this.isRequired = isRequired;
  }
}

/** A part that may be left out, and otherwise has this form. */
export class Optional<F> {
  readonly form: F;

  constructor(form: F) {
    this.form = form;
  }
}

/** Returns a hole for a value that has to be there. */
export function hole<const N extends string>(name: N): Hole<N> {
  return new Hole(name, true);
}

/** Returns a hole for a value that may be left out. */
export function maybe<const N extends string>(name: N): Hole<N> {
  return new Hole(name, false);
}

/** Returns the form of a part that may be left out. */
export function optional<const F extends Form>(form: F): Optional<F> {
  return new Optional(form);
}

/** Returns the form of a named extension with its message. */
export function extensionForm<const F extends Readonly<Record<string, Form>>>(
  name: string,
  message: string,
  fields: F,
) {
  return { name, typed_config: { '@type': `type.googleapis.com/${message}`, ...fields } } as const;
}

/** The names of the holes of a form. */
export type HolesOf<F> =
  F extends Hole<infer N>
    ? N
    : F extends Optional<infer I>
      ? HolesOf<I>
      : F extends readonly unknown[]
        ? HolesOf<F[number]>
        : F extends Readonly<Record<string, unknown>>
          ? { [K in keyof F]: HolesOf<F[K]> }[keyof F]
          : never;

/** Receives a field that has another form; `expected` says what the target writes there. */
export type ReportForm = (field: Field, expected: string) => void;

/**
 * Compares a message with a form: every leaf that has its value is marked as carried, and every difference is reported, be it a
 * value, a field that is missing, or one that the form doesn't have. Returns the fields at the holes.
 */
export function holesOf(field: Field, form: Form, report: ReportForm): Readonly<Record<string, Field>> {
  const holes: Record<string, Field> = {};
  compare(field, form, holes, report);
  return holes;
}

/** Returns true if a message has a form; marks nothing. */
export function fits(value: unknown, form: Form): boolean {
  if (form instanceof Hole) return !form.isRequired || value !== undefined;
  if (form instanceof Optional) return value === undefined || fits(value, form.form as Form);
  if (typeof form !== 'object') return value === form;
  if (Array.isArray(form)) {
    const items: readonly Form[] = form;
    return (
      Array.isArray(value) &&
      value.length === items.length &&
      items.every((item, index) => fits(value[index], item))
    );
  }
  if (!isMap(value)) return false;
  const fields = form as Readonly<Record<string, Form>>;
  return (
    Object.keys(value).every((key) => Object.hasOwn(fields, key)) &&
    Object.entries(fields).every(([key, inner]) => fits(value[key], inner))
  );
}

function compare(field: Field, form: Form, holes: Record<string, Field>, report: ReportForm): void {
  if (form instanceof Hole) {
    holes[form.name] = field;
    if (form.isRequired && field.value === undefined) report(field, `the field ${field.name}`);
  } else if (form instanceof Optional) {
    if (field.value === undefined) collectHoles(field, form.form as Form, holes);
    else compare(field, form.form as Form, holes, report);
  } else if (typeof form !== 'object') {
    if (field.value === form) field.carried();
    else report(field, field.value === undefined ? `the field ${field.name}` : JSON.stringify(form));
  } else if (Array.isArray(form)) compareList(field, form, holes, report);
  else compareMap(field, form as Readonly<Record<string, Form>>, holes, report);
}

function compareList(
  field: Field,
  form: readonly Form[],
  holes: Record<string, Field>,
  report: ReportForm,
): void {
  const length = Array.isArray(field.value) ? field.value.length : -1;
  if (length !== form.length) {
    report(field, `a list of ${String(form.length)}`);
    collectHoles(field, form, holes);
    return;
  }
  if (length === 0) field.carried();
  for (const [index, item] of form.entries()) compare(field.item(index), item, holes, report);
}

function compareMap(
  field: Field,
  form: Readonly<Record<string, Form>>,
  holes: Record<string, Field>,
  report: ReportForm,
): void {
  if (!isMap(field.value)) {
    report(field, field.value === undefined ? `the field ${field.name}` : 'a map');
    collectHoles(field, form, holes);
    return;
  }
  const keys = Object.keys(field.value);
  if (keys.length === 0 && Object.keys(form).length === 0) field.carried();
  for (const key of keys) if (!Object.hasOwn(form, key)) report(field.at(key), 'no such field');
  for (const [key, inner] of Object.entries(form)) compare(field.at(key), inner, holes, report);
}

/** Fills the holes of a form with fields that aren't there. */
function collectHoles(field: Field, form: Form, holes: Record<string, Field>): void {
  if (form instanceof Hole) holes[form.name] = field.value === undefined ? field : field.at('');
  else if (form instanceof Optional) collectHoles(field, form.form as Form, holes);
  else if (Array.isArray(form))
    for (const item of form as readonly Form[]) collectHoles(field.at(''), item, holes);
  else if (typeof form === 'object')
    for (const [key, inner] of Object.entries(form as Readonly<Record<string, Form>>))
      collectHoles(field.at(key), inner, holes);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
