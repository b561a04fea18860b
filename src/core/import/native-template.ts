import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { finding } from '../diagnostics/message.ts';
import type { ParsedSource } from '../source/parse.ts';
import { messages } from './messages.ts';

/** Matches the API versions of Kubernetes' own objects, which guard no request of a mesh. */
const ofKubernetes =
  /^(?:v1|v2|(?:apps|autoscaling|batch|extensions|policy)\/\w+|(?:rbac\.authorization|storage|scheduling|admissionregistration|apiextensions)\.k8s\.io\/\w+)$/;

/**
 * Returns the finding that replaces the errors of a file with templates, {{ … }}, of which objects can't be
 * read; undefined for any other file. An error unless each object is one of Kubernetes' own: a policy that is left out
 * would make access wider.
 */
export function nativeTemplate({ text, documents, diagnostics }: ParsedSource): Diagnostic | undefined {
  if (!text.text.includes('{{')) return undefined;
  const [first] = [...diagnostics, ...documents.flatMap((document) => document.diagnostics)].filter(
    ({ severity }) => severity === 'error',
  );
  if (first === undefined) return undefined;
  const versions = [...text.text.matchAll(/^\s*(?:- )?apiVersion:[ \t]*["']?([^"'\n#]*)/gm)];
  const isOwn =
    versions.length > 0 && versions.every(([, written = '']) => ofKubernetes.test(written.trim()));
  return finding(messages, isOwn ? 'MESH1064' : 'MESH1063', first.location, { braces: '{{ … }}' });
}
