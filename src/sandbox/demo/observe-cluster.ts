/** Turns what happens in the cluster into the story's sentences. */
import type { ClusterEvent } from "../cluster/cluster-event.ts";
import type { Story } from "./story.ts";

/** Tells of one service; the others go about their business. */
export function observeCluster(story: Story, service: string): (event: ClusterEvent) => void {
  let deployments = 0;
  return (event) => {
    switch (event.kind) {
      case "deployed": {
        if (event.service !== service) return;
        const { version, revision } = event;
        const message = deployments++ === 0 ? `${service} ${version} runs` : `${service} ${version} is deployed`;
        return story.add({
          event: "deployed",
          at: event.at,
          actor: "cluster",
          message,
          data: { service, version, revision },
        });
      }
      case "reconfigured": {
        if (event.service !== service) return;
        const { what, revision } = event;
        return story.add({
          event: "reconfigured",
          at: event.at,
          actor: "cluster",
          message: `${service} has ${what} now`,
          data: { service, what, revision },
        });
      }
      case "scaled": {
        if (event.service !== service) return;
        const { pods } = event;
        return story.add({
          event: "scaled",
          at: event.at,
          actor: "cluster",
          message: `${service} runs ${pods} pods`,
          data: { service, pods },
        });
      }
      case "oom-killed": {
        if (event.service !== service) return;
        const message = `A container of ${service} needs more than ${event.memory} of memory, and is killed`;
        return story.add({ event: "oom-killed", at: event.at, actor: "cluster", message, data: { service } });
      }
      case "sync-finished": {
        if (!event.application.startsWith(`${service}-`)) return;
        const { application, revision, phase, health } = event;
        const message = `Argo CD reports ${application} at ${revision.slice(0, 10)}: ${phase}, ${health}`;
        return story.add({
          event: "synced",
          at: event.at,
          actor: "cluster",
          message,
          data: { revision, phase, health },
        });
      }
      case "alert-firing": {
        const { alert } = event;
        const message = `${alert} fires for ${event.service}: ${event.detail}`;
        return story.add({ event: "alert-firing", at: event.at, actor: "alerts", message, data: { alert } });
      }
      case "alert-resolved":
        return story.add({
          event: "alert-resolved",
          at: event.at,
          actor: "alerts",
          message: `${event.alert} is resolved for ${event.service}`,
        });
      case "notified":
        if (event.accepted) return;
        return story.add({
          event: "notification-refused",
          at: event.at,
          actor: "demo",
          message: `Remit refused a notification: ${event.detail}`,
        });
      case "alert-pending":
      case "sync-started":
        return;
    }
  };
}
