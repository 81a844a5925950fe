/** One line for where there is no code: titles and commit messages. What GitHub would turn into a mention, a reference or a link is spelt so that it isn't. */
import { cleanLine } from "./untrusted.ts";

export function plainLine(text: string, limit: number): string {
  const harmless = cleanLine(text, limit)
    .replace(/(?<![A-Za-z0-9_])@(?=[A-Za-z0-9])/g, "(at)")
    .replace(/@(?=[0-9a-f]{7,64}(?![0-9a-z]))/gi, "(at)")
    .replace(/#(?=\d)/g, "no. ")
    .replace(/\bgh-(?=\d)/gi, "GH ")
    .replace(/:\/\//g, ": //")
    .replace(/www\./gi, "www .");
  return cleanLine(harmless, limit);
}
