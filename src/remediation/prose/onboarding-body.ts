/** The one pull request by which Remit asks whether it may watch a repository: what it would mean, and what it found there. */
import type { FoundEnvironment, FoundTargets, OnboardingOffer } from "../onboarding/offer.ts";
import type { OwnPast } from "../onboarding/own-past.ts";
import { inlineCode } from "./untrusted.ts";

/** More of anything is counted, not listed. */
const shown = { environments: 40, services: 12, name: 60 };
/** A longer report is left out: GitHub takes 65,536 characters in all. */
const reportLimit = 40_000;

export function onboardingBody({ targets, past, files, dashboard }: OnboardingOffer): string {
  return [
    `Remit is installed here. When an alert fires after a bad deploy it finds what changed in this repository, and undoes it by the smallest commit, as far as you let it. This pull request adds the policy that says how far: ${files} files below \`.github/remit/\`, which let it **only observe**.`,
    answers(dashboard),
    `### What it found\n\n${foundSection(targets)}`,
    `### What it would have done in the past\n\n${pastSection(past)}`,
    granting,
  ]
    .join("\n\n")
    .concat("\n");
}

const answers = (dashboard: boolean) =>
  [
    "| you | Remit |",
    "| --- | --- |",
    `| **merge** it | watches: of each alert it keeps the change that it would have made, compares it with what people merge for the same service, and changes nothing.${dashboard ? " One issue, the dashboard, tells how this repository stands, and how often people did the same." : ""} |`,
    "| **close** it | takes that for a no, and doesn't ask again. Without a policy an alert about this repository gets an issue that says what Remit would do, and nothing else. Reopen it if you change your mind, or run `npx remit init`. |",
    "| **change** it first | leaves the branch to you. It never merges this pull request, whoever approves it. |",
  ].join("\n");

const granting = [
  "### How to grant more later",
  "",
  "1. Raise a tier in `.github/remit/authority.yaml`, by a pull request: `observe`, `suggest` (says in an issue what it would do), `propose` (opens a pull request for review), `delay` and `merge`. Begin with one service. The file holds an example of each step.",
  "2. `npx remit test --coverage` runs the policy's tests, and `npx remit lint --repo .` finds rules that do nothing. A mistake in the policy fails the check `remit/gate` of the pull request that brings it.",
  "3. Let `CODEOWNERS` cover `/.github/remit/`: whoever may change it decides what Remit may do.",
].join("\n");

function foundSection({ count, environments, uncounted }: FoundTargets): string {
  const rows = environments.slice(0, shown.environments).map((found) => row(found, uncounted));
  const left = environments.length - rows.length;
  return [
    `${counted(count, "target")}: services in environments, as the files here spell them, with the fields that determine them. If one is missing or wrong, \`npx remit map --repo .\` shows more.`,
    folded(
      "Targets",
      [
        `| environment | services | |${uncounted ? "" : " fields |"}`,
        `| --- | --- | --- |${uncounted ? "" : " --- |"}`,
        ...rows,
        ...(left > 0 ? [`\n…and ${left} more environments.`] : []),
      ].join("\n"),
    ),
  ].join("\n\n");
}

function row({ name, services, fields }: FoundEnvironment, uncounted: boolean): string {
  const named = services.slice(0, shown.services).map(code).join(" ");
  const left = services.length - shown.services;
  const more = left > 0 ? ` and ${left} more` : "";
  return `| ${name === undefined ? "(none)" : code(name)} | ${services.length} | ${named}${more} |${uncounted ? "" : ` ${fields} |`}`;
}

/** A bar would end the cell, in code, too. */
function code(name: string): string {
  return inlineCode(name.replaceAll("|", "¦"), shown.name);
}

function pastSection(past: OwnPast | undefined): string {
  if (past === undefined) return `This repository's history couldn't be replayed. ${byHand}`;
  const { commits, since, found, replayed } = past;
  const window = `the newest ${counted(commits, "commit")} of the default branch, since ${new Date(since).toISOString().slice(0, 10)}`;
  const report = past.report === undefined || past.report.length > reportLimit ? [] : [folded("Report", past.report)];
  if (found === 0) {
    return [
      `In ${window}, no rollback by a person was found that could be replayed, so this repository's own past doesn't tell how good Remit would be here. ${quietLine(past)}`.trim(),
      byHand,
    ].join("\n\n");
  }
  return [
    `In ${window}, people took something back ${found === 1 ? "once" : `${found} times`}. Remit was given the state before, and what an alert would have said, for ${replayed === found ? "each of them" : `${replayed} of them`}${past.cut ? " (then its time for this was up)" : ""}:`,
    outcomes(past),
    [quietLine(past), byHand].filter((line) => line !== "").join(" "),
    ...report,
  ].join("\n\n");
}

function outcomes({ exact, part, near, wrong, abstained, failed }: OwnPast): string {
  return [
    "| Remit | times |",
    "| --- | --- |",
    `| would have proposed what the person did, byte for byte | ${exact} |`,
    ...(part > 0
      ? [`| the same for the service that the alert names; the person did it for others, too | ${part} |`]
      : []),
    `| the same files with other bytes | ${near} |`,
    `| something else | ${wrong} |`,
    `| would have called a person | ${abstained} |`,
    ...(failed > 0 ? [`| failed | ${failed} |`] : []),
  ].join("\n");
}

function quietLine({ quiet: { moments, kept } }: OwnPast): string {
  return moments === 0
    ? ""
    : `At ${counted(moments, "moment")} at which there was nothing to undo it would have kept quiet ${kept === moments && kept > 1 ? "each time" : counted(kept, "time")}.`;
}

const byHand = "`npx remit backtest --repo . --report out.md` replays more of it, on your machine.";

function folded(title: string, text: string): string {
  return `<details><summary>${title}</summary>\n\n${text.trim()}\n\n</details>`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
