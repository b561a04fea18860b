import path from 'node:path';
import { escaped } from './article.ts';

/** A page with its path in the site. */
export interface SitePage {
  readonly place: string;
  readonly title: string;
}

/** Groups of pages in the order in which they are read; a page of no group stands in the last. */
const groups: Readonly<Record<string, readonly string[]>> = {
  Start: ['index', 'first-mesh', 'getting-started', 'import', 'concepts', 'cookbook', 'editors'],
  'The spec': ['language', 'overlays', 'guardrails', 'tests', 'proof', 'diagnostics', 'cli'],
  Delivery: ['delivery', 'kubernetes', 'gitops', 'ci', 'canary', 'canary-judge', 'evidence'],
  Certificates: ['certificates', 'rotation', 'keys-in-ci', 'trust'],
  Meshes: ['targets', 'envoy', 'istio', 'linkerd', 'gateway-api'],
  More: ['performance', 'contributing', 'changelog'],
};

/** Returns the list of all pages by group, with addresses relative to the page at `current`. */
export function navigation(pages: readonly SitePage[], current: string): string {
  const grouped = new Set(Object.values(groups).flat());
  const others = pages.filter(({ place }) => !grouped.has(nameOf(place)));
  return Object.entries(groups)
    .map(([group, names]) => {
      const own = names.flatMap((name) => pages.filter(({ place }) => nameOf(place) === name));
      const below = others.filter(({ place }) =>
        place.includes('/') ? names.includes(path.posix.dirname(place)) : group === 'More',
      );
      const links = own.map((page) => link(page, current)).join('');
      const more = below.map((page) => link(page, current)).join('');
      return `<h2>${group}</h2><ul>${links}${more === '' ? '' : `<li><ul>${more}</ul></li>`}</ul>`;
    })
    .join('\n');
}

function nameOf(place: string): string {
  return place.replace(/\.html$/, '');
}

function link({ place, title }: SitePage, current: string): string {
  const href = path.posix.relative(path.posix.dirname(current), place);
  const mark = place === current ? ' aria-current="page"' : '';
  return `<li><a href="${escaped(href)}"${mark}>${escaped(title)}</a></li>`;
}
