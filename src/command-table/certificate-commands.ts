import type { CommandData } from './command-data.ts';
import { directoryOption, targetOption } from './delivery-commands.ts';

/** The commands of certificates, in the order of the help. */
export const certificateCommands = [
  {
    name: 'certs init',
    description: 'Make a root and an issuer for each target, and the trust file to commit.',
    examples: [
      { command: 'mesh certs init', does: 'makes the missing parts; existing ones are never replaced' },
    ],
  },
  {
    name: 'certs issue',
    description: 'Sign a certificate for a service or gateway and write it, with its key, as an SDS file.',
    arguments: [{ name: '<service>', description: 'namespace/name of the service or gateway' }],
    options: [
      { flags: '--target <name>', description: 'the target whose issuer signs', completes: 'targets' },
      {
        flags: '--out <file>',
        description: 'the file to write (0600); the default is NAMESPACE.NAME.sds.json',
      },
    ],
    examples: [
      {
        command: 'mesh certs issue shop/reviews --out reviews.sds.json',
        does: 'one file with certificate, chain and key',
      },
    ],
  },
  {
    name: 'certs status',
    description:
      'List every certificate with the days left, its chain and its trust, and say which one breaks first. Exit code 13: one has ended, is refused, or has at most 15 % of its life left (25 % with --fail-on warning).',
    options: [
      targetOption,
      directoryOption,
      {
        flags: '--who-needs <root>',
        description: 'ask every proxy whether it depends on this root (the beginning of its SHA-256)',
      },
      {
        flags: '--min-validity <duration>',
        description: 'fail for a certificate that lives longer than this and has less than this left',
      },
    ],
    formats: ['text', 'json', 'junit', 'prometheus'],
    examples: [
      {
        command: 'mesh certs status --who-needs 1a2b3c4d5e6f7081',
        does: 'may this root go? names every proxy that depends on it, or that nobody sees (then 13)',
      },
      {
        command: 'mesh certs status',
        does: 'roots, issuers, certificates of proxies, and files of listeners',
      },
      {
        command: 'mesh certs status --min-validity 30d --fail-on warning --format junit=certs.xml',
        does: 'in CI: fails early enough to act, with a test for each certificate',
      },
      {
        command: 'mesh certs status --format prometheus=/var/lib/node_exporter/mesh.prom',
        does: 'writes mesh_certificate_expiry_seconds for the text file collector of node_exporter',
      },
      {
        command: 'mesh certs status --directory /srv/mesh',
        does: 'looks at an output without its repository',
      },
    ],
  },
] as const satisfies readonly CommandData[];
