/** The text of a script without the line breaks around it. */
export function lua(text: string): string {
  return `${text.trim()}\n`;
}

/** A local table with these names as keys. */
export function luaSet(variable: string, names: readonly string[]): string {
  return `local ${variable} = {${names.map((name) => `[${luaString(name)}] = true`).join(', ')}}\n`;
}

/** A text as a Lua string, every byte but letters, digits and `_-` escaped, so that it can't end early. */
export function luaString(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return `"${Array.from(bytes, luaByte).join('')}"`;
}

function luaByte(byte: number): string {
  const character = String.fromCharCode(byte);
  return /[\w-]/.test(character) ? character : `\\${String(byte).padStart(3, '0')}`;
}
