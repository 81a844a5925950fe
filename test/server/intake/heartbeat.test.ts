import { expect, it } from "vitest";
import { Secret } from "../../../src/server/config/secret.ts";
import type { IntakeParts } from "../../../src/server/intake/create-intake.ts";
import { sourceSignals } from "../../../src/server/source-signals.ts";
import { alertFixture, alertmanagerFixture } from "../../signals/alertmanager-payload.ts";
import { runIntake } from "./running-intake.ts";

const path = "/hooks/alertmanager/prom";
const named = (alertname: string, change: Parameters<typeof alertFixture>[0] = {}) =>
  alertFixture({ ...change, labels: { ...alertFixture().labels, alertname } });
const payload = (...alerts: ReturnType<typeof alertFixture>[]) => JSON.stringify(alertmanagerFixture(alerts));

async function listening(changes: Partial<IntakeParts> = {}) {
  const alive: string[] = [];
  const intake = await runIntake({ onAlive: ({ name }) => alive.push(name), ...changes });
  return { intake, alive };
}

it("the alert that always fires shows that its source is alive, and is neither stored nor worked off", async () => {
  const { intake, alive } = await listening();
  expect(await intake.post(path, payload(named("Watchdog")))).toMatchObject({
    status: 200,
    body: { status: "ignored" },
  });
  expect(alive).toEqual(["prom"]);
  expect(await intake.store.inbox.counts()).toEqual({ pending: 0, parked: 0, done: 0 });
});

it("that it resolves, or that another alert fires, doesn't show that", async () => {
  const { intake, alive } = await listening();
  await intake.post(path, payload(named("Watchdog", { status: "resolved", endsAt: "2026-03-05T11:00:00Z" })));
  await intake.post(path, payload(named("HighErrorRate")));
  expect(alive).toEqual([]);
});

it("beside another alert it shows it, too, and the other one is stored", async () => {
  const { intake, alive } = await listening();
  expect(await intake.post(path, payload(named("Watchdog"), named("HighErrorRate")))).toMatchObject({ status: 202 });
  expect(alive).toEqual(["prom"]);
});

it("a controller is alive by whatever it reports, and nobody is by a wrong token", async () => {
  const { intake, alive } = await listening();
  const stranger = { authorization: "Bearer wrong", "content-type": "application/json" };
  await intake.post(path, payload(named("Watchdog")), stranger);
  expect(alive).toEqual([]);
  const event = {
    involvedObject: { kind: "Kustomization", name: "checkout", namespace: "flux-system" },
    metadata: { "kustomize.toolkit.fluxcd.io/revision": `main@sha1:${"a".repeat(40)}` },
    severity: "info",
    reason: "ReconciliationSucceeded",
    timestamp: "2026-03-05T10:11:12Z",
  };
  const flux = { authorization: "Bearer flux-token", "content-type": "application/json" };
  expect(await intake.post("/hooks/flux/flux", JSON.stringify(event), flux)).toMatchObject({ status: 202 });
  expect(alive).toEqual(["flux"]);
});

it("by whatever name it is configured, it never becomes a signal, whatever labels it has", () => {
  const source = {
    name: "prom",
    type: "alertmanager" as const,
    repository: "acme/shop",
    environments: undefined,
    tokens: [new Secret("x")],
  };
  const body = alertmanagerFixture([named("Watchdog"), named("DeadMansSwitch"), named("HighErrorRate")]);
  const names = (watchdog?: { silenceMs: number; alert: string }) =>
    sourceSignals({ ...source, ...(watchdog === undefined ? {} : { watchdog }) }, body, 5).signals.map((signal) =>
      signal.kind === "alert" ? signal.labels.alertname : signal.kind,
    );
  expect(names()).toEqual(["DeadMansSwitch", "HighErrorRate"]);
  expect(names({ silenceMs: 1, alert: "DeadMansSwitch" })).toEqual(["Watchdog", "HighErrorRate"]);
});
