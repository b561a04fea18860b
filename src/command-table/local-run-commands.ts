import type { CommandData } from './command-data.ts';
import { directoryOption, targetOption } from './delivery-commands.ts';

/** The commands that run the output of a target on this machine. */
export const localRunCommands = [
  {
    name: 'up',
    description: 'Run the proxies of an output directory on this machine, for trying; needs an Envoy.',
    options: [
      targetOption,
      directoryOption,
      { flags: '--detach', description: 'run in the background; mesh down ends it' },
      {
        flags: '--services',
        description:
          'answer in the place of every HTTP application on loopback that does not run (without this option: only in the mesh that mesh init writes)',
      },
    ],
    examples: [
      {
        command: 'mesh up',
        does: 'starts what was applied, follows every apply, and ends all of it at Ctrl-C',
      },
      { command: 'mesh up --detach', does: 'returns once every proxy is ready' },
      {
        command: 'mesh up --directory /srv/mesh --target local',
        does: 'without the repository that made the output',
      },
    ],
  },
  {
    name: 'down',
    description:
      'End the proxies and services that mesh up has started, and what a killed mesh up left behind.',
    options: [targetOption, directoryOption],
    examples: [{ command: 'mesh down', does: 'ends what runs for the targets of this mesh' }],
  },
] as const satisfies readonly CommandData[];
