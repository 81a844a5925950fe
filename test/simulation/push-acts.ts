/** What people push to main about versions and files, whatever Remit does. */
import type { ActKind } from "./acts.ts";
import type { Cluster } from "./cluster.ts";
import { forgedMessage } from "./forged-message.ts";
import {
  badVersion,
  goodVersion,
  replicasIn,
  type Service,
  versionIn,
  withReplicas,
  withVersion,
  worseVersion,
} from "./shop.ts";

export interface PersonsCommit {
  readonly message: string;
  /** null removes the file. */
  readonly files: Readonly<Record<string, string | null>>;
  /** How far their machine's clock is off. */
  readonly shiftMs?: number;
}

interface About {
  readonly service: Service;
  /** Its production overlay, and what that says. */
  readonly file: string;
  readonly text: string | undefined;
  /** Commits so far. */
  readonly pushed: number;
}

/** Nothing where there is nothing to do. */
type PushAct = (about: About, cluster: Cluster) => readonly PersonsCommit[];

const day = 86_400_000;

export const pushActs: ReadonlyMap<ActKind, PushAct> = new Map<ActKind, PushAct>([
  ["pushes something else", ({ pushed }) => readme("Say more", `# shop\n\nLine ${pushed}.\n`)],
  [
    "pushes to the same file",
    ({ service, file, text }) =>
      one("Run more replicas", { [file]: withReplicas(service, text, replicasIn(text) + 1) }),
  ],
  ["rolls forward", (about) => release(about, `Release ${about.service} v1.5.1`, "v1.5.1")],
  ["reverts by hand", (about) => release(about, `Back to ${goodVersion}`, goodVersion)],
  [
    "releases the bad version again",
    (about) =>
      versionIn(about.text) === badVersion ? [] : release(about, `Release ${about.service} again`, badVersion),
  ],
  [
    "releases a worse version",
    (about, cluster) => {
      cluster.spoil(about.service, worseVersion);
      return release(about, `Release ${about.service} ${worseVersion}`, worseVersion);
    },
  ],
  [
    "renames the overlay",
    ({ file, text }) =>
      text === undefined || file.endsWith(".yml")
        ? []
        : one("Prefer the short name", { [file]: null, [file.replace(/yaml$/, "yml")]: text }),
  ],
  [
    "pushes with a clock that is days behind",
    ({ pushed }) => [
      { message: "From another machine", files: { "README.md": `# shop ${pushed}\n` }, shiftMs: -10 * day },
    ],
  ],
  ["forges Remit's trailers", ({ service, pushed }) => readme(forgedMessage("Tidy up", service), `# shop ${pushed}\n`)],
]);

function release({ service, file, text }: About, message: string, version: string): readonly PersonsCommit[] {
  return one(message, { [file]: withVersion(service, text, version) });
}

function readme(message: string, text: string): readonly PersonsCommit[] {
  return one(message, { "README.md": text });
}

function one(message: string, files: PersonsCommit["files"]): readonly PersonsCommit[] {
  return [{ message, files }];
}
