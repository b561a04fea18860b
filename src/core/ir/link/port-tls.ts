import { defineMessages, finding } from '../../diagnostics/message.ts';
import type { PortTls as Written } from '../../spec/types.gen.ts';
import type { PortTls, Protocol } from '../service.ts';
import type { Linking } from './linking.ts';
import { caOf } from './listener-tls.ts';
import { locationOf, originOfWritten } from './spec-place.ts';

export const messages = defineMessages({
  MESH2355: {
    severity: 'error',
    text: 'the port speaks {protocol}, so its proxy can not start TLS to the application',
    explanation:
      'On a port of the protocol tls callers speak TLS with the application themselves, and mysql and postgres begin TLS by words of their own. Take `tls` out; on a port that is called in plain text give the real protocol.',
  },
});

/** The `tls` of a port as written. */
export type WrittenPortTls = Written;

/** Protocols whose connections don't begin with TLS, or begin with the caller's own TLS. */
const without: ReadonlySet<Protocol> = new Set<Protocol>(['tls', 'mysql', 'postgres']);

/** Returns the TLS that an application speaks itself; `host` is the name of its service in the cluster. */
export function portTlsOf(linking: Linking, written: Written, protocol: Protocol, host: string): PortTls {
  if (without.has(protocol))
    linking.report(finding(messages, 'MESH2355', locationOf({ container: written }), { protocol }));
  const sni = written.sni ?? host;
  return {
    origin: originOfWritten({ container: written }),
    sni,
    subjectAltNames: written.subjectAltNames ?? [sni],
    ...(written.ca && { ca: caOf(written.ca, '') }),
  };
}
