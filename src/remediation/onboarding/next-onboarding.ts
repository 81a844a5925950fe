/** What is to be done about a repository that may not have been asked yet. Pure. */
import type { OnboardingPull, OnboardingView } from "./onboarding.ts";

export type OnboardingStep =
  /** Asked and answered, or never to be asked: GitHub isn't looked at any more. */
  | { readonly do: "settle" }
  /** The pull request is people's. Only a policy that comes by another way changes anything. */
  | { readonly do: "leave" }
  /** Not now. */
  | { readonly do: "wait"; readonly for: "commit" | "start" }
  | { readonly do: "close"; readonly pull: OnboardingPull }
  /** Unless the repository itself speaks against it. */
  | { readonly do: "open" };

export function nextOnboarding(view: OnboardingView): OnboardingStep {
  const { pull, policy, stopped, archived } = view;
  if (archived || pull?.state === "merged") return { do: "settle" };
  if (policy) {
    if (pull?.state !== "open" || !pull.untouched) return { do: "settle" };
    return stopped ? { do: "wait", for: "start" } : { do: "close", pull };
  }
  if (pull !== undefined) return { do: "leave" };
  if (view.fork) return { do: "settle" };
  if (view.base === undefined) return { do: "wait", for: "commit" };
  return stopped ? { do: "wait", for: "start" } : { do: "open" };
}
