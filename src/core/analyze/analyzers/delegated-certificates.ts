import { defineMessages, finding } from '../../diagnostics/message.ts';
import { locatePath } from '../../source/locate.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH4030: {
    severity: 'error',
    text: '`delegate: {delegate}` needs `certManager` with the name of the issuer that signs',
    explanation:
      'A delegate makes certificates from an authority that you keep in the cluster. Name the Issuer or ClusterIssuer of cert-manager that holds the root of the trust domain, or an authority below it, in `spec.certificates.certManager`.',
  },
  MESH4031: {
    severity: 'warning',
    text: '`{field}` has no effect without `delegate: {delegate}`',
    explanation:
      'The field describes a delegate that this mesh does not use. Set `spec.certificates.delegate`, or take the field out.',
  },
});

/** Reports a delegate of certificates that lacks its issuer, and settings of a delegate that isn't used. */
export const delegatedCertificates: Analyzer = {
  name: 'delegated-certificates',
  description:
    'Reports a delegate of certificates without its issuer, and settings of a delegate that is not used.',
  messages,
  analyze({ spec, ir }, report) {
    const { delegate } = ir.certificates;
    const { certManager, spire } = spec.mesh.value.spec.certificates ?? {};
    const at = (field: string) => locatePath(spec.mesh.value, ['spec', 'certificates', field]);
    const idle = (field: string, needed: string) =>
      report(finding(messages, 'MESH4031', at(field), { field, delegate: needed }));
    if (delegate !== 'none' && certManager === undefined)
      report(finding(messages, 'MESH4030', at('delegate'), { delegate }));
    if (delegate === 'none' && certManager !== undefined) idle('certManager', 'cert-manager');
    if (delegate !== 'spire' && spire !== undefined) idle('spire', 'spire');
  },
};
