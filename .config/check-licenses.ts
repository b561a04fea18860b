// This script fails if the licences beside the bundle don't cover all code in the bundle.
import { fileURLToPath } from 'node:url';
import { missingLicenses } from './missing-licenses.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const missing = missingLicenses(`${project}dist`, project);
for (const line of missing) console.error(`LICENSES.txt: ${line}`);
if (missing.length > 0) process.exitCode = 1;
