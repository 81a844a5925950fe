/** The header WWW-Authenticate: which proofs somebody would take. */

export interface Challenge {
  /** In small letters. */
  readonly scheme: string;
  /** By names in small letters. */
  readonly parameters: ReadonlyMap<string, string>;
}

const longest = 8_192;
const parameter = /[\s,]*([A-Za-z][\w-]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/y;
const scheme = /[\s,]*([A-Za-z][\w-]*)(?=[\s,]|$)/y;

/** What can't be read ends the list. */
export function authChallenges(header: string): readonly Challenge[] {
  const text = header.slice(0, longest);
  const found: { scheme: string; parameters: Map<string, string> }[] = [];
  let at = 0;
  const next = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) at = pattern.lastIndex;
    return match ?? undefined;
  };
  for (;;) {
    const [, key = "", quoted, plain = ""] = next(parameter) ?? [];
    const current = found.at(-1);
    if (key !== "" && current !== undefined) {
      current.parameters.set(key.toLowerCase(), quoted?.replace(/\\(.)/g, "$1") ?? plain);
      continue;
    }
    const [, word] = key === "" ? (next(scheme) ?? []) : [];
    if (word === undefined) return found;
    found.push({ scheme: word.toLowerCase(), parameters: new Map() });
  }
}
