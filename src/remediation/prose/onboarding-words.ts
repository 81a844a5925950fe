/** What Remit says of the one pull request by which it asks for a policy. */

export const onboardingTitle = "Let Remit watch this repository";

/** Without trailers: it is no remediation, and nothing counts it as one. */
export const onboardingCommit = {
  headline: "Add a policy for Remit that only observes",
  message: [
    "The default policy, its runbooks and their tests, as `remit init` writes them.",
    "Nothing in it lets Remit change anything: every tier is `observe`.",
  ].join("\n"),
};

export const onboardingClosed =
  "This repository has a policy for Remit now (`.github/remit/authority.yaml`), so there is nothing left to ask. Remit closes this.";
