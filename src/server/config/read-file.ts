/** remit.yaml, read with positions: what it says, or every mistake in it with line and column. */
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { hasPlainKeys } from "../../gitops/has-plain-keys.ts";
import { nestsTooDeeply } from "../../gitops/nests-too-deeply.ts";
import { nearestWord } from "../../nearest-word.ts";
import { type ConfigFile, fileSchema } from "./file-schema.ts";
import { knownKeys } from "./known-keys.ts";
import type { Mistake } from "./mistake.ts";

type Path = readonly PropertyKey[];

export interface ReadFile {
  readonly content: ConfigFile;
  readonly mistakes: readonly Mistake[];
  /** Where a value stands, for mistakes that are found later. */
  readonly mistakeAt: (path: Path, message: string) => Mistake;
}

const maxCharacters = 1_048_576;

/** `file` is the name for people. With mistakes, `content` is empty. */
export function readFile(file: string, text: string): ReadFile {
  const lines = new LineCounter();
  const isTooDeep = text.length <= maxCharacters && nestsTooDeeply(text);
  const document = parseDocument(isTooDeep ? "" : text.slice(0, maxCharacters), {
    lineCounter: lines,
    prettyErrors: false,
  });
  const at = (offset: number | undefined, where: string, message: string, near?: string): Mistake => {
    const position = offset === undefined ? undefined : lines.linePos(offset);
    return { file, line: position?.line, column: position?.col, where, message, nearest: near };
  };
  const mistakeAt = (path: Path, message: string) => at(valueOffset(document, path), pathText(path), message);
  const refused = (mistakes: readonly Mistake[]): ReadFile => {
    return { content: {}, mistakes: mistakes.toSorted(byPosition), mistakeAt };
  };

  if (text.length > maxCharacters) return refused([at(undefined, "", "larger than 1 MiB")]);
  if (isTooDeep) return refused([at(undefined, "", "nested too deeply to be read")]);
  if (document.errors.length > 0) {
    return refused(document.errors.map((error) => at(error.pos[0], "", `not YAML: ${yamlProblem(error.code)}`)));
  }
  let data: unknown;
  try {
    if (!hasPlainKeys(document)) return refused([at(0, "", "not YAML that can be read: a list or a mapping as a key")]);
    data = document.toJS() ?? {};
  } catch {
    return refused([at(0, "", "not YAML: aliases that can't be expanded")]);
  }
  const result = fileSchema.safeParse(data, { reportInput: true });
  if (result.success) return { content: result.data, mistakes: [], mistakeAt };
  return refused(
    result.error.issues.flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => {
            const path = [...issue.path, key];
            const near = nearestWord(key, knownKeys(issue.path));
            return at(keyOffset(document, issue.path, key), pathText(path), unknownKey(key), near);
          })
        : [mistakeAt(issue.path, expectation(issue))],
    ),
  );
}

function byPosition(a: Mistake, b: Mistake): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

/** In words of our own: the parser's message may quote the text, and the text may be a secret in the wrong place. */
function yamlProblem(code: string): string {
  return code.toLowerCase().replaceAll("_", " ");
}

function unknownKey(key: string): string {
  return /secret|token|password|private|api_?key/i.test(key)
    ? "unknown key: secrets come from the environment (REMIT_GITHUB_PRIVATE_KEY, REMIT_WEBHOOK_SECRETS, REMIT_SOURCE_<NAME>_TOKEN, REMIT_OAUTH_CLIENT_SECRET, or the same with _FILE)"
    : "unknown key";
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? `missing, expected ${typeName(issue.expected)}`
        : `expected ${typeName(issue.expected)}`;
    case "invalid_value":
      return `expected ${issue.values
        .map(String)
        .join(", ")
        .replace(/, ([^,]*)$/, " or $1")}`;
    case "too_small":
      return issue.origin === "array" || issue.origin === "string"
        ? "must not be empty"
        : `expected at least ${issue.minimum}`;
    case "too_big":
      return `expected at most ${issue.maximum}`;
    default:
      return issue.message;
  }
}

function typeName(expected: string): string {
  const names: Readonly<Record<string, string>> = {
    array: "a list",
    boolean: "true or false",
    int: "a whole number",
    number: "a number",
    object: "a mapping",
    string: "a text",
  };
  return names[expected] ?? expected;
}

/** `sources[1].type` */
function pathText(path: Path): string {
  return path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");
}

/** The value at `path`, or the nearest thing around it that exists. */
function valueOffset(document: Document.Parsed, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range[0] ?? 0;
}

function keyOffset(document: Document.Parsed, path: Path, key: string): number {
  const parent = path.length === 0 ? document.contents : document.getIn(path, true);
  if (!isMap(parent)) return valueOffset(document, path);
  const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
  return isScalar(pair?.key) ? (pair.key.range?.[0] ?? 0) : valueOffset(document, path);
}
