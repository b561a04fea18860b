import { parseRequest } from '../../../src/core/explain/request/parse-request.ts';
import { decide } from '../../../src/core/semantics/decide.ts';
import type { Outcome } from '../../../src/core/semantics/outcome.ts';
import { checkWritten, importTexts } from './import-case.ts';

/** An import that answers requests by the meaning of the written mesh. */
export interface AskedImport {
  /** Codes of the findings. */
  readonly codes: readonly string[];
  /** Returns the decision on a request, asked as in `outcome`. */
  readonly decision: (request: Readonly<Record<string, unknown>>) => Outcome;
  /** Returns the outcome of a request in the words of `mesh explain request --batch`; the path is `/` unless given. */
  readonly outcome: (request: Readonly<Record<string, unknown>>) => string;
}

/** Imports a text of native configuration. */
export async function askedImport(platform: string, native: string): Promise<AskedImport> {
  const result = await importTexts(platform, { 'mesh.yaml': native });
  const { ir } = checkWritten(result);
  const decision = (request: Readonly<Record<string, unknown>>): Outcome => {
    if (ir === undefined) throw new Error('the written mesh does not link');
    const read = parseRequest({ path: '/', ...request }, ir);
    if ('problem' in read) throw new Error(read.problem);
    return decide(ir, read.request);
  };
  return {
    codes: result.diagnostics.map(({ code }) => code),
    decision,
    outcome: (request) => decision(request).outcome,
  };
}
