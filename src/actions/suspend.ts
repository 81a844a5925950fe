/** Stops something from running or from being reconciled, or lets it go on. Stopping is always for a time only. */
import type { Field } from "../gitops/catalogue/catalogue.ts";
import type { ActionInput } from "./action.ts";
import { bindDraft } from "./bind-draft.ts";
import type { ActionResult } from "./candidate.ts";
import { chooseComponent } from "./choose-component.ts";
import { leaseUntil } from "./lease-until.ts";
import { placeOf } from "./place-of.ts";

const defaultLeaseMs = 4 * 60 * 60_000;

export function suspend(input: ActionInput): ActionResult {
  const { entry, files, command, now } = input;
  const ask = command?.ask.action === "suspend" ? command.ask : undefined;
  const suspended = ask?.suspended ?? true;
  const chosen = chooseComponent(entry.fields.filter(decides), ask?.component, "switches that suspend something");
  if (chosen.outcome === "refused") return chosen;
  const verb = suspended ? "suspend" : "resume";
  return bindDraft(
    {
      action: "suspend",
      entry,
      edits: chosen.fields.map((field) => ({ field, after: String(suspended) })),
      title: `${verb} ${placeOf(entry.target)}`,
      confidence: 1,
      reasons: [],
      lease: suspended ? leaseUntil(now, command?.leaseMs ?? defaultLeaseMs, "it is suspended for a while") : undefined,
    },
    files,
  );
}

function decides({ role, shadowedBy, value }: Field): boolean {
  return role === "suspend" && shadowedBy === undefined && /^(?:true|false)$/.test(value);
}
