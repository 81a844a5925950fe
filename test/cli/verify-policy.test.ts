import { describe, expect, test } from "vitest";
import {
  authority,
  authorityPath,
  hasSshKeygen,
  repository,
  signedRepository,
} from "../server/signatures/signed-repository.ts";
import { run } from "./run.ts";

describe.skipIf(!hasSshKeygen)("remit verify-policy", () => {
  test("it says who signed the policy of a commit, and ends with 3 where those are too few", async () => {
    const { git, allowedSigners, commit } = signedRepository();
    const verify = (...more: readonly string[]) =>
      run([
        ...["verify-policy", "--repo", git.directory, "--repository", repository, "--allowed-signers", allowedSigners],
        ...more,
      ]);
    const first = commit(authority(1, "delay"), "alice", "bob");
    commit(authority(2, "merge"), "bob");
    expect(await verify("--signatures", "2", "--at", first)).toEqual({
      code: 0,
      out: `Yes: policy shop, version 1, at ${first.slice(0, 12)}, signed by alice and bob\n`,
      err: "",
    });
    expect(await verify("--signatures", "2")).toMatchObject({
      code: 3,
      out: "No: the policy raises what Remit may do, and 1 of the 2 who have to signed it: nothing is granted\n",
    });
    expect((await verify()).code).toBe(0);
    git.commit({ [`${authorityPath}.sig`]: "" });
    const { code, out } = await verify("--json");
    expect(JSON.parse(out)).toMatchObject({ counts: false, tier: "observe", reason: { code: "policy-unsigned" } });
    expect(code).toBe(3);
  });

  test.each([
    [["verify-policy", "--repo", "."], "--allowed-signers is missing"],
    [["verify-policy", "--repo", ".", "--allowed-signers", "x"], "wants --repository OWNER/NAME"],
    [
      ["verify-policy", "--repo", ".", "--allowed-signers", "x", "--repository", "shop"],
      "wants --repository OWNER/NAME",
    ],
    [["can-i", "rollback", "checkout", "--repo", ".", "--signatures", "2"], "go with --allowed-signers"],
    [["gate", "--base", "HEAD", "--head", "HEAD", "--signatures", "2"], "go with --allowed-signers"],
    [["plan", "--repo", ".", "--signal", "package.json", "--repository", "a/b"], "go with --allowed-signers"],
    [
      ["verify-policy", "--repo", ".", "--allowed-signers", "x", "--repository", "a/b", "--signatures", "0"],
      "a number from 1",
    ],
  ])("%j is a usage error", async (argv, message) => {
    const { code, err } = await run(argv);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });
});
