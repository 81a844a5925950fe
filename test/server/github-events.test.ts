import nock from "nock";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { Secret } from "../../src/server/config/secret.ts";
import { createGitHubEvents } from "../../src/server/github-events.ts";
import { type NamedEventsOptions, namedEvents } from "../../src/server/named-events.ts";
import type { Delivery } from "../../src/store/store.ts";
import { privateKey } from "./config/config-file.ts";

const payload = {
  action: "closed",
  repository: { full_name: "acme/shop" },
  installation: { id: 9 },
  sender: { login: "alice" },
};

function delivery(event: string, body: unknown, id = "1"): Delivery {
  const common = { source: "github", type: "github", dedupeKey: `github/${id}`, receivedAt: 7 };
  return { ...common, id, event, body: JSON.stringify(body), state: "pending", attempts: 1, error: undefined };
}

async function events(
  onInstallation: NamedEventsOptions["onInstallation"] = () => {},
  nameOf: NamedEventsOptions["nameOf"] = async ({ full_name }) => full_name,
) {
  // Any request would throw, and any line of text would be somebody's payload.
  nock.disableNetConnect();
  const written = [vi.spyOn(process.stdout, "write"), vi.spyOn(process.stderr, "write"), vi.spyOn(console, "error")];
  onTestFinished(() => {
    for (const spy of written) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
    nock.enableNetConnect();
  });
  const github = await createGitHubEvents({
    appId: 7,
    privateKey: new Secret(privateKey),
    apiUrl: "https://api.github.com",
  });
  return namedEvents(github, { onInstallation, nameOf });
}

describe("a stored GitHub delivery through Probot", () => {
  it("becomes signals without a request and without a line in any log", async () => {
    const seen: unknown[] = [];
    const github = await events((repository, id) => seen.push([repository, id]));
    expect(await github.signals(delivery("pull_request", payload))).toEqual([
      {
        kind: "repository",
        source: "github",
        repository: "acme/shop",
        event: "pull_request",
        action: "closed",
        sender: "alice",
        observedAt: 7,
      },
    ]);
    expect(seen).toEqual([["acme/shop", 9]]);
  });

  it.each([
    ["without an installation", "push", { ...payload, installation: undefined }],
    [
      "of an installation that was removed",
      "installation",
      { action: "deleted", repositories: [], installation: { id: 9 } },
    ],
    ["that Probot has no type for", "made_up", payload],
  ])("%s is handled too", async (_, event, body) => {
    const github = await events();
    await expect(github.signals(delivery(event, body))).resolves.toBeInstanceOf(Array);
  });

  it("that is wrong throws the parser's own error, and the next one is handled", async () => {
    const github = await events();
    await expect(github.signals(delivery("push", { repository: { full_name: 5 } }))).rejects.toMatchObject({
      code: "payload-invalid",
      message: "repository.full_name: expected string",
    });
    expect(await github.signals(delivery("push", payload, "2"))).toHaveLength(1);
  });

  it("keeps deliveries apart that are handled at the same time", async () => {
    const github = await events();
    const names = ["acme/a", "acme/b", "acme/c"];
    const all = await Promise.all(
      names.map((full_name, index) => github.signals(delivery("push", { repository: { full_name } }, String(index)))),
    );
    expect(all.map((signals) => signals.map(({ repository }) => repository))).toEqual(names.map((name) => [name]));
  });

  it("is of the repository that Remit knows by its id, whatever GitHub calls it now", async () => {
    const seen: string[] = [];
    const names = new Map([[7, "acme/shop"]]);
    const github = await events(
      (repository) => seen.push(repository),
      async ({ id }) => names.get(id),
    );
    const push = (id: number) => ({ repository: { id, full_name: "acme/store" }, installation: { id: 9 } });
    expect(await github.signals(delivery("push", push(7)))).toMatchObject([{ repository: "acme/shop" }]);
    // Of a repository that took a name of another one nothing is believed.
    expect(await github.signals(delivery("push", push(8), "2"))).toEqual([]);
    expect(seen).toEqual(["acme/shop"]);
    const added = {
      ...{ action: "added", repositories_added: [push(7).repository], repositories_removed: [] },
      installation: { id: 9 },
    };
    expect(await github.signals(delivery("installation_repositories", added, "3"))).toMatchObject([
      { repository: "acme/shop" },
    ]);
    // The installation is known for each of them, so nobody has to ask.
    expect(seen).toEqual(["acme/shop", "acme/shop"]);
    const gone = { action: "deleted", repositories: [push(7).repository], installation: { id: 9 } };
    await github.signals(delivery("installation", gone, "4"));
    expect(seen).toHaveLength(2);
  });
});
