/** Looks for itself whether the service recovered and what git says; asks Remit nothing. */
import { gitReader } from "../cluster/git-reader.ts";
import { imageTag } from "../cluster/image-tag.ts";
import { readManifests } from "../cluster/manifests.ts";
import type { Outcome } from "./scenario.ts";
import { overlayPath } from "./shop-files.ts";

export interface Finding {
  readonly ok: boolean;
  readonly message: string;
}

export interface VerifyOptions {
  readonly gitDirectory: string;
  readonly branch: string;
  readonly serviceUrl: string;
  readonly service: string;
  /** The version that must run again. */
  readonly version: string;
  /** The commit before anything happened. */
  readonly before: string;
  /** The commit that Remit found. */
  readonly since: string;
  readonly file: string;
  /** It is the only one that Remit changed; otherwise it changed nothing. */
  readonly isChanged: boolean;
  readonly becomes: Outcome;
}

const visits = 25;

export async function verifyRecovery(options: VerifyOptions): Promise<readonly Finding[]> {
  return [await serviceAnswers(options), ...(await gitSays(options))];
}

async function serviceAnswers({ serviceUrl, version }: VerifyOptions): Promise<Finding> {
  let good = 0;
  for (let visit = 0; visit < visits; visit++) {
    const response = await fetch(serviceUrl);
    await response.arrayBuffer();
    if (response.status === 200 && response.headers.get("x-version") === version) good++;
  }
  return {
    ok: good === visits,
    message: `${good} of ${visits} requests in a row were answered with 200 by ${version}`,
  };
}

async function gitSays(options: VerifyOptions): Promise<readonly Finding[]> {
  const { branch, service, before, since, version, file, isChanged, becomes } = options;
  const git = gitReader(options.gitDirectory);
  const head = await git.head(branch);
  if (head === undefined) return [{ ok: false, message: `there is no branch ${branch}` }];
  const manifests = await readManifests(git, head, overlayPath(service, "production"));
  const running = imageTag(manifests.images.get(service) ?? "");
  const expected = becomes.from((await git.read(before, file)) ?? "");
  const same = (await git.read(head, file)) === expected;
  const changed = lines(await git.show("diff", "--name-only", since, head));
  const log = await git.show(
    "log",
    "--format=%(trailers:key=Remit-Incident,valueonly,separator=%x20)",
    `${since}..${head}`,
  );
  return [
    { ok: running === version, message: `${branch} says ${service} ${running ?? "(nothing)"} in production` },
    { ok: same, message: same ? `${file} ${becomes.words}` : `it isn't so that ${file} ${becomes.words}` },
    ...(isChanged ? changes(changed, file, log.trim()) : [noChange(changed)]),
  ];
}

function changes(changed: readonly string[], file: string, incidents: string): readonly Finding[] {
  const what = changed.length === 1 ? "only that file" : `${changed.length} files`;
  return [
    {
      ok: changed.length === 1 && changed[0] === file,
      message: `since the trouble began, ${what} changed`,
    },
    { ok: incidents !== "", message: `the commit ${incidents === "" ? "does not name" : "names"} its incident` },
  ];
}

function noChange({ length }: readonly string[]): Finding {
  return {
    ok: length === 0,
    message: `since the trouble began, ${length === 0 ? "nothing" : `${length} files`} changed`,
  };
}

const lines = (text: string) => text.split("\n").filter((line) => line !== "");
