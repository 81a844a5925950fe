import nock from "nock";
import { expect, it } from "vitest";
import { createApp, origin, repository } from "./world.ts";

it("an App that was granted less than Remit needs is told as that, and whoever watches is told", async () => {
  const refused: string[] = [];
  const app = createApp({ onRefused: (name) => refused.push(name) });
  app.useInstallation(repository, 1);
  const message = "The permissions requested are not granted to this installation.";
  nock(origin).post("/app/installations/1/access_tokens").reply(422, { message });
  await expect(app.token(repository)).rejects.toMatchObject({
    code: "github-forbidden",
    message: expect.stringContaining("app.yml"),
  });
  expect(refused).toEqual([repository]);
});

it("what else GitHub refuses is no lost permission", async () => {
  const refused: string[] = [];
  const app = createApp({ onRefused: (name) => refused.push(name) });
  app.useInstallation(repository, 1);
  for (const [status, message] of [
    [403, "You have exceeded a secondary rate limit"],
    [422, "Validation Failed"],
    [500, "Server Error"],
  ] as const) {
    nock(origin).post("/app/installations/1/access_tokens").times(2).reply(status, { message });
    await expect(app.token(repository)).rejects.toThrow();
    nock.cleanAll();
  }
  expect(refused).toEqual([]);
});
