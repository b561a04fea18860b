import { defineMessages, finding } from '../../diagnostics/message.ts';
import { entriesOf, keyLocationOf } from '../../ir/link/spec-place.ts';
import { insertion } from '../../source/insertion.ts';
import type { ExternalPort } from '../../spec/types.gen.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2084: {
    severity: 'warning',
    text: 'port {name} of {hosts} is 443, and without `tls` the proxy sends plain HTTP there',
    explanation:
      'Servers on 443 expect TLS. With `tls: {}` at the External the application sends HTTP and the proxy starts TLS. If the application starts TLS itself, write `protocol: tls`: the proxy then passes TLS on and sees no HTTP. `tls` holds for every port: if others speak plain text or start TLS themselves, give this port an External of its own.',
  },
});

/** Reports HTTP ports of Externals on 443 at which nobody starts TLS. */
export const externalTls: Analyzer = {
  name: 'external-tls',
  description: 'Reports HTTP ports of Externals on 443 at which the proxy doesn’t start TLS.',
  messages,
  analyze({ spec }, report) {
    for (const { value } of spec.externals) {
      const { tls, ports, hosts } = value.spec;
      if (tls !== undefined) continue;
      const entries = entriesOf(ports);
      const plain = entries.filter(([name, port]) => isPlainHttp(name, port));
      // `tls` holds for every port of an External.
      const isForAll = plain.length === entries.length;
      const fix = { title: 'write tls: {}', edits: [insertion(value.spec, 'tls: {}')] };
      for (const [name, , at] of plain) {
        const values = { name, hosts: hosts.slice(0, 3).join(', ') };
        report(finding(messages, 'MESH2084', keyLocationOf(at), values, isForAll ? { fix } : {}));
      }
    }
  },
};

/** Returns true for a port of HTTP on 443 at which the application starts no TLS. */
function isPlainHttp(name: string, { protocol, tls, port, targetPort }: ExternalPort): boolean {
  const isHttp = ['http', 'http2', 'grpc'].includes(protocol ?? name);
  return isHttp && tls !== true && (targetPort ?? port) === 443;
}
