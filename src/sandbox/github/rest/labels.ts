/** Labels of the repository, and of an issue or pull request. */
import { createLabel, findLabel, setLabels } from "../acts/labels.ts";
import { presentLabel, presentLabels } from "../present/present-thread.ts";
import { Refusal } from "../world/refusal.ts";
import { findThread, found } from "./find.ts";
import { labelNames, READ_ISSUES } from "./issues.ts";
import { created, ok, page, type RestCall, type RestRoute } from "./rest-route.ts";

const WRITE = { app: "issues:write|pull_requests:write", user: "write" } as const;

export const labels: readonly RestRoute[] = [
  {
    operation: "issues/list-labels-for-repo",
    need: READ_ISSUES,
    handle: (call) =>
      page(
        call,
        call.world.labels.map((label) => presentLabel(call.world, label)),
      ),
  },
  {
    operation: "issues/get-label",
    need: READ_ISSUES,
    handle: ({ world, params }) => ok(presentLabel(world, found(findLabel(world, params.string("name") ?? "")))),
  },
  {
    operation: "issues/create-label",
    need: WRITE,
    handle: ({ world, body }) => {
      const label = createLabel(
        world,
        body.string("name") ?? "",
        body.string("color"),
        body.string("description") ?? null,
      );
      return created(presentLabel(world, label));
    },
  },
  {
    operation: "issues/list-labels-on-issue",
    need: READ_ISSUES,
    handle: (call) => page(call, presentLabels(call.world, findThread(call))),
  },
  {
    operation: "issues/add-labels",
    need: WRITE,
    handle: (call) => change(call, (current) => [...current, ...namesIn(call)]),
  },
  { operation: "issues/set-labels", need: WRITE, handle: (call) => change(call, () => namesIn(call)) },
  {
    operation: "issues/remove-label",
    need: WRITE,
    handle: (call) => {
      const name = call.params.string("name") ?? "";
      if (!findThread(call).labels.includes(name)) throw new Refusal(404, "Label does not exist");
      return change(call, (current) => current.filter((other) => other !== name));
    },
  },
];

async function change(call: RestCall, next: (current: readonly string[]) => readonly string[]) {
  const thread = findThread(call);
  await setLabels(call.world, thread, next(thread.labels), call.account);
  return ok(presentLabels(call.world, thread));
}

/** The body is `{labels: […]}`, or the list itself. */
function namesIn(call: RestCall): string[] {
  if (call.body.has("labels")) return labelNames(call.body);
  return call.body.arrayItems().filter((item) => typeof item === "string");
}
