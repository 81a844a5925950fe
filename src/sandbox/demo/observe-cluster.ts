/** Turns what happens in the cluster into the story's sentences. */
import type { ClusterEvent } from "../cluster/cluster-event.ts";
import type { Story, StoryEvent } from "./story.ts";

/** Tells of one service; the others go about their business. */
export function observeCluster(story: Story, service: string): (event: ClusterEvent) => void {
  let deployments = 0;
  return (event) => {
    if ("service" in event && event.service !== service) return;
    if ("application" in event && !event.application.startsWith(`${service}-`)) return;
    const { at } = event;
    const add = (name: string, message: string, data: StoryEvent["data"]) =>
      story.add({ event: name, at, actor: "cluster", message, data });
    switch (event.kind) {
      case "deployed": {
        const { version, revision } = event;
        const message = deployments++ === 0 ? `${service} ${version} runs` : `${service} ${version} is deployed`;
        return add("deployed", message, { service, version, revision });
      }
      case "reconfigured": {
        const { what, revision } = event;
        return add("reconfigured", `${service} has ${what} now`, { service, what, revision });
      }
      case "bounds-changed": {
        const { least, most } = event;
        const message = `The autoscaler of ${service} may run ${least} to ${most} pods now`;
        return add("bounds-changed", message, { service, least, most });
      }
      case "scaled":
        return add("scaled", `${service} runs ${event.pods} pods`, { service, pods: event.pods });
      case "oom-killed": {
        const message = `A container of ${service} needs more than ${event.memory} of memory, and is killed`;
        return add("oom-killed", message, { service });
      }
      case "sync-finished": {
        const { application, revision, phase, health } = event;
        const message = `Argo CD reports ${application} at ${revision.slice(0, 10)}: ${phase}, ${health}`;
        return add("synced", message, { revision, phase, health });
      }
      case "alert-firing": {
        const { alert, detail } = event;
        const message = `${alert} fires for ${service}: ${detail}`;
        return story.add({ event: "alert-firing", at, actor: "alerts", message, data: { alert } });
      }
      case "alert-resolved": {
        const message = `${event.alert} is resolved for ${service}`;
        return story.add({ event: "alert-resolved", at, actor: "alerts", message });
      }
      case "notified":
        if (event.accepted) return;
        return story.add({
          event: "notification-refused",
          at,
          actor: "demo",
          message: `Remit refused a notification: ${event.detail}`,
        });
      case "alert-pending":
      case "sync-started":
        return;
    }
  };
}
