import type { Ir } from '../../../../src/core/ir/ir.ts';
import { link } from '../../../../src/core/ir/link/link.ts';
import { loadSpec } from '../../../../src/core/spec/load.ts';
import type { Artifact, FileArtifact } from '../../../../src/core/targets/artifact.ts';
import envoy from '../../../../src/core/targets/envoy/index.ts';
import type { Loose } from './loose.ts';

/** Links a mesh that is written as one YAML text, with its own mesh.yaml; throws if there are errors. */
export function linked(documents: string, mesh = ''): Ir {
  const header = `apiVersion: mesh/v1\nkind: Mesh\nmetadata: {name: t}\nspec:\n  trustDomain: t.example\n${mesh}`;
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const marked = documents.replace(/^kind:/gm, 'apiVersion: mesh/v1\nkind:');
  const sources = [
    { file: 'mesh.yaml', bytes: bytes(header) },
    { file: 'shop.yaml', bytes: bytes(marked) },
  ];
  const loaded = loadSpec({ sources, unreadable: [] }, {});
  const result: ReturnType<typeof link> = loaded.spec ? link(loaded.spec) : { diagnostics: [] };
  const errors = [...loaded.diagnostics, ...result.diagnostics].filter(
    ({ severity }) => severity === 'error',
  );
  if (result.ir === undefined || errors.length > 0)
    throw new Error(
      errors
        .map(({ message, location }) => `${location.file}:${location.range.start.line} ${message}`)
        .join('\n'),
    );
  return result.ir;
}

export function lower(ir: Ir, options: Readonly<Record<string, unknown>> = {}): readonly Artifact[] {
  return envoy.lower(ir, { version: '1.40', options });
}

export function filesOf(artifacts: readonly Artifact[]): readonly FileArtifact[] {
  return artifacts.filter((artifact) => artifact.type === 'file');
}

/** Returns the resource of this kind and name, in the first file whose path contains `path`. */
export function found(artifacts: readonly Artifact[], kind: string, name: string, path = ''): Loose {
  const artifact = filesOf(artifacts).find(
    (one) => one.kind === kind && one.name === name && one.path.includes(path),
  );
  if (artifact === undefined) throw new Error(`no ${kind} ${name} at ${path}`);
  return artifact.resource;
}

/** Returns the virtual host of a RouteConfiguration for a domain. */
export function hostOf(routes: Loose, domain: string): Loose {
  return routes.virtual_hosts.find((host: Loose) => host.domains.includes(domain));
}
