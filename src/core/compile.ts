import type { Ir } from './ir/ir.ts';
import { type RevisionFile, revisionFiles } from './plan/revision-files.ts';
import type { Artifact } from './targets/artifact.ts';
import { indexJson } from './targets/index-json.ts';
import type { CheckedTarget } from './targets/portability.ts';
import type { Proxy, Target } from './targets/target.ts';

/** A mesh in the native configuration of one target. */
export interface CompiledTarget {
  readonly name: string;
  readonly platform: string;
  readonly artifacts: readonly Artifact[];
  /** By path; `${DIR}` and `${VERSION}` are not filled in. */
  readonly files: ReadonlyMap<string, RevisionFile>;
  /** Text of `index.json`. */
  readonly index: string;
  /** Proxies that have to be started; none where the platform starts its own. */
  readonly proxies: readonly Proxy[];
}

/** Compiles a mesh for a target that was checked; `trust` are bundles (PEM) by trust domain. Same input, same bytes. */
export function compileTarget(
  ir: Ir,
  { config, target, loss }: CheckedTarget & { readonly target: Target },
  trust: Readonly<Record<string, string>>,
): CompiledTarget {
  const { name, platform, version, options } = config;
  const artifacts = target.lower(ir, { version: version ?? target.versions.at(-1) ?? '', options, trust });
  const proxies = target.proxies?.(ir);
  return {
    name,
    platform,
    artifacts,
    files: revisionFiles(artifacts),
    index: indexJson({ target: name, platform, artifacts, loss, ...(proxies && { proxies }) }),
    proxies: proxies ?? [],
  };
}
