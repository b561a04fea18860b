import path from 'node:path';

/**
 * The variables of our environment that Git sees: the user's own configuration, no editors, pagers or other programs.
 */
const passedOn =
  /^(?:HOME|USER|LOGNAME|TMPDIR|TEMP|SYSTEMROOT|XDG_CONFIG_HOME|GIT_CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|PARAMETERS|COUNT|KEY_\d+|VALUE_\d+))$/i;

/** Further variables that Git needs to reach another repository with the user's credentials and proxies. */
const passedToFetches =
  /^(?:SSH_AUTH_SOCK|GNUPGHOME|GIT_SSH|GIT_SSH_COMMAND|GIT_SSH_VARIANT|GIT_ASKPASS|GIT_SSL_\w+|SSL_CERT_(?:FILE|DIR)|CURL_CA_BUNDLE|(?:https?|no|all)_proxy)$/i;

const fixed = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_LAZY_FETCH: '1',
  // Git must ignore replacement objects (git replace): they give a commit other content under the same id.
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_ATTR_NOSYSTEM: '1',
  SSH_ASKPASS: '',
  LC_ALL: 'C',
} as const;

/** Returns the environment of a local command of Git, which may use no protocol to reach another repository. */
export function gitEnvironment(): Record<string, string> {
  return { ...inherited(passedOn), ...fixed, GIT_ASKPASS: '', GIT_ALLOW_PROTOCOL: 'none' };
}

/**
 * Returns the environment of a fetch or a push, with the credentials that the user's own configuration and environment
 * give.
 */
export function fetchEnvironment(protocols = 'http:https:ssh'): Record<string, string> {
  return {
    GIT_ASKPASS: '',
    ...inherited(passedOn),
    ...inherited(passedToFetches),
    ...fixed,
    GIT_ALLOW_PROTOCOL: protocols,
  };
}

/**
 * Returns the wanted variables; relative folders of the PATH are left out, since they would lead into the repository.
 */
function inherited(wanted: RegExp): Record<string, string> {
  const { PATH = '' } = process.env;
  const folders = PATH.split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const entries = Object.entries(process.env).flatMap(([name, value = '']) =>
    wanted.test(name) ? [[name, value] as const] : [],
  );
  return { ...Object.fromEntries(entries), PATH: folders.join(path.delimiter) };
}
