import { certificateRequester as requester } from './certificate-requester.ts';
import { claimFile } from './claimed-file.ts';
import { checkCommit, commitFiles } from './commit-files.ts';
import { readNamedFile } from './named-file.ts';
import { writeRepositoryFile as writeFile } from './repository-file.ts';
import { servedChain } from './served-chain.ts';
import { readTextFile as readFile } from './text-file.ts';

/** The adapters that only a step of a rotation needs. */
export const rotationAdapters = {
  ...{ claimFile, servedChain, checkCommit, commitFiles },
  ...{ requester, readNamedFile, readFile, writeFile },
};
