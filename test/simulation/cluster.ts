/** The services as they run, the controller that applies main, and the alerts about them. */
import { alertmanagerBody } from "../../src/sandbox/cluster/alertmanager-body.ts";
import { type AilmentName, ailments, linesOf } from "./ailments.ts";
import { productionFile, type Service, services, versionIn } from "./shop.ts";
import type { Simulation } from "./simulation.ts";

interface Running {
  readonly service: Service;
  version: string | undefined;
  /** What the controller applied of the lines that its ailments are about. */
  lines: ReadonlyMap<AilmentName, string>;
  /** What is wrong with it beside its version, and until when. */
  readonly ailing: Map<AilmentName, number>;
  /** The revision of main that the controller last looked at. */
  revision: string;
  appliedAt: number;
  sickSince: number | undefined;
  wellSince: number | undefined;
  alert: Alert | undefined;
  /** The truth about the alert is hidden until then. */
  liesUntil: number;
  controller: "works" | "suspended" | "fails" | "skips";
}

interface Alert {
  readonly name: string;
  readonly startsAt: number;
  notifiedAt: number;
}

interface Told {
  readonly service: Service;
  readonly name: string;
  readonly startsAt: number;
  readonly endsAt: number | undefined;
}

const sickForMs = 90_000;
const wellForMs = 60_000;

export class Cluster {
  readonly #simulation: Simulation;
  readonly #running: Map<Service, Running>;
  readonly #outages = new Map<Service, number>();
  readonly #bad = new Set<string>();
  /** Every alert that ever fired, so that its end can be told. */
  readonly #told = new Map<string, Told>();

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
    const now = simulation.time.now();
    this.#running = new Map(
      services.map((service) => [
        service,
        {
          service,
          version: versionIn(simulation.github.text(simulation.github.mainHead, productionFile(service))),
          lines: this.#linesAt(service, simulation.github.mainHead),
          ailing: new Map(),
          revision: simulation.github.mainHead,
          appliedAt: now,
          sickSince: undefined,
          wellSince: now,
          alert: undefined,
          liesUntil: 0,
          controller: "works",
        },
      ]),
    );
  }

  /** This version is bad, and going back helps. */
  spoil(service: Service, version: string): void {
    this.#bad.add(`${service} ${version}`);
  }

  /** Whatever runs is sick until then. */
  outage(service: Service, until: number): void {
    this.#outages.set(service, Math.max(until, this.#outages.get(service) ?? 0));
  }

  /** Something else is wrong with it until then, unless its lines relieve it. */
  ail(service: Service, name: AilmentName, until: number): void {
    this.#of(service).ailing.set(name, until);
  }

  control(service: Service, controller: Running["controller"]): void {
    this.#of(service).controller = controller;
  }

  /** Alertmanager says something else than the truth. */
  async lie(service: Service, what: "resolved" | "flaps"): Promise<void> {
    const running = this.#of(service);
    if (running.alert === undefined) return;
    const now = this.#simulation.time.now();
    await this.#resolve(running);
    running.liesUntil = what === "resolved" ? now + 6 * 60_000 : now;
  }

  /** Everything works again, and the controller is let go. */
  heal(): void {
    this.#outages.clear();
    this.#bad.clear();
    for (const running of this.#running.values()) {
      running.ailing.clear();
      running.controller = "works";
      running.liesUntil = 0;
    }
  }

  /** Says again how each alert ended: by now somebody looked that notifications get through. */
  async tellEnds(): Promise<void> {
    for (const told of this.#told.values()) if (told.endsAt !== undefined) await this.#send(told);
  }

  get firing(): boolean {
    return [...this.#running.values()].some(({ alert }) => alert !== undefined);
  }

  isFiring(service: string): boolean {
    return [...this.#running.values()].some((running) => running.service === service && running.alert !== undefined);
  }

  async tick(): Promise<void> {
    for (const running of this.#running.values()) {
      await this.#sync(running);
      await this.#watch(running);
    }
  }

  async #sync(running: Running): Promise<void> {
    const { github, time, scenario, trace } = this.#simulation;
    const head = github.mainHead;
    if (head === running.revision || running.controller === "suspended") return;
    if (time.now() - running.appliedAt < scenario.syncSeconds * 1000) return;
    running.revision = head;
    running.appliedAt = time.now();
    const wanted = versionIn(github.text(head, productionFile(running.service)));
    if (running.controller === "fails") {
      trace.write(0, "controller", `fails to apply ${head.slice(0, 8)} to ${running.service}`);
      return this.#report(running, head, "Failed", "Healthy");
    }
    const changed = wanted !== undefined && wanted !== running.version;
    if (changed) trace.write(0, "controller", `${running.service} runs ${wanted} (${head.slice(0, 8)})`);
    running.version = wanted ?? running.version;
    running.lines = this.#linesAt(running.service, head);
    if (running.controller === "skips") return;
    await this.#report(running, head, "Succeeded", this.#isSick(running) ? "Progressing" : "Healthy");
  }

  #report(running: Running, revision: string, phase: string, health: string): Promise<void> {
    const { time } = this.#simulation;
    const body = JSON.stringify({
      application: `${running.service}-production`,
      namespace: "argocd",
      destination: "https://kubernetes.default.svc",
      environment: "production",
      path: `apps/${running.service}/overlays/production`,
      revision,
      phase,
      sync: phase === "Succeeded" ? "Synced" : "OutOfSync",
      health,
      finishedAt: new Date(time.now()).toISOString(),
    });
    return this.#simulation.network.post("argocd", body, `argocd: ${running.service} ${phase} ${revision.slice(0, 8)}`);
  }

  async #watch(running: Running): Promise<void> {
    const now = this.#simulation.time.now();
    const sick = this.#isSick(running);
    running.sickSince = sick ? (running.sickSince ?? now) : undefined;
    running.wellSince = sick ? undefined : (running.wellSince ?? now);
    if (now < running.liesUntil) return;
    const { alert, sickSince, wellSince, service } = running;
    if (alert === undefined) {
      if (sickSince === undefined || now - sickSince < sickForMs) return;
      running.alert = { name: this.#whatAils(running), startsAt: now, notifiedAt: now };
      return this.#tell({ service, ...running.alert, endsAt: undefined });
    }
    if (wellSince !== undefined && now - wellSince >= wellForMs) return this.#resolve(running);
    if (now - alert.notifiedAt < this.#simulation.scenario.repeatMinutes * 60_000) return;
    alert.notifiedAt = now;
    return this.#tell({ service, ...alert, endsAt: undefined });
  }

  async #resolve(running: Running): Promise<void> {
    const { alert, service } = running;
    if (alert === undefined) return;
    running.alert = undefined;
    await this.#tell({ service, ...alert, endsAt: this.#simulation.time.now() });
  }

  #tell(told: Told): Promise<void> {
    this.#told.set(`${told.service} ${told.startsAt}`, told);
    return this.#send(told);
  }

  #send({ service, name, startsAt, endsAt }: Told): Promise<void> {
    const labels = { alertname: name, service, environment: "production", severity: "critical" };
    const annotations = { summary: `${service} answers with errors` };
    const body = alertmanagerBody({ labels, annotations, startsAt, endsAt }, "remit", "https://alertmanager.invalid");
    const word = endsAt === undefined ? "fires" : "resolved";
    return this.#simulation.network.post("alertmanager", body, `alert: ${service} ${word}`);
  }

  #isSick(running: Running): boolean {
    return this.#errs(running) || this.#ailmentsOf(running).length > 0;
  }

  #errs({ service, version }: Running): boolean {
    return this.#bad.has(`${service} ${version}`) || (this.#outages.get(service) ?? 0) > this.#simulation.time.now();
  }

  /** Those that nothing relieves. */
  #ailmentsOf({ ailing, lines }: Running): readonly AilmentName[] {
    const now = this.#simulation.time.now();
    return [...ailing].flatMap(([name, until]) =>
      until > now && !ailments[name].relieved(lines.get(name) ?? "") ? [name] : [],
    );
  }

  #whatAils(running: Running): string {
    const [first] = this.#ailmentsOf(running);
    return this.#errs(running) || first === undefined ? "HighErrorRate" : ailments[first].alert;
  }

  #linesAt(service: Service, revision: string): ReadonlyMap<AilmentName, string> {
    const { github, ailments: has } = this.#simulation;
    const names = has.get(service) ?? [];
    return new Map(names.map((name) => [name, linesOf(name, github.text(revision, ailments[name].file(service)))]));
  }

  #of(service: Service): Running {
    const running = this.#running.get(service);
    if (running === undefined) throw new Error(`nothing runs ${service}`);
    return running;
  }
}
