/** What people really did in repositories, one action a line, for the benches that hold Remit against it. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

export interface RecordedChange {
  readonly file: string;
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

export interface RecordedAction {
  readonly id: string;
  readonly repo: string;
  /** The commit that stood there. */
  readonly before: string;
  readonly kind: string;
  readonly changes: readonly RecordedChange[];
}

export interface RecordedActions<A> {
  readonly verbose: boolean;
  readonly repositories: readonly { readonly directory: string; readonly actions: readonly A[] }[];
}

/** In place of a value: there was none. */
export const absent = "<absent>";

/** By `--actions FILE --repos DIR [--verbose]`. What isn't there is skipped with a line that says so; undefined where all of it is. */
export function recordedActions<A extends RecordedAction>(bench: string): RecordedActions<A> | undefined {
  const { values } = parseArgs({
    options: { actions: { type: "string" }, repos: { type: "string" }, verbose: { type: "boolean" } },
  });
  const { actions: file, repos } = values;
  if (file === undefined || repos === undefined) {
    console.log(`${bench}: skipped; give it --actions FILE and --repos DIR`);
    return undefined;
  }
  const actions = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line): A => JSON.parse(line));
  const repositories = [...Map.groupBy(actions, ({ repo }) => repo)].flatMap(([repo, own]) => {
    const directory = gitDirectory(repos, repo);
    if (directory !== undefined) return [{ directory, actions: own }];
    console.log(`${repo}: skipped; there is no ${join(repos, repo.replace("/", "+"))}`);
    return [];
  });
  return { verbose: values.verbose === true, repositories };
}

function gitDirectory(repositories: string, repo: string): string | undefined {
  const directory = join(repositories, repo.replace("/", "+"));
  return [join(directory, "repo"), directory].find((each) => existsSync(each));
}
