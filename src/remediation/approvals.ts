/** Which reviews count: given by a person, for exactly this head, newest per person, with the permission that policy asks for. */
import type { PullView, ReviewView } from "./forge.ts";
import type { Permission } from "./situation.ts";

const order: readonly Permission[] = ["none", "read", "triage", "write", "maintain", "admin"];

export interface Approvals {
  readonly approvers: readonly string[];
  /** People with write access who asked for changes, whatever head they saw. */
  readonly objections: readonly string[];
  /** Logins whose permission isn't known yet. */
  readonly unknown: readonly string[];
  /** Of these, those who asked for changes. */
  readonly unknownObjectors: readonly string[];
}

export function validApprovals(
  pull: PullView,
  permissions: ReadonlyMap<string, Permission>,
  required: Permission,
): Approvals {
  const newest = new Map<string, ReviewView>();
  for (const review of pull.reviews) {
    if (review.author === undefined || !review.isPerson) continue;
    if (review.state === "approved" || review.state === "changes-requested" || review.state === "dismissed") {
      newest.set(review.author, review);
    }
  }
  const decisive = [...newest].filter(
    ([, review]) =>
      review.state === "changes-requested" || (review.state === "approved" && review.commit === pull.head),
  );
  const may = (login: string, least: Permission) =>
    order.indexOf(permissions.get(login) ?? "none") >= order.indexOf(least);
  const unknown = decisive.filter(([login]) => !permissions.has(login));
  return {
    approvers: decisive
      .filter(([login, { state }]) => state === "approved" && may(login, required))
      .map(([login]) => login),
    objections: decisive
      .filter(([login, { state }]) => state === "changes-requested" && may(login, "write"))
      .map(([login]) => login),
    unknown: unknown.map(([login]) => login),
    unknownObjectors: unknown.filter(([, { state }]) => state === "changes-requested").map(([login]) => login),
  };
}
