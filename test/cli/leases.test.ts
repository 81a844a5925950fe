import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ago, day, history, now } from "../actions/asked.ts";
import { temporaryDirectory } from "../gitops/git-repository.ts";
import { credentials, ociRegistry, type RegistryOptions } from "../server/registries/oci-registry.ts";
import { leaseMessage } from "../support/lease-message.ts";
import { run } from "./run.ts";

const image = "apps/checkout/deployment.yaml";
const policy = "apps/checkout/image-policy.yaml";
const deployment = (main: string, sidecar: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\nspec:\n  template:\n    spec:\n      containers:\n        - name: main\n          image: ${main}\n        - name: proxy\n          image: ${sidecar}\n`;
const range = (text: string) =>
  `apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImagePolicy\nmetadata:\n  name: checkout\nspec:\n  policy:\n    semver:\n      range: ${text}\n`;

/** A rollback of yesterday, pinned for three days. Its sidecar isn't its business. */
async function pinned(options: RegistryOptions) {
  const registry = await ociRegistry(options);
  const main = (version: string) => `${registry.host}/shop/checkout:${version}`;
  const sidecar = `${registry.host}/shop/proxy:v9`;
  const repository = history(
    { [image]: deployment(main("v1.4.2"), sidecar), [policy]: range("1.x") },
    { [image]: deployment(main("v1.5.0"), sidecar) },
  );
  repository.commit(
    { [image]: deployment(main("v1.4.2"), sidecar), [policy]: range("1.4.2") },
    {
      at: ago(30),
      message: leaseMessage({
        action: "rollback",
        target: "checkout",
        expiresAt: now + 3 * day * 60_000,
        paths: [policy],
      }),
    },
  );
  const config = join(temporaryDirectory(), "remit.yaml");
  writeFileSync(config, `registries: [{name: lab, host: "${registry.host}", plainHttp: true}]\n`);
  const leases = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    run(["leases", "--repo", repository.directory, "--now", new Date(now).toISOString(), ...args], env);
  return { registry, config, leases };
}

describe("remit leases", () => {
  test("calls a lease rotten whose image is gone, and ends with 3", async () => {
    const { config, leases, registry } = await pinned({ images: ["shop/checkout:v1.5.0"] });
    const { code, out } = await leases(["--config", config]);
    expect(code).toBe(3);
    expect(out).toMatch(
      /^rotten {4}\S+ {2}rollback checkout .*checkout:v1\.4\.2 is gone: its registry doesn't have it/,
    );
    expect(registry.requests.filter(({ line }) => line.includes("proxy"))).toEqual([]);
  });

  test("says nothing of an image that is there", async () => {
    const { config, leases, registry } = await pinned({ images: ["shop/checkout:v1.4.2"] });
    const { code, out } = await leases(["--config", config, "--json"]);
    expect(code).toBe(0);
    const reference = `${registry.host}/shop/checkout:v1.4.2`;
    expect(JSON.parse(out).leases).toMatchObject([{ state: "running", images: [{ reference, word: "there" }] }]);
  });

  test("says where it can't be told", async () => {
    const { config, leases } = await pinned({ images: ["shop/checkout:v1.4.2"], access: "password" });
    const { code, out } = await leases(["--config", config]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^running .*whether \S+v1\.4\.2 is still there isn't known: its registry wants to know who asks/,
    );
  });

  test("asks with credentials of the environment, and shows them nowhere", async () => {
    const { config, leases } = await pinned({ images: ["shop/checkout:v1.4.2"], access: "password-token" });
    const [username, password] = [credentials.username.reveal(), credentials.password.reveal()];
    const env = { REMIT_REGISTRY_LAB_USERNAME: username, REMIT_REGISTRY_LAB_PASSWORD: password };
    const { out, err } = await leases(["--config", config, "--json"], env);
    expect(JSON.parse(out).leases).toMatchObject([{ images: [{ word: "there" }] }]);
    const wrong = await leases(["--config", config, "--json"], { ...env, REMIT_REGISTRY_LAB_PASSWORD: "guessed" });
    expect(JSON.parse(wrong.out).leases).toMatchObject([{ images: [{ word: "unknown" }] }]);
    expect([out, err, wrong.out, wrong.err].join()).not.toMatch(new RegExp([username, password, "guessed"].join("|")));
  });

  test("asks nobody without --config", async () => {
    const { leases, registry } = await pinned({ images: [] });
    const { code, out } = await leases([]);
    expect([code, out]).toEqual([0, expect.stringMatching(/^running/)]);
    expect(registry.requests).toEqual([]);
  });

  test("a configuration with mistakes is one", async () => {
    const { config, leases } = await pinned({ images: [] });
    const { code, err } = await leases(["--config", config], { REMIT_REGISTRY_LAB_PASSWORD: "swordfish" });
    expect([code, err]).toEqual([1, expect.stringContaining("REMIT_REGISTRY_LAB_USERNAME")]);
    expect(err).not.toContain("swordfish");
  });
});
