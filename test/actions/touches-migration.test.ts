import { describe, expect, test } from "vitest";
import { touchesMigration } from "../../src/actions/touches-migration.ts";

const look = (path: string, text?: string, service = "checkout") =>
  touchesMigration({ paths: [path], files: new Map(text === undefined ? [] : [[path, text]]), service })?.code;

describe("touchesMigration", () => {
  test.each([
    "db/migrate/20260101_add.rb",
    "services/checkout/migrations/0001_initial.py",
    "apps/checkout/Migrations/x.yaml",
    "sql/schema.sql",
    "apps/checkout/migrate-job.yaml",
    "apps/checkout/db-migration.yaml",
    "flyway/V1__init.yaml",
    "alembic.ini",
  ])("%s looks like one", (path) => {
    expect(look(path)).toBe("touches-migration");
  });

  test.each([
    "apps/checkout/kustomization.yaml",
    "docs/migrating-to-v2.md",
    "apps/immigration/values.yaml",
    "a/mysql/values.yaml",
  ])("%s doesn't", (path) => {
    expect(look(path)).toBeUndefined();
  });

  test("a service that is called after migrations isn't one by its name", () => {
    expect(look("apps/data-migration/values.yaml", undefined, "data-migration")).toBeUndefined();
    expect(look("apps/data-migration/migrations/1.yaml", undefined, "data-migration")).toBe("touches-migration");
  });

  test.each([
    ["helm.sh/hook: pre-upgrade", "touches-migration"],
    ["argocd.argoproj.io/hook: PreSync", "touches-migration"],
    ["app: checkout", undefined],
  ])("a Job with %s", (annotation, code) => {
    const text = `kind: Job\nmetadata:\n  annotations:\n    ${annotation}\n`;
    expect(look("apps/checkout/all.yaml", text)).toBe(code);
  });

  test("a hook that is no Job isn't one", () => {
    expect(look("a.yaml", "kind: ConfigMap\nmetadata: {annotations: {helm.sh/hook: pre-upgrade}}\n")).toBeUndefined();
  });
});
