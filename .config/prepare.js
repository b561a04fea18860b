import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Builds dist/ whenever npm makes a package of the sources. `npm install --global git+…`, which is how pre-commit
 * installs hooks, runs this without the development dependencies that a build needs: they are installed first.
 */
const root = fileURLToPath(new URL('..', import.meta.url));

/** Settings that a global install passes on, and with which `npm ci` would not install here. */
const inherited = /^npm_config_(?:global|location|omit|include|only|production|dry_run)$/i;
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !inherited.test(name)));

// npm's own warnings about an old Node are off (.npmrc): they are a block of lines for each package.
const [, version = '', major, minor] =
  /\bnode\/v((\d+)\.(\d+)\.\d+)/.exec(env.npm_config_user_agent ?? '') ?? [];
if (major !== undefined && (Number(major) < 22 || (Number(major) === 22 && Number(minor) < 19)))
  console.error(
    `Node ${version} is older than 22.19: npm run and npx use the Node of node_modules here instead.`,
  );

function npm(...args) {
  const { status, error } = spawnSync('npm', args, { cwd: root, env, stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

// Scripts don't run, since this file is one of them.
if (!existsSync(`${root}node_modules/.bin/tsdown`))
  npm('ci', '--include=dev', '--ignore-scripts', '--silent');
npm('run', '--silent', 'build', '--', '--clean');
