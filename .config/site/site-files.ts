import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { article } from './article.ts';
import { frame } from './frame.ts';
import { navigation, type SitePage } from './navigation.ts';

/** Markdown outside of docs/ that is part of the site, with the name of its page. */
const outside: Readonly<Record<string, string>> = {
  'README.md': 'index.html',
  'CONTRIBUTING.md': 'contributing.html',
  'CHANGELOG.md': 'changelog.html',
};

/**
 * Returns the files of the site by their paths in it: a page for each Markdown file of docs/ and of `outside`, and each
 * file that a page links. Throws if a link leads to a file that the repository doesn't have.
 */
export function siteFiles(root: string): ReadonlyMap<string, string | Buffer> {
  const docs = readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.posix.join('docs', file.replaceAll(path.sep, '/')))
    .sort();
  const sources = [...Object.keys(outside), ...docs];
  const linked = new Set<string>();
  const written = sources.map((source) => {
    const resolve = (href: string): string => {
      const [file = '', id] = href.split('#');
      if (file === '') return href;
      const target = path.posix.join(path.posix.dirname(source), file);
      if (!sources.includes(target)) linked.add(target);
      const to = isFolder(root, target) ? `${placeOf(target)}/index.html` : placeOf(target);
      const place = path.posix.relative(path.posix.dirname(placeOf(source)), to);
      return id === undefined ? place : `${place}#${id}`;
    };
    return {
      source,
      place: placeOf(source),
      ...article(readFileSync(path.join(root, source), 'utf8'), resolve),
    };
  });
  const pages: readonly SitePage[] = written.map(({ place, title }) => ({ place, title }));
  const files = new Map<string, string | Buffer>();
  for (const page of written) files.set(page.place, frame(page, navigation(pages, page.place)));
  for (const target of linked) {
    if (!isFolder(root, target)) files.set(placeOf(target), readFileSync(path.join(root, target)));
    else for (const [file, content] of folderFiles(root, target, pages)) files.set(file, content);
  }
  files.set('site.css', readFileSync(path.join(import.meta.dirname, 'site.css')));
  return files;
}

function isFolder(root: string, target: string): boolean {
  return statSync(path.join(root, target)).isDirectory();
}

/** Returns the files of a linked folder, and a page that lists them. */
function folderFiles(
  root: string,
  folder: string,
  pages: readonly SitePage[],
): readonly [string, string | Buffer][] {
  const names = readdirSync(path.join(root, folder)).sort();
  const text = `# ${folder}\n\n${names.map((name) => `- [${name}](${name})`).join('\n')}\n`;
  const place = `${placeOf(folder)}/index.html`;
  const page = frame({ place, ...article(text, (href) => href) }, navigation(pages, place));
  const files = names.map(
    (name) => [`${placeOf(folder)}/${name}`, readFileSync(path.join(root, folder, name))] as const,
  );
  return [[place, page], ...files.map(([file, content]) => [file, content] as [string, Buffer])];
}

/** Returns the path in the site of a file of the repository. */
function placeOf(source: string): string {
  return (
    outside[source] ??
    source
      .replace(/^docs\//, '')
      .replace(/^\./, '')
      .replace(/\.md$/, '.html')
  );
}
