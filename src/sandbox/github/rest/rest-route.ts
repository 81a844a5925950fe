/** How one REST operation is answered. */
import type { Credentials } from "../auth/credentials.ts";
import type { Fields } from "../fields.ts";
import type { WebhookSender } from "../webhooks/webhook-sender.ts";
import type { Account } from "../world/accounts.ts";
import type { Actor, Need } from "../world/actor.ts";
import type { World } from "../world/world.ts";

export interface RestCall {
  readonly world: World;
  readonly credentials: Credentials;
  readonly webhooks: WebhookSender;
  readonly actor: Actor;
  /** Under whose name things happen: the person, or the App's bot. */
  readonly account: Account;
  /** Decoded path parameters. */
  readonly params: Fields;
  readonly query: Fields;
  readonly body: Fields;
  /** Address of the request, for links to other pages of a list. */
  readonly url: URL;
}

export interface RestAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RestRoute {
  /** GitHub's operation id. */
  readonly operation: string;
  /** `app-jwt`: an App that shows its JWT. `anyone`: whoever is authenticated. */
  readonly need: Need | "app-jwt" | "anyone";
  handle(call: RestCall): Promise<RestAnswer> | RestAnswer;
}

export function ok(body: unknown): RestAnswer {
  return { status: 200, body };
}

export function created(body: unknown): RestAnswer {
  return { status: 201, body };
}

export const noContent: RestAnswer = { status: 204 };

/** One page of a list, with GitHub's `Link` header. */
export function page<T>(
  call: RestCall,
  items: readonly T[],
  wrap: (items: readonly T[]) => unknown = (list) => list,
): RestAnswer {
  const size = Math.min(100, Math.max(1, call.query.integer("per_page") ?? 30));
  const number = Math.max(1, call.query.integer("page") ?? 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const link = (rel: string, target: number) => {
    const url = new URL(call.url);
    url.searchParams.set("page", String(target));
    return `<${url.href}>; rel="${rel}"`;
  };
  const links = [
    ...(number > 1 ? [link("prev", number - 1), link("first", 1)] : []),
    ...(number < last ? [link("next", number + 1), link("last", last)] : []),
  ];
  const body = wrap(items.slice((number - 1) * size, number * size));
  return { status: 200, body, ...(links.length > 0 ? { headers: { link: links.join(", ") } } : {}) };
}
