const most = 3;

/**
 * Returns the differences of a measurement of times or tries that a busy machine can delay: no differences if one of
 * three measurements finds none, otherwise those of the last. A proxy that is configured wrongly differs each time. A
 * measurement for which `isDisturbed` returns false counts at once.
 */
export async function undisturbed(
  measure: () => Promise<readonly string[]>,
  isDisturbed: () => boolean = () => true,
): Promise<readonly string[]> {
  let found = await measure();
  for (let done = 1; found.length > 0 && isDisturbed() && done < most; done += 1) found = await measure();
  return found;
}
