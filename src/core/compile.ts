import type { Ir } from './ir/ir.ts';
import type { Artifact, CertificateRequest } from './targets/artifact.ts';
import { files, type OutputFile } from './targets/files.ts';
import { type IndexLines, indexLines, indexText } from './targets/index-json.ts';
import type { CheckedTarget } from './targets/portability.ts';
import type { Proxy } from './targets/proxy.ts';
import type { CompiledTrust, LowerContext, Target } from './targets/target.ts';

/** A mesh in the native configuration of one target. */
export interface CompiledTarget {
  readonly name: string;
  readonly platform: string;
  readonly artifacts: readonly Artifact[];
  /** Proxies that people start themselves; empty if the platform starts them. */
  readonly proxies: readonly Proxy[];
}

/** Some files of a compiled target. */
export interface CompiledPart {
  /** `${DIR}` and `${VERSION}` are not filled in. */
  readonly files: readonly OutputFile[];
  readonly requests: readonly CertificateRequest[];
}

/** A target that was checked and whose platform is built. */
export type BuiltTarget = CheckedTarget & { readonly target: Target };

/**
 * Compiles a mesh for a checked target. The same input gives the same bytes.
 */
export function compileTarget(ir: Ir, { config, target }: BuiltTarget, trust: CompiledTrust): CompiledTarget {
  const artifacts = target.lower(ir, contextOf({ config, target }, trust));
  return { name: config.name, platform: config.platform, artifacts, proxies: target.proxies?.(ir) ?? [] };
}

/** Compiles as `compileTarget` does, but yields one part after the other. Returns the text of `index.json`. */
export function* compileParts(
  ir: Ir,
  { config, target, loss }: BuiltTarget,
  trust: CompiledTrust,
): Generator<CompiledPart, string> {
  const lines = { artifacts: [] as string[], requests: [] as string[] } satisfies IndexLines;
  const context = contextOf({ config, target }, trust);
  for (const artifacts of target.lowerParts?.(ir, context) ?? [target.lower(ir, context)]) {
    const added = indexLines(artifacts);
    for (const line of added.artifacts) lines.artifacts.push(line);
    for (const line of added.requests) lines.requests.push(line);
    const requests = artifacts.filter((artifact) => artifact.type === 'certificate');
    yield { files: files(artifacts), requests };
  }
  const { name, platform } = config;
  const proxies = target.proxies?.(ir);
  return indexText({ target: name, platform, lines, loss, ...(proxies && { proxies }) });
}

/** Returns the surroundings of a lowering. */
export function contextOf(
  { config: { version, options }, target }: Pick<BuiltTarget, 'config' | 'target'>,
  { bundles: trust, distrusted }: CompiledTrust = { bundles: {} },
): LowerContext {
  return {
    version: version ?? target.versions.at(-1) ?? '',
    options,
    trust,
    ...(distrusted !== undefined && { distrusted }),
  };
}
