import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writablePath } from "../../../src/gitops/edit/writable-path.ts";

const denied = [
  ".github/workflows/ci.yaml",
  ".github/remit/authority.yaml",
  ".GitHub/workflows/ci.yaml",
  "apps/.github/x.yaml",
  ".git/config",
  ".GIT/config",
  ".git\u200d/config",
  ".g\u0131t/config\u200b",
  ".git./config",
  ".git /config",
  "git~1/config",
  "GIT~1/config",
  ".gitmodules",
  ".gitattributes",
  "apps/.gitignore",
  "．github/x.yaml",
  ".ｇｉｔhub/x.yaml",
  "CODEOWNERS",
  "docs/CODEOWNERS",
  "apps/codeowners",
  "\u212bODEOWNERS/../CODEOWNERS",
  ".policy.yml",
  "/etc/passwd",
  "../x.yaml",
  "apps/../.github/x.yaml",
  "apps/./x.yaml",
  "apps//x.yaml",
  "apps/",
  "",
  "apps\\x.yaml",
  "apps/x.yaml\u0000",
  "apps/x\n.yaml",
  "apps/\u202ex.yaml",
  "apps/x\u200b.yaml",
  "apps/x\ufeff.yaml",
  "apps/x.yaml.",
  "apps/x.yaml ",
  "apps./x.yaml",
  "C:/x.yaml",
  "apps/x.yaml::$DATA",
  "apps/\ufffdx.yaml",
  "apps/\ud800.yaml",
  "apps/checkout/secret.yaml",
  "apps/checkout/secrets.yaml",
  "apps/checkout/db-secret.yaml",
  "apps/checkout/db_secrets.yaml",
  ".policy.yaml",
  "apps/checkout/db-secret.enc.yaml",
  "apps/checkout/values.sops.yaml",
  "apps/checkout/sealedsecret.yaml",
  "apps/checkout/sealed-secret-db.yaml",
  "apps/checkout/externalsecret.yaml",
  "apps/checkout/external-secret.yaml",
  "apps/SECRETS/x.yaml",
  "apps/checkout-secrets/values.yaml",
  "apps/secrets-production/values.yaml",
  "apps/secret-values/checkout.yaml",
  "apps/external-secrets/x.yaml",
  "apps/sealedsecret/x.yaml",
  "apps/sops-values/x.yaml",
  "apps/cluster-secret-store/x.yaml",
  "apps/vault.enc/x.yaml",
  "apps/secrets-operator/secret.yaml",
  "apps/secrets-operator/db-secrets.yaml",
  "apps/secrets-operator/external-secret.yaml",
  "tls/server.key",
  ".sops.yaml",
  `${"a/".repeat(600)}x.yaml`,
];

const allowed = [
  "apps/checkout/overlays/production/kustomization.yaml",
  "values.yaml",
  "apps/sort.keyed.yaml",
  "apps/mysecretary.yaml",
  "clusters/eu-1/apps/checkout.yml",
  "k8s/secretary/deployment.yaml",
  "apps/vault-secrets-operator/Chart.yaml",
  "components/remote-secret-controller/kustomization.yaml",
  "apps/github-runner/values.yaml",
  "envs/prod/.env",
  "apps/größe/values.yaml",
  "kubernetes/apps/a b/values.yaml",
];

describe("writablePath", () => {
  test.each(denied)("field note S11: denies %j", (path) => {
    expect(writablePath(path)?.code).toBe("path-denied");
  });

  test.each(allowed)("allows %j", (path) => {
    expect(writablePath(path)).toBeUndefined();
  });

  test("the message never repeats the path", () => {
    expect(writablePath(".github/@everyone")?.message).not.toContain("everyone");
  });
});

/** What a forgiving file system may make of a path. */
function forgiven(path: string): string[] {
  return path
    .normalize("NFKC")
    .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
    .toLowerCase()
    .split(/[\\/]/)
    .map((segment) => segment.replace(/[. ]+$/, ""));
}

test("field note S11: no accepted path reaches a denied one once it is normalized and its case is folded", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ".git",
      ".github",
      "CODEOWNERS",
      "..",
      ".",
      "apps",
      "x.yaml",
      "．",
      "ﬁ",
      "ı",
      "K",
      "\u200d",
      "/",
      "\\",
      " ",
      "ｇ",
    ),
    fc.string({ unit: "binary", maxLength: 3 }),
  );
  const path = fc
    .array(
      fc.array(piece, { maxLength: 3 }).map((parts) => parts.join("")),
      { maxLength: 4 },
    )
    .map((parts) => parts.join("/"));
  fc.assert(
    fc.property(path, (candidate) => {
      if (writablePath(candidate) !== undefined) return;
      for (const segment of forgiven(candidate)) {
        expect(segment).not.toBe("");
        expect(segment).not.toMatch(/^\.git|^git~|^codeowners$/);
      }
      expect(candidate).toBe(
        candidate
          .split("/")
          .filter((part) => part !== "" && part !== "." && part !== "..")
          .join("/"),
      );
    }),
    { numRuns: 3000 },
  );
});
