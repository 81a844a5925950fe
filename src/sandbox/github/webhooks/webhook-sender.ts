/** Sends the App's webhooks, signed, in the order in which things happened. Never retries by itself, as GitHub doesn't. */
import { createHash, createHmac } from "node:crypto";
import { presentAccount } from "../present/present-account.ts";
import { presentRepository } from "../present/present-repository.ts";
import { nodeId } from "../world/node-id.ts";
import type { World, WorldEvent } from "../world/world.ts";
import type { WebhookDelivery } from "./webhook-delivery.ts";

/** GitHub waits this long for an answer. */
const TIMEOUT_MS = 10_000;

export class WebhookSender {
  url: string | undefined;
  readonly secret: string;
  readonly deliveries: WebhookDelivery[] = [];
  readonly #world: World;
  readonly #fetch: typeof fetch;
  readonly #closing = new AbortController();
  #queue: Promise<void> = Promise.resolve();

  constructor(
    world: World,
    settings: { readonly url: string | undefined; readonly secret: string; readonly fetch?: typeof fetch },
  ) {
    this.#fetch = settings.fetch ?? globalThis.fetch;
    this.#world = world;
    this.url = settings.url;
    this.secret = settings.secret;
  }

  /** Queues what happened, and returns the delivery; undefined when there is no address to send it to. */
  send(event: WorldEvent): WebhookDelivery | undefined {
    if (this.url === undefined) return undefined;
    const world = this.#world;
    const payload = {
      repository: event.name === "push" ? pushedRepository(world) : presentRepository(world),
      installation: { id: world.installationId, node_id: nodeId("installation", world.installationId) },
      ...event.payload,
      organization: organization(world),
      sender: presentAccount(world, event.sender),
    };
    const guid = guidFor(world.repositoryId, this.deliveries.length);
    const body = JSON.stringify(payload);
    return this.#deliver({ guid, event: event.name, action: event.action, body, redelivery: false });
  }

  /** Sends a recorded delivery again, with the GUID and the body that it had. False when there is none. */
  redeliver(guid: string): boolean {
    const first = this.deliveries.find((delivery) => delivery.guid === guid);
    if (first === undefined) return false;
    this.#deliver({ guid, event: first.event, action: first.action, body: first.body, redelivery: true });
    return true;
  }

  /** When everything that is queued now was answered or has failed. */
  async settled(): Promise<void> {
    await this.#queue;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#queue;
  }

  #deliver(input: Pick<WebhookDelivery, "guid" | "event" | "action" | "body" | "redelivery">): WebhookDelivery {
    const world = this.#world;
    const delivery: WebhookDelivery = {
      ...input,
      id: world.nextId(),
      at: world.now(),
      url: this.url ?? "",
      headers: {
        accept: "*/*",
        "content-type": "application/json",
        "user-agent": "GitHub-Hookshot/5a4d0b0",
        "x-github-delivery": input.guid,
        "x-github-event": input.event,
        "x-github-hook-id": String(world.remit.id + 4_000_000),
        "x-github-hook-installation-target-id": String(world.remit.id),
        "x-github-hook-installation-target-type": "integration",
        "x-hub-signature": `sha1=${createHmac("sha1", this.secret).update(input.body).digest("hex")}`,
        "x-hub-signature-256": `sha256=${createHmac("sha256", this.secret).update(input.body).digest("hex")}`,
      },
      payload: JSON.parse(input.body),
      statusCode: 0,
      status: "pending",
    };
    this.deliveries.push(delivery);
    this.#queue = this.#queue.then(() => this.#post(delivery));
    return delivery;
  }

  async #post(delivery: WebhookDelivery): Promise<void> {
    if (this.#closing.signal.aborted || delivery.url === "") return;
    try {
      const answer = await this.#fetch(delivery.url, {
        method: "POST",
        headers: delivery.headers,
        body: delivery.body,
        redirect: "manual",
        signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      await answer.arrayBuffer();
      delivery.statusCode = answer.status;
      delivery.status = answer.ok ? "OK" : `Invalid HTTP Response: ${answer.status}`;
    } catch (cause) {
      delivery.status = cause instanceof DOMException ? "timed out" : "failed to connect to host";
    }
  }
}

/** The same in every run: the n-th delivery of this repository. */
function guidFor(repository: number, index: number): string {
  const hex = createHash("sha256").update(`delivery ${repository} ${index}`).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}

/** In a push, and only there, the repository tells some times as seconds and its organization by name. */
function pushedRepository(world: World) {
  const seconds = (at: number) => Math.floor(at / 1000);
  return {
    ...presentRepository(world),
    created_at: seconds(world.createdAt),
    pushed_at: seconds(world.pushedAt),
    master_branch: world.defaultBranch,
    organization: world.owner,
    stargazers: 0,
  };
}

function organization(world: World) {
  const account = world.organization;
  const url = `${world.url}/api/v3/orgs/${account.login}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId("organization", account.id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${world.url}/avatars/${account.id}`,
    description: null,
  };
}
