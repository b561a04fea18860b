import type { CommandData } from './command-data.ts';
import { directoryOption, targetOption } from './delivery-commands.ts';

/** The commands of certificates, in the order of the help. */
export const certificateCommands = [
  {
    name: 'certs init',
    description:
      'Make a root and an issuer for each target, and the trust file to commit. If the root is external (spec.certificates), write a request for each issuer, and take the signed certificates.',
    options: [
      {
        flags: '--target <name>',
        description: 'the target of the issuer in --certificate, if the key of that issuer is external, too',
        completes: 'targets',
      },
      {
        flags: '--certificate <file>',
        description:
          'take this signed issuer: PEM with the certificate of its root, if the root is external; TARGET=FILE names its target',
        repeatable: true,
        completes: 'files',
      },
    ],
    examples: [
      { command: 'mesh certs init', does: 'makes the missing parts; existing ones are never replaced' },
      {
        command: 'mesh certs init --certificate signed.pem',
        does: 'takes the issuer that an external root has signed, for the request that was written before',
      },
    ],
  },
  {
    name: 'certs issue',
    description:
      'Sign a certificate for a service or gateway and write it, with its key, as an SDS file. If the issuer is external (spec.certificates), write a request, and take the signed certificate.',
    arguments: [{ name: '<service>', description: 'namespace/name of the service or gateway' }],
    options: [
      { flags: '--target <name>', description: 'the target whose issuer signs', completes: 'targets' },
      {
        flags: '--out <file>',
        description:
          'the file to write; the default is NAMESPACE.NAME with .sds.json (0600), .csr for a request, .pem with --csr',
      },
      {
        flags: '--csr <file>',
        description: 'sign the key of this request instead of a new one; write the chain in PEM',
        completes: 'files',
      },
      {
        flags: '--certificate <file>',
        description: 'take this certificate with its chain, which an external issuer signed for our request',
        completes: 'files',
      },
    ],
    examples: [
      {
        command: 'mesh certs issue shop/reviews --out reviews.sds.json',
        does: 'one file with certificate, chain and key',
      },
      {
        command: 'mesh certs issue shop/reviews --csr reviews.csr --out reviews.pem',
        does: 'signs a key that never leaves its machine',
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
  {
    name: 'certs export',
    description:
      'Write the issuer and the roots in the form that the mesh of a target reads: the Secret cacerts of Istio, trust anchors and issuer of Linkerd. Keys go into new files (0600) that Git ignores, never to the output.',
    options: [
      { flags: '--target <name>', description: 'the target whose issuer is exported', completes: 'targets' },
      {
        flags: '--out <directory>',
        description: 'the folder to write (default: certificates-TARGET)',
        completes: 'folders',
      },
    ],
    examples: [
      {
        command: 'mesh certs export --target prod --out /run/user/1000/cacerts',
        does: 'writes ca-cert.pem, ca-key.pem, cert-chain.pem, root-cert.pem and the Secret as cacerts.yaml',
      },
    ],
  },
  {
    name: 'certs verify',
    description:
      'Check certificates by the rules of SPIFFE and RFC 5280: chains, names, usages, keys, dates. Without files, everything that the mesh has. Exit code 13: a rule is broken, and named.',
    arguments: [
      {
        name: '[files...]',
        description: 'PEM files, with or without a private key, and SDS files',
        completes: 'files',
      },
    ],
    options: [
      targetOption,
      directoryOption,
      {
        flags: '--live <address>',
        description: 'shake hands with this server (HOST:PORT) and verify what it shows',
        repeatable: true,
      },
      {
        flags: '--with <file>',
        description: 'the certificate and key that --live shows to the server, as certs issue writes them',
        completes: 'files',
      },
      { flags: '--server-name <name>', description: 'the server name that --live asks for (SNI)' },
      {
        flags: '--subject <subject>',
        description: 'the SPIFFE ID or host name that the certificate must have',
      },
      {
        flags: '--roots <file>',
        description: 'PEM of the roots to trust instead of those of the mesh',
        completes: 'files',
      },
      {
        flags: '--key <file>',
        description: 'the private key that must belong to the certificate, if it is in a file of its own',
        completes: 'files',
      },
    ],
    formats: ['text', 'json'],
    examples: [
      {
        command: 'mesh certs verify',
        does: 'checks the trust file, the certificates of all proxies, and files of listeners',
      },
      {
        command: 'mesh certs verify tls.pem --key tls.key --subject shop.example',
        does: 'checks a certificate of another authority with its key',
      },
      {
        command: 'mesh certs verify --live 127.0.0.1:15006 --with web.sds.json',
        does: 'shakes hands with a proxy as the service web',
      },
    ],
  },
] as const satisfies readonly CommandData[];
