import type { CommandData } from './command-data.ts';

/** The commands that compare a mesh with what people expect. */
export const testingCommands = [
  {
    name: 'test',
    description: 'Ask the requests of suites of tests, and compare the outcomes with the expected ones.',
    arguments: [
      {
        name: '[files...]',
        description: 'only the suites in these files and folders (default: every suite below the root)',
        completes: 'files',
      },
    ],
    options: [
      {
        flags: '--coverage',
        description: 'also name the rules of the mesh that decide no request of a test',
      },
      {
        flags: '--on <proxies>',
        description:
          'ask the meaning of the mesh (the default), or the mesh compiled for Envoys that run on this machine meanwhile',
        choices: ['meaning', 'envoy'],
      },
      {
        flags: '--live <caller=url>',
        description:
          'send the requests of a service to the URL at which its proxy takes its calls, or those of a gateway to the URL of the gateway: needs --allow-requests',
        repeatable: true,
      },
      {
        flags: '--allow-requests',
        description: 'allow --live to send every request of the suites to proxies that serve others',
      },
      { flags: '-v, --verbose', description: 'show the tests that hold, too' },
    ],
    formats: ['text', 'json', 'junit', 'github', 'markdown'],
    examples: [
      { command: 'mesh test', does: 'asks the meaning of the mesh, without any proxy' },
      { command: 'mesh test tests/reviews.yaml --coverage', does: 'one suite, with the rules it leaves out' },
      { command: 'mesh test --on envoy', does: 'the same tests on real proxies; needs an Envoy' },
      {
        command: 'mesh test --format github --format junit=tests.xml',
        does: 'in GitHub Actions: annotations, and a report',
      },
    ],
  },
] as const satisfies readonly CommandData[];
