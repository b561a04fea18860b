import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { siteFiles } from './site/site-files.ts';

// Writes the documentation as a static site: node .config/site.ts [FOLDER]
const folder = process.argv[2] ?? 'site';
const files = siteFiles(process.cwd());
rmSync(folder, { recursive: true, force: true });
for (const [file, content] of files) {
  const place = path.join(folder, file);
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, content);
}
process.stdout.write(
  `wrote ${String(files.size)} files to ${folder}/: open ${path.join(folder, 'index.html')}\n`,
);
