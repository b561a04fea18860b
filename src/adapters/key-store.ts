import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { armor, Decrypter, Encrypter } from 'age-encryption';
import { type KeyReference, type KeyStore, PortError } from '../ports.ts';
import { errorCode, reasonOf } from './file-error.ts';
import { readRegularFile, UnfitFileError } from './regular-file.ts';
import { writeWhole } from './write-whole.ts';

const missing = 13;
const run = promisify(execFile);

/** More than any file of keys has: bytes. */
const most = 1024 * 1024;

/** Signing keys, each where its `keys:` setting says: the user's state folder, or encrypted in the repository. */
export function keyStore(root: string): KeyStore {
  return {
    async read(reference) {
      const text = reference.storage === 'age' ? await decrypted(root, reference) : kept(reference);
      if (!text.includes('PRIVATE KEY'))
        throw new PortError(`${place(root, reference)} holds no private key`, missing);
      return text;
    },
    async write(reference, pem) {
      const file = place(root, reference);
      await mkdir(path.dirname(file), { recursive: true, mode: reference.storage === 'age' ? 0o755 : 0o700 });
      if (reference.storage === 'age') await writeWhole(file, await encrypted(reference, pem), 0o644);
      else await writeWhole(file, pem, 0o600);
      return file;
    },
  };
}

/** The file of a key: `age` in the repository, `file` in `$XDG_STATE_HOME/meshwright`. */
function place(root: string, { storage, trustDomain, id }: KeyReference): string {
  if (storage === 'age') return path.join(root, 'certificates', trustDomain, `${id}.key.age`);
  const state = process.env['XDG_STATE_HOME'] ?? path.join(homedir(), '.local', 'state');
  return path.join(state, 'meshwright', 'keys', trustDomain, `${id}.pem`);
}

function kept(reference: KeyReference): string {
  const file = place('', reference);
  try {
    return text(file);
  } catch (cause) {
    if (errorCode(cause) !== 'ENOENT')
      throw new PortError(`the ${reference.what} key (${file}) can't be read (${reasonOf(cause)})`, missing, {
        cause,
      });
    throw new PortError(
      `the ${reference.what} key is not on this machine (${file}): it is where 'mesh certs init' ran; sign there, or keep keys with age`,
      missing,
      { cause },
    );
  }
}

async function encrypted({ recipients, what }: KeyReference, pem: string): Promise<string> {
  if (recipients.length === 0)
    throw new PortError(`the ${what} key is kept with age, which needs recipients in spec.certificates`, 3);
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return armor.encode(await encrypter.encrypt(pem));
}

async function decrypted(root: string, reference: KeyReference): Promise<string> {
  const file = place(root, reference);
  const who = reference.recipients.join(', ');
  const identities = await ageIdentities();
  if (identities.length === 0) {
    throw new PortError(
      `the ${reference.what} key is encrypted for ${who}: one of their age identities has to be in MESH_AGE_KEY, MESH_AGE_KEY_FILE or MESH_AGE_KEY_COMMAND`,
      missing,
    );
  }
  try {
    const decrypter = new Decrypter();
    for (const identity of identities) decrypter.addIdentity(identity);
    return await decrypter.decrypt(armor.decode(text(file)), 'text');
  } catch (cause) {
    throw new PortError(
      `the ${reference.what} key (${file}) can't be opened with this age identity: it is encrypted for ${who}`,
      missing,
      { cause },
    );
  }
}

/** Identities of the environment: given, in a file, or printed by a command (split at spaces, no shell). */
async function ageIdentities(): Promise<readonly string[]> {
  const { MESH_AGE_KEY: given, MESH_AGE_KEY_FILE: file, MESH_AGE_KEY_COMMAND: command } = process.env;
  const text = given ?? (file === undefined ? command && (await printed(command)) : readable(file));
  return (text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('AGE-SECRET-KEY-'));
}

async function printed(command: string): Promise<string> {
  const [program = '', ...args] = command.split(/\s+/);
  try {
    return (await run(program, args)).stdout;
  } catch (cause) {
    throw new PortError(`MESH_AGE_KEY_COMMAND (${program}) failed`, missing, { cause });
  }
}

function readable(file: string): string {
  try {
    return text(file);
  } catch (cause) {
    const way = cause instanceof UnfitFileError ? ': MESH_AGE_KEY_COMMAND takes what a program prints' : '';
    throw new PortError(`MESH_AGE_KEY_FILE (${file}) can't be read (${reasonOf(cause)})${way}`, missing, {
      cause,
    });
  }
}

function text(file: string): string {
  return readRegularFile(file, { most }).toString('utf8');
}
