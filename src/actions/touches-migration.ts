/** A schema that moved forward doesn't move back with the image: such a change is a person's to take back. */
import type { Reason } from "../reason.ts";

const directory = /^(?:(?:db|database|schema|sql)[-_.]?)?migrat(?:e|ion|ions)$|^(?:flyway|liquibase|alembic)$/;
const fileName = /(?:^|[-_.])migrat(?:e|ion|ions|or)(?:[-_.]|$)|\.sql$|^(?:flyway|liquibase|alembic)(?:[-_.]|$)/;
const hook = /(?:helm\.sh\/hook|argocd\.argoproj\.io\/hook|argocd\.argoproj\.io\/hook-delete-policy)["']?\s*:/;
const job = /^\s*["']?kind["']?\s*:\s*["']?Job["']?\s*(?:#.*)?$/m;

export interface MigrationInput {
  /** Every path that the commits to be taken back touched. */
  readonly paths: Iterable<string>;
  /** Current texts, where they are known. */
  readonly files: ReadonlyMap<string, string>;
  /** A service may itself be called `migrations`: its name tells nothing. */
  readonly service: string;
}

/** undefined when nothing looks like a migration. Decided from names and kinds, so when unsure it is one. */
export function touchesMigration({ paths, files, service }: MigrationInput): Reason | undefined {
  for (const path of paths) {
    if (namesMigration(path, service)) return reason(`touched ${shown(path)}, which looks like a migration`);
    const text = files.get(path);
    if (text !== undefined && hook.test(text) && job.test(text)) {
      return reason(`touched ${shown(path)}, which runs a Job at each deployment`);
    }
  }
  return undefined;
}

function namesMigration(path: string, service: string): boolean {
  const own = service.toLowerCase();
  const segments = path
    .toLowerCase()
    .split("/")
    .map((segment) => (own === "" ? segment : segment.replaceAll(own, "")));
  const name = segments.pop() ?? "";
  return segments.some((segment) => directory.test(segment)) || fileName.test(name);
}

function reason(what: string): Reason {
  return { code: "touches-migration", message: `the change ${what}` };
}

function shown(path: string): string {
  return path.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, " ").slice(0, 200);
}
