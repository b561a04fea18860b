import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { defineMessages, finding } from '../diagnostics/message.ts';
import type { Ir } from '../ir/ir.ts';
import { locatePath } from '../source/locate.ts';
import type { Spec } from '../spec/spec.ts';
import type { Target } from '../targets/target.ts';
import { trustFilePath } from './trust-file.ts';

export const messages = defineMessages({
  MESH6000: {
    severity: 'warning',
    text: 'there is no {file} yet, so proxies would trust nobody: `mesh certs init` makes it',
    explanation:
      'The trusted certificates are compiled from the trust file of the trust domain. Without this file everything compiles, but the bundle is missing and mutual TLS does not work. Make the trust file once with `mesh certs init` and commit it.',
  },
});

/** Returns the finding that a mesh has no trust file although its compiled output needs one. */
export function unboundTrust(
  spec: Spec,
  { trustDomain }: Ir,
  trust: object | undefined,
  compiled: readonly { readonly target?: Pick<Target, 'writesTrust'> }[],
): readonly Diagnostic[] {
  if (trust !== undefined || !compiled.some(({ target }) => target?.writesTrust === true)) return [];
  const location = locatePath(spec.mesh.value, ['spec', 'trustDomain']);
  return [finding(messages, 'MESH6000', location, { file: trustFilePath(trustDomain) })];
}
