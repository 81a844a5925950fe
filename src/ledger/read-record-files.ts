/** Reads the files of the ledger's branch. Nothing that they say is believed yet. */
import type { Instant } from "../clock.ts";
import type { Mirror, Revision, TreeEntry } from "../gitops/mirror/mirror.ts";
import { type ParsedRecord, parseRecord } from "./parse-record.ts";

export interface ReadFile {
  /** As its name says it. */
  readonly sequence: number;
  readonly path: string;
  readonly bytes: Uint8Array;
  /** undefined where it isn't UTF-8. */
  readonly text: string | undefined;
  readonly parsed: ParsedRecord;
}

export interface RecordFiles {
  /** By the numbers in their names. */
  readonly files: readonly ReadFile[];
  /** Files whose names aren't those of records. */
  readonly others: readonly TreeEntry[];
}

/** `since`: without those of months before. Throws RemitError git-failed where objects are missing. */
export async function readRecordFiles(
  mirror: Pick<Mirror, "entries" | "read">,
  tip: Revision,
  since: Instant = 0,
): Promise<RecordFiles> {
  const entries = await mirror.entries(tip);
  const first = new Date(since).toISOString().slice(0, 7).replace("-", "/");
  const wanted = entries.filter((entry) => isRecord(entry) && entry.path >= first);
  const paths = wanted.map(({ path }) => path);
  const files = await readFiles(mirror, tip, paths);
  return {
    files: files.toSorted((a, b) => a.sequence - b.sequence || (a.path < b.path ? -1 : 1)),
    others: entries.filter((entry) => !isRecord(entry)),
  };
}

/** In the order of the paths, which are records' by their names. A file that isn't there is empty. */
export async function readFiles(
  mirror: Pick<Mirror, "read">,
  tip: Revision,
  paths: readonly string[],
): Promise<readonly ReadFile[]> {
  const contents = await mirror.read(tip, paths);
  return paths.map((path) => readFile(path, contents.get(path) ?? new Uint8Array()));
}

/** `2026/11/000000042.json` */
export function sequenceOf(path: string): number | undefined {
  const [, digits] = /^\d{4}\/\d{2}\/(\d{9,15})\.json$/.exec(path) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function isRecord({ path, mode }: TreeEntry): boolean {
  return sequenceOf(path) !== undefined && mode !== "160000" && mode !== "120000";
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function readFile(path: string, bytes: Uint8Array): ReadFile {
  const text = decode(bytes);
  const parsed = text === undefined ? notText : parseRecord(text);
  return { sequence: sequenceOf(path) ?? 0, path, bytes, text, parsed };
}

const notText = { kind: "unreadable", why: "it isn't UTF-8" } as const;

function decode(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
