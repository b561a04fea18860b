import type { Invocation, Options } from '../../command-table/invocation.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import { explainCode } from '../../core/explain/explain-code.ts';
import { fieldDocs } from '../../core/explain/field-docs.ts';
import { originOfPath } from '../../core/explain/origin-of-path.ts';
import { didYouMean } from '../../core/lib/did-you-mean.ts';
import { catalog } from '../../core/message-catalog.ts';
import { UsageError } from '../../core/usage-error.ts';
import type { OpenSpecStore } from '../../ports/spec-store.ts';
import { codeJson, fieldJson, originJson } from '../../ui/explain/explain-json.ts';
import { codeText, originText } from '../../ui/explain/explain-text.ts';
import { fieldText } from '../../ui/explain/field-text.ts';
import { type Answering, answer } from '../formats.ts';
import { linkedMesh } from '../linked-mesh.ts';
import { meshOptions } from '../options.ts';
import { withStore } from '../with-store.ts';

/** The parts of the world that the command uses. */
export interface ExplainParts extends Answering {
  readonly openSpecStore: OpenSpecStore;
}

/**
 * `mesh explain CODE|KIND.FIELD` and `mesh explain --origin PATH`: says what a finding or field means, or where a value
 * comes from.
 */
export async function explain(invocation: Invocation<'explain'>, parts: ExplainParts): Promise<ExitCode> {
  const {
    arguments: [subject],
    origin,
  } = invocation;
  if (subject !== undefined && origin === undefined) await explainSubject(subject, invocation, parts);
  else if (subject === undefined && origin !== undefined) return explainOrigin(origin, invocation, parts);
  else
    throw new UsageError(
      'explain takes one of: a code such as MESH1100, a field such as Service.timeout, --origin PATH',
    );
  return exit.success;
}

function explainSubject(
  subject: string,
  options: Options<'format' | 'output'>,
  parts: ExplainParts,
): Promise<void> {
  if (/^(?:mesh)?\d+$/i.test(subject)) {
    const found = explainCode(subject);
    if (found === undefined) {
      const meant = didYouMean(subject.toUpperCase(), [...catalog.keys()]);
      throw new UsageError(`there is no code ${JSON.stringify(subject)}${meant}`);
    }
    const { code, message } = found;
    return answer(
      options,
      {
        text: (colours, columns) => codeText(code, message, colours, columns),
        json: () => codeJson(code, message),
      },
      parts,
    );
  }
  const found = fieldDocs(subject);
  if ('problem' in found) throw new UsageError(found.problem);
  const { docs } = found;
  return answer(
    options,
    { text: (colours, columns) => fieldText(docs, colours, columns), json: () => fieldJson(docs) },
    parts,
  );
}

function explainOrigin(
  path: string,
  invocation: Invocation<'explain'>,
  parts: ExplainParts,
): Promise<ExitCode> {
  return withStore(parts.openSpecStore, meshOptions(invocation), async ({ store }) => {
    const { mesh, ir, exitCode } = await linkedMesh(store, invocation, parts.console, true);
    if (!ir || !mesh.spec) return exitCode;
    const found = originOfPath(mesh.spec, ir, path);
    if ('problem' in found) throw new UsageError(found.problem);
    const { origins } = found;
    await answer(
      invocation,
      { text: (colours, columns) => originText(origins, colours, columns), json: () => originJson(origins) },
      parts,
    );
    return exit.success;
  });
}
