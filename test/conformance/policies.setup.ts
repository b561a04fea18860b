import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../components/policies.sh', import.meta.url));

const programs = {
  CILIUM_POLICY: ['cilium-policy', "Cilium's own policy engine"],
  OSM_POLICY: ['osm-policy', "Open Service Mesh's own translation"],
} as const;

/**
 * Sets `CILIUM_POLICY` and `OSM_POLICY` to the paths of programs with the own code of these meshes, or prints that their
 * tests are skipped. It never builds them, which takes minutes: `npm run policies` does.
 */
export default function setup(): void {
  for (const [variable, [name, what]] of Object.entries(programs)) {
    try {
      process.env[variable] = execFileSync(script, [name], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, POLICIES_BUILD: 'no' },
      }).trim();
    } catch {
      process.env[variable] = '';
      console.warn(
        `\nNO ${variable}: the tests on ${what} are skipped. \`npm run policies\` builds it, with Go.\n`,
      );
    }
  }
}
