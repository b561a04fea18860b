import { canaryCommands } from './canary-commands.ts';
import { certificateCommands } from './certificate-commands.ts';
import type { CommandData } from './command-data.ts';
import { deliveryCommands, targetOption } from './delivery-commands.ts';
import { explainingCommands } from './explaining-commands.ts';
import { importPlatforms } from './import-platforms.ts';
import { localRunCommands } from './local-run-commands.ts';
import { rotationCommands } from './rotation-commands.ts';
import { testingCommands } from './testing-commands.ts';

/** The name of a registered command. */
export type CommandName = (typeof commandTable)[number]['name'];

const specArgument = {
  name: '[spec]',
  description: '- reads the whole spec from standard input',
} as const;

/** The formats of a command that answers with findings. */
const findingFormats = ['text', 'json', 'ndjson', 'sarif', 'junit', 'github', 'markdown'];

/** All commands in the order of the help; a command that doesn't work yet isn't listed. */
export const commandTable = [
  {
    name: 'init',
    description:
      'Write a first mesh and the files that its repository needs; no existing file is overwritten.',
    options: [
      {
        flags: '--platform <platform>',
        description:
          'the platform of the first target: envoy (default), istio, or linkerd; with --from, the platform that is read',
        choices: importPlatforms,
      },
      {
        flags: '--from <directory>',
        description:
          'start from the native configuration in this folder; the API groups of its objects tell the platform, unless --platform names it',
      },
      {
        flags: '--rollouts <host>',
        description:
          'also write files that run rollouts for hours, with a guard: a job of CI, a Job of Kubernetes, or units of systemd',
        choices: ['ci', 'kubernetes', 'systemd'],
      },
      {
        flags: '--timer <scheduler>',
        description:
          'also write the files by which a scheduler runs mesh certs rotate workload every hour: systemd, cron, or ci',
        choices: ['systemd', 'cron', 'ci'],
      },
    ],
    examples: [
      {
        command: 'mkdir shop && cd shop && git init && mesh init',
        does: 'a mesh of two services that validates and compiles',
      },
      { command: 'mesh init --timer systemd', does: 'adds the units that renew certificates unattended' },
      { command: 'mesh init --platform istio', does: 'the same mesh for a cluster with Istio' },
      {
        command: 'mesh init --from ../manifests',
        does: 'a mesh of the configuration that a mesh runs on today, with all files of a repository',
      },
      {
        command: 'mesh init --rollouts systemd',
        does: 'adds a unit that runs a rollout, and a timer that starts its guard',
      },
    ],
  },
  {
    name: 'import',
    description:
      'Write a mesh from the native configuration of a platform, and say what the language cannot carry; no existing file is overwritten.',
    arguments: [
      {
        name: '[files...]',
        description: 'files and folders of YAML or JSON, with the manifests of the services',
        completes: 'files',
      },
    ],
    options: [
      {
        flags: '--from <platform>',
        description: 'the platform whose configuration is read; kubernetes reads services alone; required',
        choices: importPlatforms,
      },
      {
        flags: '--context <name>',
        description:
          'read the objects of the cluster of this kubeconfig context, by lists alone; Secrets are not read',
      },
      {
        flags: '-n, --namespace <namespace>',
        description: 'with --context: only this namespace (default: all but kube-*)',
        repeatable: true,
      },
      {
        flags: '--out <directory>',
        description: 'the folder of the new mesh (default: this folder)',
        completes: 'folders',
      },
      { flags: '-v, --verbose', description: 'show the lines of every finding' },
    ],
    formats: ['text', 'json', 'markdown', 'html'],
    examples: [
      {
        command: 'mesh import --from kubernetes manifests --out mesh',
        does: 'a mesh of the Services of a cluster, with their ports, versions and accounts',
      },
      {
        command: 'mesh import --from istio manifests --format json=import.json',
        does: 'also writes the fate of every native field for a program to read',
      },
      {
        command: 'mesh import --from istio --context production -n shop -n istio-system --out shop',
        does: 'reads the objects of two namespaces from a cluster',
      },
    ],
  },
  {
    name: 'validate',
    description: 'Check the whole mesh: form, references, contradictions, and features that a target lacks.',
    arguments: [
      {
        name: '[files...]',
        description: 'report findings in these files and folders only; - is standard input',
        completes: 'files',
      },
    ],
    options: [
      { flags: '--strict-files', description: 'YAML that is not of the mesh language is an error' },
      { flags: '-v, --verbose', description: 'show what comments suppress, and the lines of every finding' },
    ],
    formats: findingFormats,
    examples: [
      { command: 'mesh validate', does: 'checks the working tree' },
      { command: 'mesh validate --staged', does: 'checks the files of the next commit' },
      {
        command: 'mesh validate --env prod --fail-on warning',
        does: 'with the overlays of prod; warnings fail, too',
      },
      {
        command: 'mesh validate --format json=findings.json',
        does: 'also writes the findings for a program to read',
      },
      {
        command: 'mesh validate --format github --format sarif=findings.sarif',
        does: 'in GitHub Actions: annotations, and a file for code scanning',
      },
    ],
  },
  {
    name: 'fmt',
    description:
      'Write documents in canonical form: order of keys and spacing; comments and blank lines stay.',
    arguments: [
      {
        name: '[files...]',
        description: 'only these files and folders; - formats standard input to standard output',
        completes: 'files',
      },
    ],
    options: [
      {
        flags: '--check',
        description: 'write nothing: show what would change, and fail if anything would',
      },
    ],
    formats: ['text', 'json'],
    examples: [
      { command: 'mesh fmt', does: 'formats every document of the mesh' },
      { command: 'mesh fmt --check', does: 'says which files are not formatted, with the differences' },
      { command: 'mesh fmt - < routes.yaml', does: 'prints one file formatted, for an editor' },
    ],
  },
  {
    name: 'compile',
    description: 'Write the native configuration of the targets, to a folder or as a stream.',
    arguments: [specArgument],
    options: [
      targetOption,
      {
        flags: '--out <directory>',
        description: 'write DIRECTORY/TARGET, with an index.json that lists every file and its origin',
      },
      { flags: '--issue', description: 'also write certificates and keys (0600): needs --out' },
      {
        flags: '--verify',
        description: 'read the output back and prove that it decides every request as the spec does, or fail',
      },
    ],
    examples: [
      { command: 'mesh compile --target local', does: 'prints every file, after a comment with its name' },
      {
        command: 'mesh compile --out build',
        does: 'writes build/TARGET for each target, replacing the last output',
      },
      {
        command: 'mesh compile --target local --out run --issue',
        does: 'writes everything that the Envoys of a machine need to start',
      },
    ],
  },
  ...explainingCommands,
  ...testingCommands,
  ...certificateCommands,
  ...rotationCommands,
  {
    name: 'keys check',
    description: 'Find private keys in plain text, in any file of the repository; the keys are never shown.',
    arguments: [{ name: '[files...]', description: 'only these files and folders' }],
    options: [
      {
        flags: '--exclude <glob>',
        description: 'leave files out, such as keys that only tests use',
        repeatable: true,
      },
    ],
    formats: findingFormats,
    examples: [
      { command: 'mesh keys check', does: 'searches all files that Git tracks or would add' },
      { command: 'mesh keys check --staged', does: 'searches the files of the next commit' },
      {
        command: "mesh keys check --exclude 'test/**'",
        does: 'leaves out the keys of tests',
      },
    ],
  },
  ...deliveryCommands,
  ...localRunCommands,
  ...canaryCommands,
  {
    name: 'doctor',
    description: 'Check Git, Envoy, the mesh, its certificates, outputs and proxies, and say what to do.',
    options: [
      {
        flags: '--rbac <job>',
        description: 'print the least roles of Kubernetes that a job needs, as YAML; asks no cluster',
        choices: ['plan', 'apply'],
      },
      targetOption,
    ],
    formats: ['text', 'json'],
    examples: [
      { command: 'mesh doctor', does: 'shows the state of each part, and the remedy if there is a problem' },
      {
        command: 'mesh doctor --rbac apply | kubectl apply -f -',
        does: 'makes the roles that apply and rollback need; bind them to who runs mesh',
      },
      {
        command: 'mesh doctor --format json',
        does: 'the same for programs; exit code 1 if something will not work',
      },
    ],
  },
] as const satisfies readonly CommandData[];

/** Groups of commands; a group is not a command itself. */
export const commandGroups: Readonly<Record<string, string>> = {
  canary: 'Rollouts: a service goes from one version to another, judged by counters of both.',
  keys: 'Private keys, which do not belong into Git in plain text.',
  certs: 'Certificates: roots, issuers, and certificates of workloads.',
  'certs rotate': 'Renew certificates, and replace roots and issuers without a refused request.',
};
