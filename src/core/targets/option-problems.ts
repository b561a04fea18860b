import type { ErrorObject } from 'ajv/dist/2020.js';
import { didYouMean } from '../lib/did-you-mean.ts';
import { areClearlyValid } from './clearly-valid.ts';

/** A problem with an option of a target. */
export interface OptionProblem {
  /** Name of the option; empty for a problem of all options together. */
  readonly option: string;
  readonly problem: string;
}

/** Checks the options of a target against the platform's own schema (JSON Schema 2020-12). */
export async function optionProblems(
  options: Readonly<Record<string, unknown>>,
  schema: object = { type: 'object', additionalProperties: false },
): Promise<readonly OptionProblem[]> {
  if (Object.keys(options).length === 0) return [];
  // The validator takes longer to load than a small spec to check.
  if (areClearlyValid(options, schema)) return [];
  const { compiled } = await import('./option-validator.ts');
  const validate = compiled(schema);
  if (validate(options)) return [];
  const known = Object.keys('properties' in schema ? (schema.properties as object) : {});
  return (validate.errors ?? []).map((error) => problemOf(error, known));
}

function problemOf(
  { keyword, instancePath, params, message }: ErrorObject,
  known: readonly string[],
): OptionProblem {
  const [, option = ''] = instancePath.split('/');
  const extra: unknown = params['additionalProperty'];
  if (keyword === 'additionalProperties' && typeof extra === 'string' && option === '')
    return { option: extra, problem: `there is no such option${didYouMean(extra, known)}` };
  return { option, problem: message ?? keyword };
}
