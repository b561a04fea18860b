import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { armor, Decrypter, Encrypter } from 'age-encryption';
import { exit } from '../core/exit-code.ts';
import type { KeyReference, KeyStore } from '../ports/key-store.ts';
import { PortError } from '../ports/port-error.ts';
import { ageIdentities } from './age-identities.ts';
import { errorCode, fileError, reasonOf } from './file-error.ts';
import { refuseTracked } from './refuse-tracked.ts';
import { readRegularFile } from './regular-file.ts';
import { userFolder } from './user-folders.ts';
import { writeWhole } from './write-whole.ts';

/** Largest file of keys that is read, in bytes; real files are far smaller. */
const most = 1024 * 1024;

/**
 * Returns the store of signing keys. The `keys:` setting of a key chooses its place: the user's state folder, or
 * encrypted in the repository.
 */
export function keyStore(root: string): KeyStore {
  return {
    async read(reference) {
      if (reference.storage === 'external')
        throw new PortError(
          `the ${reference.what} key is external (spec.certificates): another authority signs with it; 'mesh certs issue' writes a request for it`,
          exit.certificate,
        );
      const place = placeOf(root, reference);
      const kept = textOf(place, reference);
      return { text: reference.storage === 'age' ? await decryptKey(kept, place, reference) : kept, place };
    },
    async write(reference, pem) {
      const place = placeOf(root, reference);
      const isPlain = reference.storage !== 'age';
      const text = isPlain ? pem : await encryptKey(reference, pem);
      try {
        await mkdir(path.dirname(place), { recursive: true, mode: isPlain ? 0o700 : 0o755 });
        if (isPlain) {
          await hideState();
          await refuseTracked(place);
        }
        await writeWhole(place, text, isPlain ? 0o600 : 0o644, true);
      } catch (error) {
        throw error instanceof PortError ? error : fileError('write', place, error);
      }
      return place;
    },
    async remove(reference) {
      const place = placeOf(root, reference);
      try {
        await rm(place, { force: true });
      } catch (error) {
        throw fileError('remove', place, error);
      }
    },
  };
}

/** Returns the file of a key: with `age` in the repository, with `file` in `$XDG_STATE_HOME/meshwright`. */
function placeOf(root: string, { storage, trustDomain, id }: KeyReference): string {
  return storage === 'age'
    ? path.join(root, 'certificates', trustDomain, `${id}.key.age`)
    : path.join(stateFolder(), 'keys', trustDomain, `${id}.pem`);
}

function stateFolder(): string {
  const folder = userFolder('XDG_STATE_HOME', '.local', 'state');
  if (folder !== undefined) return folder;
  throw new PortError(
    'there is no folder for keys: neither XDG_STATE_HOME nor HOME is an absolute path, and the system knows no home of this user; set XDG_STATE_HOME',
    exit.certificate,
  );
}

/** Makes Git ignore the state folder, which lies in a repository if people keep their home in Git. */
async function hideState(): Promise<void> {
  const file = path.join(stateFolder(), '.gitignore');
  try {
    await writeFile(file, '*\n', { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}

function textOf(file: string, { storage, what }: KeyReference): string {
  try {
    return readRegularFile(file, { most }).toString('utf8');
  } catch (cause) {
    const code = errorCode(cause);
    const gone =
      storage === 'age'
        ? `the ${what} key is not in the repository (${file}): 'mesh certs init' wrote it; commit it with the trust file`
        : `the ${what} key is not on this machine (${file}): it is where 'mesh certs init' ran; sign there, or keep keys with age`;
    throw new PortError(
      code === 'ENOENT' || code === 'ENOTDIR'
        ? gone
        : `the ${what} key (${file}) can't be read (${reasonOf(cause)})`,
      exit.certificate,
      { cause },
    );
  }
}

async function encryptKey({ recipients, what }: KeyReference, pem: string): Promise<string> {
  if (recipients.length === 0)
    throw new PortError(
      `the ${what} key is kept with age, which needs recipients in spec.certificates`,
      exit.findings,
    );
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient);
    } catch (cause) {
      throw new PortError(
        `the ${what} key can't be encrypted for ${recipient}: it is no age recipient`,
        exit.findings,
        {
          cause,
        },
      );
    }
  }
  return armor.encode(await encrypter.encrypt(pem));
}

async function decryptKey(kept: string, file: string, { recipients, what }: KeyReference): Promise<string> {
  const who = recipients.join(', ');
  const identities = await ageIdentities();
  if (identities.length === 0) {
    throw new PortError(
      `the ${what} key is encrypted for ${who}: one of their age identities has to be in MESH_AGE_KEY, MESH_AGE_KEY_FILE or MESH_AGE_KEY_COMMAND`,
      exit.certificate,
    );
  }
  try {
    const decrypter = new Decrypter();
    for (const identity of identities) decrypter.addIdentity(identity);
    return await decrypter.decrypt(armor.decode(kept), 'text');
  } catch (cause) {
    throw new PortError(
      `the ${what} key (${file}) can't be opened with this age identity: it is encrypted for ${who}, or the file is damaged`,
      exit.certificate,
      { cause },
    );
  }
}
