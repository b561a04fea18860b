import type { CommandData } from './command-data.ts';

/** The commands that explain a mesh and its language and change nothing. */
export const explainingCommands = [
  {
    name: 'explain',
    description:
      'Say what a finding or a field means, where a value comes from, or what happens to a request.',
    arguments: [
      {
        name: '[subject]',
        description: 'a code such as MESH1100, or a field such as Route.rules.retries',
        completes: 'subjects',
      },
    ],
    options: [
      {
        flags: '--origin <path>',
        description: 'show the file and line that set a value, and the values that lose against it',
        completes: 'origins',
      },
    ],
    formats: ['text', 'json'],
    examples: [
      { command: 'mesh explain MESH1100', does: 'what the code of a finding means, and what to do' },
      {
        command: 'mesh explain Service.retries',
        does: 'type, default and examples of a field, and what is in it',
      },
      {
        command: 'mesh explain --origin shop/reviews.timeout',
        does: 'the line that sets the timeout of a service',
      },
    ],
  },
  {
    name: 'explain request',
    description: 'Say what happens to a request: the answer, or who gets it, and the lines that decide it.',
    arguments: [
      { name: '[method]', description: 'GET unless given' },
      { name: '[path]', description: 'path with query (default: /)' },
    ],
    options: [
      {
        flags: '--from <caller>',
        description: 'a service, a SPIFFE ID, or anonymous (the default)',
        completes: 'services',
      },
      { flags: '--to <service>', description: 'the service or External to call', completes: 'services' },
      {
        flags: '--gateway <gateway>',
        description: 'the gateway where the request comes in',
        completes: 'gateways',
      },
      { flags: '--port <port>', description: 'name or number of its port' },
      { flags: '--host <host>', description: 'the Host header' },
      { flags: '-H, --header <name:value>', description: 'a header', repeatable: true },
      {
        flags: '--claim <name=value>',
        description: 'a claim of a valid token; the word invalid: an invalid token',
        repeatable: true,
      },
      { flags: '--sni <name>', description: 'the server name of a TLS connection' },
      { flags: '--address <ip>', description: 'the address from which the client of a gateway connects' },
      {
        flags: '--batch <file>',
        description: 'requests as JSON, one a line (- is standard input), answered line by line',
      },
    ],
    formats: ['text', 'json', 'ndjson'],
    examples: [
      {
        command: 'mesh explain request --from shop/web --to shop/reviews GET /reviews/7 -H x-user:tester',
        does: 'a call inside the mesh',
      },
      {
        command: 'mesh explain request --gateway public --host shop.example GET /',
        does: 'a request that comes in at a gateway',
      },
      { command: 'mesh explain request --batch requests.ndjson', does: 'one JSON answer for each line' },
    ],
  },
  {
    name: 'access',
    description: 'List who can call what, exactly, with the lines that allow it.',
    options: [
      {
        flags: '--from <caller>',
        description: 'only calls of this service, SPIFFE ID, or anonymous',
        completes: 'services',
      },
      {
        flags: '--to <service>',
        description: 'only calls to this service, External or gateway',
        completes: 'services',
      },
      {
        flags: '--unused-calls',
        description: 'only what is allowed and no `calls` declares, of services that declare their calls',
      },
    ],
    formats: ['text', 'json', 'csv', 'html'],
    examples: [
      { command: 'mesh access --to shop/payments', does: 'who may call one service, and by which lines' },
      { command: 'mesh access --format csv=access.csv', does: 'the whole list for a spreadsheet' },
      {
        command: 'mesh access --unused-calls',
        does: 'what could be taken away without a declared call failing',
      },
    ],
  },
  {
    name: 'graph',
    description: 'Draw the call graph: who calls what by which lines, with splits, timeouts and mTLS.',
    options: [
      {
        flags: '--diff <revision>',
        description: 'mark what appears, goes, or lets through other requests since a revision of Git',
      },
      {
        flags: '--namespace <namespace>',
        description: 'only edges from and to this namespace',
        repeatable: true,
      },
      {
        flags: '--service <service>',
        description: 'only this service, External or gateway, with its callers and callees',
        completes: 'services',
      },
      { flags: '--depth <steps>', description: 'steps from --service that are shown (default: 1)' },
      {
        flags: '--fold <when>',
        description:
          'show a namespace as one part: always, never, or auto, in graphs of over 80 parts (default: auto)',
        choices: ['auto', 'always', 'never'],
      },
    ],
    formats: ['text', 'json', 'mermaid', 'dot', 'svg', 'html'],
    examples: [
      {
        command: 'mesh graph --format html=graph.html',
        does: 'a page for a browser: search, and the callers and callees of each part',
      },
      { command: 'mesh graph --format mermaid', does: 'the graph for a README or a pull request' },
      {
        command: 'mesh graph --service shop/payments --depth 2',
        does: 'who calls one service, and what it calls, two steps far',
      },
      {
        command: 'mesh graph --diff main --format mermaid',
        does: 'the graph with what a branch changes in it',
      },
    ],
  },
  {
    name: 'targets',
    description: 'Show which targets keep which features of the language, why not, and what callers notice.',
    arguments: [
      { name: '[target]', description: 'describe this target, such as istio', completes: 'platforms' },
    ],
    options: [
      { flags: '--used', description: 'show only the features that this mesh uses, with their places' },
    ],
    formats: ['text', 'json', 'markdown'],
    examples: [
      { command: 'mesh targets', does: 'every feature with its level on each target' },
      {
        command: 'mesh targets istio',
        does: 'versions, options, and the features that Istio lacks wholly or in part',
      },
      { command: 'mesh targets istio --used', does: 'the same for the features that this mesh uses' },
    ],
  },
  {
    name: 'lsp',
    description: 'Help an editor: findings, completion, hover, definitions, renaming and fixes, over stdio.',
    examples: [
      {
        command: 'mesh lsp',
        does: 'speaks the Language Server Protocol on standard input and output; docs/editors.md sets editors up',
      },
    ],
  },
  {
    name: 'completion',
    description: 'Print the script by which a shell completes commands, options, and names of the mesh.',
    arguments: [
      { name: '<shell>', description: 'bash, zsh or fish', completes: 'shells' },
      {
        name: '[words...]',
        description:
          'used by the script: the words typed so far, each after a =; prints the possible next words',
        completes: 'nothing',
      },
    ],
    examples: [
      { command: 'eval "$(mesh completion bash)"', does: 'in ~/.bashrc; for zsh the same in ~/.zshrc' },
      { command: 'mesh completion fish | source', does: 'in ~/.config/fish/config.fish' },
    ],
  },
] as const satisfies readonly CommandData[];
