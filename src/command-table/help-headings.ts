import type { CommandName } from './command-table.ts';

/** The headings of the help of `mesh`, in order. */
export const helpHeadings = [
  'Describe and check a mesh',
  'Bring it to its proxies',
  'Certificates and keys',
  'On this machine',
] as const;

type FirstWord<Name extends string> = Name extends `${infer First} ${string}` ? First : Name;

/** The heading of each command and group of commands; a command without a heading doesn't compile. */
export const headingOf: Readonly<Record<FirstWord<CommandName>, (typeof helpHeadings)[number]>> = {
  init: 'Describe and check a mesh',
  validate: 'Describe and check a mesh',
  fmt: 'Describe and check a mesh',
  explain: 'Describe and check a mesh',
  access: 'Describe and check a mesh',
  graph: 'Describe and check a mesh',
  targets: 'Describe and check a mesh',
  compile: 'Describe and check a mesh',
  test: 'Describe and check a mesh',
  import: 'Describe and check a mesh',
  plan: 'Bring it to its proxies',
  apply: 'Bring it to its proxies',
  rollback: 'Bring it to its proxies',
  history: 'Bring it to its proxies',
  status: 'Bring it to its proxies',
  drift: 'Bring it to its proxies',
  canary: 'Bring it to its proxies',
  certs: 'Certificates and keys',
  keys: 'Certificates and keys',
  up: 'On this machine',
  down: 'On this machine',
  doctor: 'On this machine',
  lsp: 'On this machine',
  completion: 'On this machine',
};
