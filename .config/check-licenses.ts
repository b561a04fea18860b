import { fileURLToPath } from 'node:url';
import { missingLicenses } from './missing-licenses.ts';

/** Fails if the licences beside the bundle don't cover all that the bundle holds. */
const project = fileURLToPath(new URL('..', import.meta.url));
const missing = missingLicenses(`${project}dist`, project);
for (const line of missing) console.error(`LICENSES.txt: ${line}`);
if (missing.length > 0) process.exitCode = 1;
