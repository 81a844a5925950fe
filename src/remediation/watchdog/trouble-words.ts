/** A trouble for people: what is so, and what mends it. Without markup. */
import type { Trouble, TroubleKind } from "./trouble.ts";

export interface TroubleWords {
  readonly what: string;
  readonly todo: string;
  /** What else is known: `text` may be of others and is to be quoted. */
  readonly more: { readonly name: string; readonly text: string } | undefined;
}

export function troubleWords({ kind, source, detail }: Trouble): TroubleWords {
  const { what, todo, name } = words[kind](source ?? "a source");
  return { what, todo, more: detail === undefined ? undefined : { name: name ?? "more", text: detail } };
}

type Words = (source: string) => {
  readonly what: string;
  readonly todo: string;
  /** Of the detail. */
  readonly name?: string;
};

const words: Readonly<Record<TroubleKind, Words>> = {
  "source-silent": (source) => ({
    what: `the source ${source} is silent for longer than it may be: alerts may be lost`,
    todo: "Look whether it runs, whether it can reach Remit, and whether its token is right.",
    name: "it has to send an alert that fires, named",
  }),
  "worker-stuck": () => ({
    what: "Remit's worker is silent: no incident is looked at",
    todo: "Look into Remit's log, and start it again.",
  }),
  "queue-stuck": () => ({
    what: "Remit's queue is stuck: incidents wait that are due",
    todo: "Look into Remit's log for what it is busy with, and at the store.",
  }),
  "inbox-stuck": () => ({
    what: "deliveries wait that Remit couldn't work off yet",
    todo: "The command remit inbox tells the error of each.",
  }),
  "deliveries-parked": (source) => ({
    what: `deliveries of ${source} were given up`,
    todo: "The command remit inbox tells the error of each, and remit inbox replay tries one again.",
  }),
  "mirror-stale": () => ({
    what: "Remit can't fetch the repository: it doesn't see what is merged",
    todo: "Look at the network and the disk, and whether the App may still read the repository.",
    name: "git says",
  }),
  "app-suspended": () => ({
    what: "the App's installation is suspended: Remit can neither read nor write",
    todo: "Unsuspend it in the settings of the organization, under GitHub Apps.",
  }),
  "app-not-installed": () => ({
    what: "the App isn't installed on the repository any more",
    todo: "Install it there, or take the repository's sources out of remit.yaml.",
  }),
  "permission-missing": () => ({
    what: "the App lacks a permission that Remit needs",
    todo: "Compare the App's permissions with app.yml, and accept the new ones in the installation.",
    name: "what is missing",
  }),
};
