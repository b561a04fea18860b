import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { defineMessages, finding } from '../diagnostics/message.ts';
import type { Ir } from '../ir/ir.ts';
import { locatePath } from '../source/locate.ts';
import type { Spec } from '../spec/spec.ts';
import type { CheckedTarget } from '../targets/portability.ts';
import { trustFilePath } from './trust-file.ts';

export const messages = defineMessages({
  MESH6000: {
    severity: 'warning',
    text: 'there is no {file} yet, so proxies would trust no certificate: `mesh certs init` makes the file',
    explanation:
      'The trusted certificates are compiled from the trust file of the trust domain. Without this file everything compiles, but the bundle is missing and mutual TLS does not work. Make the trust file once with `mesh certs init` and commit it.',
  },
});

/** Returns the finding that a mesh has no trust file although its compiled output needs one. */
export function unboundTrust(
  spec: Spec,
  ir: Ir,
  trust: object | undefined,
  compiled: readonly CheckedTarget[],
): readonly Diagnostic[] {
  if (trust !== undefined || !compiled.some((one) => writesTrust(one, ir))) return [];
  const location = locatePath(spec.mesh.value, ['spec', 'trustDomain']);
  return [finding(messages, 'MESH6000', location, { file: trustFilePath(ir.trustDomain) })];
}

function writesTrust({ target, config }: CheckedTarget, ir: Ir): boolean {
  const writes = target.writesTrust;
  return typeof writes === 'function' ? writes(ir, config.options) : writes === true;
}
