import type { CommandData } from './command-data.ts';
import { targetOption, waitOptions } from './delivery-commands.ts';

/** The commands that renew and replace certificates, in the order of the help. */
export const rotationCommands = [
  {
    name: 'certs rotate workload',
    description: 'Renew the certificates of proxies that are due; writes no configuration and asks nothing.',
    options: [targetOption, ...waitOptions],
    formats: ['text', 'ndjson'],
    examples: [
      {
        command: 'mesh certs rotate workload',
        does: 'renews what is due at each target; run it from a timer, more often than a third of a life',
      },
      {
        command: 'mesh certs rotate workload --target local --format ndjson',
        does: 'the same for one target, with events for programs',
      },
    ],
  },
] as const satisfies readonly CommandData[];
