import { chmodSync, lstatSync, mkdirSync, readlinkSync, type Stats } from 'node:fs';
import path from 'node:path';

const othersMayWrite = 0o022;
const sticky = 0o1000;
const mostLinks = 40;

/** The treatment of a missing folder: it is made for this user alone, or counts as unusable. */
type Missing = 'made' | 'none';

/**
 * Returns true if only this user and root can put files into a folder or replace it: the folder exists, belongs to this
 * user and can't be written by others, and others can't replace any folder or link on the path to it. Always true on
 * systems without such owners.
 */
export function isOwnFolder(folder: string, missing: Missing = 'none'): boolean {
  const user = process.getuid?.();
  if (user === undefined) return true;
  try {
    return path.isAbsolute(folder) && isOwn(path.normalize(folder), user, missing, 0);
  } catch {
    return false;
  }
}

function isOwn(folder: string, user: number, missing: Missing, links: number): boolean {
  if (links > mostLinks) return false;
  const parts = folder.split(path.sep).filter(Boolean);
  let at = path.parse(folder).root;
  let status = lstatSync(at);
  for (const [index, part] of parts.entries()) {
    if (!isSafeOnTheWay(status, user)) return false;
    at = path.join(at, part);
    const found = statusOf(at, missing);
    if (found === undefined || (found.uid !== user && found.uid !== 0)) return false;
    if (found.isSymbolicLink()) {
      const target = path.resolve(path.dirname(at), readlinkSync(at), ...parts.slice(index + 1));
      return isOwn(target, user, missing, links + 1);
    }
    status = found;
  }
  return status.isDirectory() && status.uid === user && (status.mode & othersMayWrite) === 0;
}

/**
 * Returns true if others can't replace entries of a folder: in a sticky folder, such as the temporary one, others may
 * only add.
 */
function isSafeOnTheWay(status: Stats, user: number): boolean {
  const { uid, mode } = status;
  const isKept = (mode & othersMayWrite) === 0 || (mode & sticky) !== 0;
  return status.isDirectory() && (uid === user || uid === 0) && isKept;
}

/** Returns the status of a folder without following links; a new folder gets its exact mode despite the umask. */
function statusOf(folder: string, missing: Missing): Stats | undefined {
  const status = lstatSync(folder, { throwIfNoEntry: false });
  if (status !== undefined || missing === 'none') return status;
  mkdirSync(folder, 0o700);
  chmodSync(folder, 0o700);
  return lstatSync(folder);
}
