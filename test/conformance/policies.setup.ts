import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The programs with the own code of meshes, by variable: the script that prints a path, its arguments, and the subject. */
const programs = {
  CILIUM_POLICY: ['policies.sh', ['cilium-policy'], "Cilium's own policy engine"],
  OSM_POLICY: ['policies.sh', ['osm-policy'], "Open Service Mesh's own translation"],
  TRAEFIK_POLICY: ['policies.sh', ['traefik-policy'], "Traefik Mesh's own translation"],
  TRAEFIK: ['traefik.sh', [], 'a real Traefik'],
} as const;

/**
 * Sets each variable to the path of its program, or prints that its tests are skipped. It never builds or downloads
 * them, which takes minutes: `npm run policies` does.
 */
export default function setup(): void {
  for (const [variable, [script, names, what]] of Object.entries(programs)) {
    try {
      process.env[variable] = execFileSync(
        fileURLToPath(new URL(`../components/${script}`, import.meta.url)),
        names,
        {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'inherit'],
          env: { ...process.env, POLICIES_BUILD: 'no', TRAEFIK_DOWNLOAD: 'no' },
        },
      ).trim();
    } catch {
      process.env[variable] = '';
      console.warn(
        `\nNO ${variable}: the tests on ${what} are skipped. \`npm run policies\` gets what they need, with Go.\n`,
      );
    }
  }
}
