/** Some write `KEY: "v1"` into files called `.env`, which several of their readers take. */
import { isProperties } from "./read-properties.ts";

/**
 * Is every line of the `.env` file that says anything such a one? A single line may be a part of a value that goes on over several,
 * a file of nothing else isn't. Values with anything that YAML and such readers may see differently don't count.
 */
export function writesYaml(path: string, text: string): boolean {
  if (!isProperties(path) || /\.properties$/i.test(path)) return false;
  let found = false;
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*(?:#.*)?$/.test(line)) continue;
    if (!pair.test(line)) return false;
    found = true;
  }
  return found;
}

const quoted = "\"[^\"\\\\$`]*\"|'[^'\\\\$`]*'";
const plain = "[\\w./+-](?:[^\\s\"'\\\\$`:]|:(?=\\S))*";
const pair = new RegExp(`^[A-Za-z_][\\w.-]*:[ \\t]+(?:${quoted}|${plain})[ \\t]*(?:[ \\t]#.*)?$`);
