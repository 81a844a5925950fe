/** Reads the file that `given.history` names: the commits on top of the fixture's tree, oldest first. */
import type { Node } from "yaml";
import { PolicyReader } from "../authority/policy-reader.ts";
import { testPathPattern } from "../authority/runbooks/parse-runbook-test.ts";
import type { Person } from "../gitops/mirror/mirror.ts";
import type { FixtureFile } from "./fixture-file.ts";
import { readAuthor } from "./read-author.ts";
import { readMoment } from "./read-moment.ts";
import type { ToldChange } from "./told-change.ts";

const path = new RegExp(`^${testPathPattern}$`);
/** Whoever a fixture doesn't name. */
const somebody: Person = { name: "Somebody", email: "somebody@example.com" };

export function parseHistory(text: string, file: string): FixtureFile<readonly ToldChange[]> {
  const reader = new PolicyReader(file);
  const root = reader.open(text);
  const changes = ((root && reader.list(root, "the history", 1)) ?? []).map((node) => readChange(reader, node));
  const early = changes.findIndex((change, index) => change.at < (changes[index - 1]?.at ?? change.at));
  if (root && early > 0) reader.mistake(root, `entry ${early + 1} is older than the one before it`, "the oldest first");
  return { value: reader.mistakes.length === 0 ? changes : undefined, mistakes: reader.mistakes };
}

function readChange(reader: PolicyReader, node: Node): ToldChange {
  const keys = { required: ["at", "message"], optional: ["author", "replace", "files", "remove"] };
  const change = reader.mapping(node, "a change", keys);
  const message = change?.get("message");
  const author = change?.get("author");
  const replace = change?.get("replace");
  const files = change?.get("files");
  const remove = change?.get("remove");
  if (change && !replace && !files && !remove)
    reader.mistake(node, "a change changes nothing", "replace, files or remove");
  return {
    at: readMoment(reader, change?.get("at")),
    author: (author && readAuthor(reader, author)) ?? somebody,
    message: (message && reader.text(message, "message", /\S/, "a commit message")) ?? "",
    replace: ((replace && reader.list(replace, "replace", 1)) ?? []).map((item) => readReplace(reader, item)),
    files: files && reader.text(files, "files", path, "a directory below this file's"),
    remove: ((remove && reader.list(remove, "remove", 1)) ?? []).flatMap((item) => readPath(reader, item) ?? []),
  };
}

function readReplace(reader: PolicyReader, node: Node): ToldChange["replace"][number] {
  const item = reader.mapping(node, "replace", { required: ["file", "from", "to"], optional: [] });
  const file = item?.get("file");
  const from = item?.get("from");
  const to = item?.get("to");
  return {
    file: (file && readPath(reader, file)) ?? "",
    from: (from && reader.text(from, "from", /[\s\S]/, "the text that stands there, in quotes")) ?? "",
    to: (to && reader.text(to, "to", /^[\s\S]*$/, "the new text, in quotes")) ?? "",
  };
}

function readPath(reader: PolicyReader, node: Node): string | undefined {
  return reader.text(node, "a file", path, "a path in the repository");
}
