import type { NativeDocument } from '../../../import/native-document.ts';

/** The namespaces of workspaces: a policy holds within its own workspace. */
export class Workspaces {
  /** The namespaces of each Workspace of the input; `*` stands for all. */
  readonly #namespaces: readonly (readonly string[])[];

  constructor(documents: readonly NativeDocument[]) {
    this.#namespaces = documents
      .filter(({ kind }) => kind === 'Workspace')
      .map(({ root }) => {
        const clusters = root.along('spec', 'workloadClusters').value;
        return listOf(clusters).flatMap((cluster) =>
          listOf(fieldOf(cluster, 'namespaces')).flatMap((one) => {
            const name = fieldOf(one, 'name');
            return typeof name === 'string' ? [name] : [];
          }),
        );
      });
  }

  /** Returns the namespaces of the workspace of a namespace; undefined if all namespaces are in one. */
  of(namespace: string): readonly string[] | undefined {
    if (this.#namespaces.length === 0) return undefined;
    const own = this.#namespaces.filter((names) => has(names, namespace));
    return own.some((names) => names.includes('*')) ? undefined : own.flat();
  }
}

function has(names: readonly string[], namespace: string): boolean {
  return names.includes(namespace) || names.includes('*');
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
