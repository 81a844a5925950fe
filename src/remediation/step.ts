/** The one thing to do next. Decided by `nextStep`, done by the reconciler. */
import type { Instant } from "../clock.ts";
import type { Reason } from "../reason.ts";
import type { CommentView, MergesLater, WrongClock } from "./forge.ts";
import type { Answered, IncidentOutcome, Observation, RemediationOutcome } from "./response.ts";

export type Step =
  /** Ask GitHub how things stand. */
  | { readonly do: "read" }
  /** Remember since when this machine's clock is wrong, in GitHub's time; undefined: it is right again. */
  | { readonly do: "note-clock"; readonly wrongSince: Instant | undefined }
  /** Call a person to set this machine's clock. */
  | { readonly do: "call-about-clock"; readonly wrong: WrongClock; readonly since: Instant }
  /** Do what a person's comment asks for, and answer it. */
  | { readonly do: "answer-comment"; readonly comment: CommentView }
  /** Remember that the comments that were heard of up to this time were seen. */
  | { readonly do: "note-comments"; readonly heardTo: Instant }
  /** Diagnose, choose a candidate and decide its tier, from the base branch's head. */
  | { readonly do: "plan" }
  /** Judge the current remediation against the head and the policy as they are now. */
  | { readonly do: "assess" }
  /** Ask GitHub what these people may do. */
  | { readonly do: "look-up-permissions"; readonly logins: readonly string[] }
  /** Ask registries whether the images are still there. */
  | { readonly do: "look-at-images" }
  /** Write the plan into the incident issue, for people to act on. */
  | { readonly do: "suggest" }
  /** Create what is missing of issue, branch, commit and pull request. */
  | { readonly do: "propose" }
  | { readonly do: "report-gate" }
  | { readonly do: "merge" }
  /** Leave the merge to GitHub, once its rules are met. */
  | { readonly do: "hand-over"; readonly to: MergesLater }
  | { readonly do: "take-back-merge"; readonly from: MergesLater }
  | { readonly do: "record-merge"; readonly commit: string; readonly at: Instant }
  | { readonly do: "record-delivery"; readonly at: Instant; readonly revision: string; readonly application: string }
  | { readonly do: "record-observation"; readonly observation: Observation }
  /** Close our pull request with a note; the remediation ends. */
  | { readonly do: "withdraw"; readonly reason: Reason }
  /** The remediation ends; nothing is written to GitHub. */
  | { readonly do: "end"; readonly outcome: RemediationOutcome; readonly reason: Reason }
  /** Plan the inverse of the fix. */
  | { readonly do: "undo" }
  /** Call a person, with the handoff. */
  | { readonly do: "escalate"; readonly reasons: readonly Reason[] }
  /** Remember that a person reacted to the call. */
  | { readonly do: "note-answer"; readonly answered: Answered }
  /** Call once more: nobody reacted. */
  | { readonly do: "call-again" }
  | { readonly do: "close"; readonly outcome: IncidentOutcome; readonly reasons: readonly Reason[] }
  /** Look again at `until`, or when a signal comes. */
  | { readonly do: "wait"; readonly until: Instant | undefined; readonly reason: Reason | undefined };
