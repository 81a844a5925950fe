/** A mirror's HEAD while its remote's default branch is renamed and git fails at one step: by a `git` on PATH that fails when told to. */
import { execFileSync } from "node:child_process";
import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { openMirror } from "../../../src/gitops/mirror/git-mirror.ts";
import { gitRepository, temporaryDirectory } from "../git-repository.ts";

async function world() {
  const remote = gitRepository();
  const before = remote.commit({ "a.yaml": "x: 1" });
  const mirror = await openMirror({ directory: temporaryDirectory(), repository: "acme/shop", url: remote.url });
  onTestFinished(() => mirror.close());
  return { remote, before, mirror };
}

/** From now on git fails at this command; the function returned ends that. */
function failing(command: string): () => void {
  const directory = temporaryDirectory();
  const flag = join(directory, "fails");
  const git = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
  const fails = `[ "$1" = ${command} ] && [ -e ${flag} ] && echo "fatal: no ${command} today" >&2 && exit 128`;
  writeFileSync(flag, "");
  writeFileSync(join(directory, "git"), `#!/bin/sh\n${fails}\nexec ${git} "$@"\n`);
  chmodSync(join(directory, "git"), 0o755);
  vi.stubEnv("PATH", `${directory}:${process.env.PATH}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  return () => rmSync(flag);
}

test.each(["ls-remote", "fetch", "for-each-ref", "update-ref"])(
  "a default branch that is renamed while %s fails leaves HEAD on the last commit, until the next fetch",
  async (command) => {
    const { remote, before, mirror } = await world();
    remote.git("branch", "-m", "main", "trunk");
    const after = remote.commit({ "a.yaml": "x: 2" });
    const mend = failing(command);
    await expect(mirror.fetch()).rejects.toThrow(`no ${command} today`);
    expect(await mirror.head()).toBe(before);
    mend();
    expect(await mirror.files(await mirror.head())).toEqual([{ path: "a.yaml", text: "x: 1" }]);
    await mirror.fetch();
    expect(await mirror.head()).toBe(after);
    expect(await mirror.branchHead("main")).toBeUndefined();
  },
);

test("a default branch that is gone, with no other in its place, leaves HEAD on the last commit", async () => {
  const { remote, before, mirror } = await world();
  remote.git("checkout", "--quiet", "-b", "feature");
  remote.commit({ "a.yaml": "x: 2" });
  remote.git("branch", "-D", "main");
  remote.git("symbolic-ref", "HEAD", "refs/heads/main");
  await mirror.fetch();
  expect(await mirror.branchHead("main")).toBeUndefined();
  expect(await mirror.head()).toBe(before);
});
