/** The longest text that is repeated of a log, in characters. */
const longest = 300;

/**
 * Returns the reason of a proxy's end in the log of an Envoy, without its time and place in Envoy's code; undefined if the
 * log has none. A stack trace is no reason.
 */
export function lastWords(log: string): string | undefined {
  if (log.includes('fs.inotify.max_user_instances')) return inotify;
  const lines = log
    .split('\n')
    .filter((line) => /\[(?:critical|error)\]/.test(line) && !/\[(?:backtrace|envoy_bug)\]/.test(line));
  const caught = /Caught \w+(?=,)/.exec(log)?.[0];
  const last = lines.findLast((line) => line.includes('[critical]')) ?? lines.at(-1) ?? caught;
  return last?.replace(/^(\[[^\]]*\])+ (\[[^\]]*\] )?/, '').slice(0, longest);
}

const inotify =
  'it got no inotify instance, of which Linux allows each user 128: end other Envoys of this user, or allow more by sysctl fs.inotify.max_user_instances=8192';
