import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished, vi } from "vitest";
import { defaultSettings } from "../../../src/remediation/settings.ts";
import { hookPaths, remitSettings } from "../../../src/sandbox/demo/remit-settings.ts";
import { badRelease, shopHistory } from "../../../src/sandbox/demo/shop-history.ts";
import { type GitHubStandIn, startGitHub } from "../../../src/sandbox/github/start-github.ts";
import { openPostgresStore } from "../../../src/store/postgres-store.ts";
import { alertFixture, alertmanagerFixture } from "../../signals/alertmanager-payload.ts";
import { temporaryDirectory } from "../../store/temporary-directory.ts";
import { describePostgres } from "../../support/postgres/describe-postgres.ts";
import { freshDatabase } from "../../support/postgres/fresh-database.ts";
import { startProxy } from "./start-proxy.ts";

const minute = 60_000;
const program = fileURLToPath(new URL("remit-replica.ts", import.meta.url));
const tokens = { alertmanager: "prom-token", argocd: "argo-token" };

interface Listed {
  readonly merged_at?: string | null;
  readonly pull_request?: object;
}

/** A whole Remit in a process of its own, whose way to GitHub the test can listen to. */
async function startRemit(
  github: GitHubStandIn,
  databaseUrl: string,
  heard: (body: string, replica: ChildProcess) => void,
) {
  const directory = temporaryDirectory();
  let child: ChildProcess | undefined;
  const proxy = await startProxy(github.url, (path, body) => {
    if (child !== undefined) heard(`${path} ${body}`, child);
  });
  const { file, environment } = remitSettings({
    github: { ...github, apiUrl: github.apiUrl.replace(github.url, proxy), repository: "acme/shop" },
    port: 0,
    dataDirectory: join(directory, "data"),
    response: { ...defaultSettings, pollEveryMs: 500 },
    tokens,
    logLevel: "info",
  });
  const path = join(directory, "remit.yaml");
  writeFileSync(path, file);
  const env = { PATH: process.env.PATH ?? "", ...environment, REMIT_CONFIG: path, DATABASE_URL: databaseUrl };
  const started = spawn(process.execPath, [program], { env, stdio: ["ignore", "pipe", "inherit"] });
  child = started;
  onTestFinished(async () => {
    started.kill("SIGKILL");
    if (started.exitCode === null && started.signalCode === null) await once(started, "exit");
  });
  const log = { text: "" };
  const url = await new Promise<string>((resolve, reject) => {
    started.once("exit", (code) => reject(new Error(`it ended with ${code}: ${log.text}`)));
    started.stdout.setEncoding("utf8").on("data", (text: string) => {
      log.text += text;
      const found = /"url":"([^"]+)"/.exec(log.text)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  return { url, log };
}

describePostgres("three whole Remits over one PostgreSQL and one GitHub", () => {
  const database = freshDatabase();

  it("open one issue and one pull request and merge once, when those who did it die before they hear of it", async () => {
    const github = await startGitHub({
      directory: temporaryDirectory(),
      initial: shopHistory(Date.now(), "merge"),
      requiredChecks: ["remit/gate"],
    });
    onTestFinished(() => github.close());
    const { author, message, files } = badRelease(0);
    await github.commitAs(author, { branch: "main", message, files, date: Date.now() - 20 * minute });
    const deaths: string[] = [];
    /** Each happened on GitHub, and whoever did it never learns that. */
    const fatal = ["createCommitOnBranch", "mergePullRequest|PUT .*/merge"];
    const heard = (request: string, replica: ChildProcess) => {
      const next = fatal[deaths.length];
      if (next === undefined || !new RegExp(next).test(request)) return;
      deaths.push(next);
      replica.kill("SIGKILL");
    };
    const replicas = await Promise.all([1, 2, 3].map(() => startRemit(github, database.url, heard)));
    const startsAt = new Date(Date.now() - 5 * minute).toISOString();
    const labels = { alertname: "HighErrorRate", service: "checkout", environment: "production", severity: "critical" };
    const body = JSON.stringify(alertmanagerFixture([alertFixture({ startsAt, labels })]));
    const headers = { authorization: `Bearer ${tokens.alertmanager}`, "content-type": "application/json" };
    // Every replica hears of it at once.
    const answers = await Promise.all(
      replicas.map(({ url }) => fetch(url + hookPaths.alertmanager, { method: "POST", body, headers })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 202]);
    const store = await openPostgresStore({ url: database.url, poolSize: 2 });
    onTestFinished(() => store.close());
    await vi.waitFor(
      async () => {
        const [record] = await store.incidents.list(1);
        expect(record?.response.remediations.at(-1)?.merged).toBeDefined();
      },
      { timeout: 75_000, interval: 100 },
    );
    expect(deaths).toEqual(fatal);
    const [record] = await store.incidents.list(10);
    expect(await store.incidents.list(10)).toHaveLength(1);
    expect(record?.response.remediations).toHaveLength(1);
    const read = async (path: string): Promise<readonly Listed[]> => {
      const authorization = `token ${github.tokens.alice}`;
      const response = await fetch(`${github.apiUrl}/repos/acme/shop/${path}?state=all`, {
        headers: { authorization },
      });
      return (await response.json()) as readonly Listed[];
    };
    const pulls = await read("pulls");
    expect(pulls.map(({ merged_at: mergedAt }) => typeof mergedAt)).toEqual(["string"]);
    expect((await read("issues")).filter((issue) => issue.pull_request === undefined)).toHaveLength(1);
    const done = github.requests.filter(({ status }) => status < 300).map(({ operation }) => operation);
    expect(done.filter((operation) => /pulls\/merge|mergePullRequest/.test(operation))).toHaveLength(1);
    expect(done.filter((operation) => operation.includes("createPullRequest"))).toHaveLength(1);
    github.assertNoViolations();
    for (const { log } of replicas) {
      expect(log.text).toContain('"store":"PostgreSQL, remit_test_');
      expect(log.text).not.toContain(new URL(database.url).password);
    }
  }, 100_000);
});
