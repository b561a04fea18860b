import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';

/** The difference that callers notice without an object of each kind. */
const lost: Readonly<Record<string, string>> = {
  'workload.linkerd.io/ExternalWorkload':
    'the workload outside of Kubernetes is no instance of a service: write endpoints',
  'multicluster.linkerd.io/Link': 'services of the other cluster are not called: write clusters',
};

/** Kinds (`GROUP/KIND`) of which nothing is carried. */
export const foreignKinds: readonly string[] = Object.keys(lost);

/** Accounts for an object of which nothing is carried. */
export function readForeign(document: NativeDocument): void {
  const { root, group, kind } = document;
  readHeader(document);
  root.at('spec').lost({ callers: lost[`${group}/${kind}`] ?? 'the language has no form for this kind' });
}
