/** The App's webhook: its settings, what was delivered, and delivering it again. */
import { iso } from "../present/iso.ts";
import type { WebhookDelivery } from "../webhooks/webhook-delivery.ts";
import { found } from "./find.ts";
import { ok, page, type RestCall, type RestRoute } from "./rest-route.ts";

export const hooks: readonly RestRoute[] = [
  { operation: "apps/get-webhook-config-for-app", need: "app-jwt", handle: (call) => ok(config(call)) },
  {
    operation: "apps/update-webhook-config-for-app",
    need: "app-jwt",
    handle: (call) => {
      if (call.body.has("url")) call.webhooks.url = call.body.string("url");
      return ok(config(call));
    },
  },
  {
    operation: "apps/list-webhook-deliveries",
    need: "app-jwt",
    handle: (call) =>
      page(
        call,
        [...call.webhooks.deliveries].reverse().map((delivery) => item(call, delivery)),
      ),
  },
  {
    operation: "apps/get-webhook-delivery",
    need: "app-jwt",
    handle: (call) => {
      const delivery = findDelivery(call);
      return ok({
        ...item(call, delivery),
        url: delivery.url,
        request: { headers: delivery.headers, payload: delivery.payload },
        response: { headers: {}, payload: null },
      });
    },
  },
  {
    operation: "apps/redeliver-webhook-delivery",
    need: "app-jwt",
    handle: (call) => {
      call.webhooks.redeliver(findDelivery(call).guid);
      return { status: 202, body: {} };
    },
  },
];

function config({ webhooks }: RestCall) {
  return {
    content_type: "json",
    insecure_ssl: "0",
    secret: "********",
    ...(webhooks.url === undefined ? {} : { url: webhooks.url }),
  };
}

function findDelivery(call: RestCall): WebhookDelivery {
  return found(call.webhooks.deliveries.find((delivery) => delivery.id === call.params.integer("delivery_id")));
}

function item({ world }: RestCall, delivery: WebhookDelivery) {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: iso(delivery.at),
    redelivery: delivery.redelivery,
    duration: 0,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action ?? null,
    installation_id: world.installationId,
    repository_id: world.repositoryId,
    throttled_at: null,
  };
}
