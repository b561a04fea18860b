import { claimFile } from './claimed-file.ts';
import { checkCommit, commitFiles } from './commit-files.ts';
import { servedChain } from './served-chain.ts';

/** The adapters that only a step of a rotation needs. */
export const rotationAdapters = { claimFile, servedChain, checkCommit, commitFiles };
