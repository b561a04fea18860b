import { append } from '../core/lib/append.ts';
import type { Candidate } from '../ports/spec-store.ts';

/** The end of a path among the objects of a repository, or the reason why the path has none. */
export type Followed = { readonly path: string } | Pick<Candidate, 'problem' | 'detail'>;

const mostLinks = 40;

/** The most bytes of a path on Linux (PATH_MAX). */
const longestTarget = 4096;

/**
 * Follows the symbolic links in a path as the operating system would, without a working tree; `targetOf` returns the
 * text of a link. A target outside the root counts as outside, and so does an absolute one, since the place of a
 * working tree isn't known.
 */
export function followed(path: string, targetOf: (path: string) => string | undefined): Followed {
  const ahead = path.split('/').reverse();
  const walked: string[] = [];
  let links = 0;
  for (let part = ahead.pop(); part !== undefined; part = ahead.pop()) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (walked.pop() === undefined) return { problem: 'outside-root' };
      continue;
    }
    walked.push(part);
    const target = targetOf(walked.join('/'));
    if (target === undefined) continue;
    if (target.length > longestTarget) return { problem: 'unreadable', detail: 'ENAMETOOLONG' };
    if (target.startsWith('/')) return { problem: 'outside-root' };
    if (++links > mostLinks) return { problem: 'unreadable', detail: 'ELOOP' };
    walked.pop();
    append(ahead, target.split('/').reverse());
  }
  return { path: walked.join('/') };
}
