/** What lies between those who tell something and Remit: it loses, doubles, delays and reorders. */

import type { Webhook } from "./simulated-github.ts";
import type { Simulation } from "./simulation.ts";

/** A request to the intake. */
export interface Message {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For people. */
  readonly what: string;
  /** Is it sent again when nobody took it? GitHub doesn't. */
  readonly insistent: boolean;
}

export const sourceToken = "simulated-source-token";

const second = 1000;
const minute = 60 * second;
const mostAttempts = 60;

export class Network {
  readonly #simulation: Simulation;

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
  }

  async post(source: "alertmanager" | "argocd", body: string, what: string): Promise<void> {
    const headers = { authorization: `Bearer ${sourceToken}`, "content-type": "application/json" };
    this.#launch({ path: `/hooks/${source}/${source}`, headers, body, what, insistent: true });
  }

  webhook({ headers, body, event }: Webhook): void {
    const action: unknown = JSON.parse(body).action;
    const what = `webhook: ${event}${typeof action === "string" ? ` ${action}` : ""}`;
    this.#launch({ path: "/api/github/webhooks", headers, body, what, insistent: false });
  }

  #launch(message: Message): void {
    const { faults, random } = this.#simulation;
    if (faults.strikes("delivery: lost")) {
      this.#say(message, "is lost");
      return;
    }
    const copies = faults.strikes("delivery: doubled") ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      let delay = random.between(20, 400);
      if (faults.strikes("delivery: late by minutes")) delay += random.between(1, 20) * minute;
      if (faults.strikes("delivery: late by hours")) delay += random.between(1, 6) * 60 * minute;
      this.#arrive(message, delay, 1);
    }
  }

  #arrive(message: Message, delay: number, attempt: number): void {
    const { agenda, time } = this.#simulation;
    agenda.note(time.now() + delay, "a delivery arrives", async () => {
      const status = await this.#deliver(message);
      if (status >= 200 && status < 300) return;
      if (status !== 503 && status !== 0) {
        this.#simulation.fail("X3", `the intake answers ${status} to ${message.what}`);
        return;
      }
      this.#say(message, status === 0 ? "finds nobody there" : `is answered ${status}`);
      if (message.insistent && attempt < mostAttempts) this.#arrive(message, 30 * second, attempt + 1);
    });
  }

  /** 0: nobody answered. */
  async #deliver(message: Message): Promise<number> {
    const { faults } = this.#simulation;
    const process = this.#simulation.anyProcess();
    if (process === undefined || faults.strikes("delivery: refused and sent again")) return 0;
    const status = await this.#simulation.within(process, () => process.receive(message));
    if (status !== undefined) this.#say(message, `arrives: ${status}`);
    if (status === 200 || status === 202) this.#simulation.accepted(message);
    return status ?? 0;
  }

  #say(message: Message, what: string): void {
    this.#simulation.say(message.what, what);
  }
}
