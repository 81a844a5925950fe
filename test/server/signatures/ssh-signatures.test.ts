import { rmSync, writeFileSync } from "node:fs";
import { describe, expect, onTestFinished, test } from "vitest";
import { openLocalMirror } from "../../../src/gitops/mirror/open-local-mirror.ts";
import { repositoryReader } from "../../../src/remediation/repository-reader.ts";
import { requireSshKeygen, sshSignatures } from "../../../src/server/signatures/ssh-signatures.ts";
import { authority, authorityPath, hasSshKeygen, repository, signedRepository } from "./signed-repository.ts";

const ssh = describe.skipIf(!hasSshKeygen);

ssh("who signed a text", () => {
  const made = () => {
    const world = signedRepository();
    const { allowedSigners } = world;
    const signers = (text: string, ...signatures: readonly string[]) =>
      sshSignatures({ repository, allowedSigners, threshold: 1 }).signers(text, signatures);
    return { ...world, signers };
  };

  test("are those whom the deployment names, each once, and nobody else", async () => {
    const { sign, signers } = made();
    const [alice, bob, mallory] = [sign("text", "alice"), sign("text", "bob"), sign("text", "mallory")];
    expect(await signers("text", bob, alice, mallory, sign("text", "alice"))).toEqual(["alice", "bob"]);
    expect(await signers("text", mallory, "no signature")).toEqual([]);
    expect(await signers("text")).toEqual([]);
  });

  test("is nobody where a byte, the purpose or the repository is another one", async () => {
    const { sign, signers } = made();
    expect(await signers("Text", sign("text", "alice"))).toEqual([]);
    expect(await signers("text\n", sign("text", "alice"))).toEqual([]);
    expect(await signers("text", sign("text", "alice", "git"))).toEqual([]);
    expect(await signers("text", sign("text", "alice", "remit:acme/other"))).toEqual([]);
  });

  test("is one person where two names have the same key", async () => {
    const { sign, signers, allowedSigners, publicKey } = made();
    writeFileSync(allowedSigners, `alice ${publicKey("alice")}\nalso ${publicKey("alice")}\n`);
    expect(await signers("text", sign("text", "alice"), sign("text", "alice"))).toHaveLength(1);
  });

  test("can't be told without ssh-keygen or without the list, which is an error and never nobody", async () => {
    const { sign, allowedSigners } = made();
    const options = { repository, allowedSigners, threshold: 1 };
    const without = sshSignatures({ ...options, program: "ssh-keygen-that-is-not-there" });
    const failure = { code: "signatures-unavailable", message: expect.stringContaining("install OpenSSH") };
    await expect(without.signers("text", [sign("text", "alice")])).rejects.toMatchObject(failure);
    await expect(requireSshKeygen("ssh-keygen-that-is-not-there")).rejects.toMatchObject(failure);
    await expect(requireSshKeygen()).resolves.toBeUndefined();
    rmSync(allowedSigners);
    await expect(sshSignatures(options).signers("text", [])).rejects.toMatchObject({
      code: "signatures-unavailable",
      message: expect.stringContaining("allowed signers"),
    });
  });
});

ssh("a policy that has to be signed by two", () => {
  async function states(...revisions: readonly string[]) {
    const mirror = await openLocalMirror(world.git.directory);
    onTestFinished(() => mirror.close());
    const { allowedSigners } = world;
    const reader = repositoryReader(mirror, sshSignatures({ repository, allowedSigners, threshold: 2 }));
    return Promise.all(revisions.map((revision) => reader.authority(revision)));
  }
  let world: ReturnType<typeof signedRepository>;

  test("counts with both signatures, and with one while it only lowers", async () => {
    world = signedRepository();
    const revisions = [
      world.commit(authority(1, "delay"), "alice"),
      world.commit(authority(2, "delay"), "alice", "bob"),
      world.commit(authority(3, "propose"), "bob"),
      world.commit(authority(4, "delay"), "bob"),
      world.commit(authority(5, "delay")),
      world.commit(authority(6, "suggest"), "alice"),
      world.commit(authority(7, "merge"), "alice", "alice"),
      world.commit(authority(8, "merge"), "mallory", "alice", "bob"),
    ];
    const found = await states(...revisions);
    expect(found.map(({ kind }) => kind)).toEqual([
      ...["unsigned", "present", "present", "unsigned", "unsigned", "present", "unsigned", "present"],
    ]);
    expect(found[1]).toMatchObject({ signers: ["alice", "bob"] });
    expect(found[0]).toMatchObject({ signers: ["alice"], threshold: 2, mustBeSigned: true });
  });

  test("counts for nothing once a byte of it changes under its signatures, or it comes back after a newer one", async () => {
    world = signedRepository();
    const text = authority(1, "delay");
    const signed = world.commit(text, "alice", "bob");
    const changed = world.git.commit({
      [authorityPath]: text.replace("delay", "merge").replace("version: 1", "version: 2"),
    });
    world.commit(authority(3, "delay"), "alice", "bob");
    const back = world.commit(text, "alice", "bob");
    const gone = world.git.commit({ [authorityPath]: undefined });
    const broken = world.commit("spec: [", "alice", "bob");
    const found = await states(signed, changed, back, gone, broken);
    expect(found.map(({ kind }) => kind)).toEqual(["present", "unsigned", "replayed", "missing", "invalid"]);
    expect(found.slice(1).every((state) => state.kind !== "present" && state.mustBeSigned === true)).toBe(true);
  });

  test("is one that was signed later in the same version, too", async () => {
    world = signedRepository();
    const text = authority(1, "delay");
    const revisions = [world.commit(text), world.commit(text, "alice"), world.commit(text, "alice", "bob")];
    expect((await states(...revisions)).map(({ kind }) => kind)).toEqual(["unsigned", "unsigned", "present"]);
  });
});
