/** Text from outside, safe for a terminal: control characters would move the cursor, recolour or retitle it. */

/** Control characters (tab and line feed stay), bidirectional overrides and line separators become `\u001b`-like escapes. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is being made visible
  const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
  return text.replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
