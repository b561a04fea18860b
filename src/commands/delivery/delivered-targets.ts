import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { finding } from '../../core/diagnostics/message.ts';
import type { Output, TargetConfig } from '../../core/ir/target-config.ts';
import { messages } from '../../core/plan/messages.ts';
import type { Origin } from '../../core/source/location.ts';
import { targets } from '../../core/targets/registry.ts';
import { PortError } from '../../ports.ts';

/** A target whose output is a directory. */
export type DirectoryTarget = TargetConfig & { readonly output: Output & { readonly type: 'directory' } };

const usage = 64;

/** The targets that are meant, in the order of the spec: those named, else all; and why some can't be delivered. */
export function deliveredTargets(
  targetsOfMesh: Readonly<Record<string, TargetConfig>>,
  named: readonly string[],
): { readonly chosen: readonly DirectoryTarget[]; readonly diagnostics: readonly Diagnostic[] } {
  const all = Object.values(targetsOfMesh);
  for (const name of named) {
    if (all.some((target) => target.name === name)) continue;
    const known = all.map((target) => target.name).join(', ') || 'none';
    throw new PortError(`the mesh has no target ${JSON.stringify(name)}; it has: ${known}`, usage);
  }
  const meant = all.filter(({ name }) => named.length === 0 || named.includes(name));
  const diagnostics: Diagnostic[] = [];
  const chosen: DirectoryTarget[] = [];
  for (const target of meant) {
    const refused = refusal(target);
    if (refused) diagnostics.push(refused);
    else if (isDirectoryTarget(target)) chosen.push(target);
  }
  return { chosen, diagnostics };
}

function refusal({ name, platform, output, origin }: TargetConfig): Diagnostic | undefined {
  if (!Object.hasOwn(targets, platform))
    return finding(messages, 'MESH4003', at(origin), { platform, target: name });
  if (output === undefined) return finding(messages, 'MESH4001', at(origin), { target: name });
  if (output.type === 'directory') return undefined;
  const type = output.type === 'git' ? 'Git repository' : 'Kubernetes cluster';
  return finding(messages, 'MESH4002', at(origin), { target: name, type });
}

function isDirectoryTarget(target: TargetConfig): target is DirectoryTarget {
  return target.output?.type === 'directory';
}

function at({ file, line, column }: Origin): Diagnostic['location'] {
  return { file, range: { start: { line, column }, end: { line, column: column + 1 } } };
}
