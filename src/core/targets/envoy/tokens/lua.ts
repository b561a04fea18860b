/** Returns the text of a script without line breaks at its start and end. */
export function lua(text: string): string {
  return `${text.trim()}\n`;
}

/** Returns a local Lua table with these names as keys. */
export function luaSet(variable: string, names: readonly string[]): string {
  return `local ${variable} = {${names.map((name) => `[${luaString(name)}] = true`).join(', ')}}\n`;
}

/**
 * Returns a text as a Lua string with every byte escaped except letters, digits and `_-`, so that it can't end early.
 */
export function luaString(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return `"${Array.from(bytes, luaByte).join('')}"`;
}

function luaByte(byte: number): string {
  const character = String.fromCharCode(byte);
  return /[\w-]/.test(character) ? character : `\\${String(byte).padStart(3, '0')}`;
}
