/** Would the controller of a target apply a change now? By what the repository itself says: suspensions, sync windows of projects. */
import type { Instant } from "../../clock.ts";
import type { ControllerObject } from "../../gitops/catalogue/catalogue.ts";
import { matchesGlob } from "../../gitops/catalogue/matches-glob.ts";
import type { Reason } from "../../reason.ts";
import { cronSchedule } from "./cron-schedule.ts";
import { at, objectsIn, type RepositoryObject } from "./objects-in.ts";
import { windowState } from "./window-state.ts";

export interface ControllerFile {
  readonly path: string;
  readonly text: string;
}

/** A file stays as it is, so it is looked at once. */
const blocking = new WeakMap<ControllerFile, boolean>();

/**
 * May a file say that something isn't applied? For choosing which files to parse: a chart's values say `suspend` of other things, and
 * can be long.
 */
export function mayBlock(file: ControllerFile): boolean {
  const known = blocking.get(file);
  if (known !== undefined) return known;
  const may = saysSo.test(file.text) && objectKinds.test(file.text);
  blocking.set(file, may);
  return may;
}

const saysSo = /\bsuspend["']?:|\bsyncWindows["']?:|\bkind["']?: *["']?Application\b/;

const objectKinds = /\b(?:Application|AppProject|Kustomization|HelmRelease)\b/;

/** `controllers`: those that deliver the target. `files`: whatever `mayBlock`. Never throws. */
export function controllerBlocks(
  controllers: readonly ControllerObject[],
  files: readonly ControllerFile[],
  now: Instant,
): readonly Reason[] {
  const named = controllers.flatMap((controller) =>
    objectsNamed(files, controller.name)
      .filter(
        ({ kind, namespace }) =>
          kind === controller.kind &&
          (namespace === undefined || controller.namespace === undefined || namespace === controller.namespace),
      )
      .map((object) => ({ controller, object })),
  );
  return named.flatMap(({ controller, object }) => {
    if (controller.kind !== "Application") {
      const message = `the ${controller.kind} ${controller.name} is suspended, so a change wouldn't be applied`;
      return at(object.value, ["spec", "suspend"]) === true ? [{ code: "delivery-blocked" as const, message }] : [];
    }
    const wanted = at(object.value, ["spec", "project"]);
    const projects = typeof wanted === "string" ? objectsNamed(files, wanted) : [];
    const project = projects.find(({ kind }) => kind === "AppProject");
    const windows = project === undefined ? undefined : at(project.value, ["spec", "syncWindows"]);
    const destination = at(object.value, ["spec", "destination", "namespace"]);
    const cluster = [
      at(object.value, ["spec", "destination", "name"]),
      at(object.value, ["spec", "destination", "server"]),
    ];
    const mine = (Array.isArray(windows) ? windows : []).filter(
      (window) =>
        covers(at(window, ["applications"]), [object.name]) ||
        covers(at(window, ["namespaces"]), [destination]) ||
        covers(at(window, ["clusters"]), cluster),
    );
    return denies(mine, now)
      ? [
          {
            code: "delivery-blocked" as const,
            message: `a sync window of project ${project?.name} keeps Application ${object.name} from syncing`,
          },
        ]
      : [];
  });
}

/** In the order of the files. Documents that can't hold such an object aren't parsed: generated ones are long. */
function objectsNamed(files: readonly ControllerFile[], name: string): readonly RepositoryObject[] {
  return files
    .flatMap(documentsOf)
    .filter((document) => mayHold(document.text, name))
    .flatMap(objectsOf)
    .filter((object) => object.name === name);
}

/** A name of plain characters stands in the text as it is, unless its characters are escaped, or a line break within it is. */
function mayHold(text: string, name: string): boolean {
  const written = text.includes(name) || !/^[\w.-]+$/.test(name) || /\\(?:[xuU]|\r?\n)/.test(text);
  return written && objectKinds.test(text);
}

interface Document {
  readonly text: string;
}

/** A file stays as it is, so it is taken apart once, and each document is parsed once. */
const documents = new WeakMap<ControllerFile, readonly Document[]>();

/** Three dashes at the beginning of a line end a document whatever it holds. Directives belong to the document after the dashes. */
function documentsOf(file: ControllerFile): readonly Document[] {
  const known = documents.get(file);
  if (known !== undefined) return known;
  const texts = /^%/m.test(file.text) ? [file.text] : file.text.split(/^(?=---(?:\s|$))/m);
  const found = texts.map((text) => ({ text }));
  documents.set(file, found);
  return found;
}

const parsed = new WeakMap<Document, readonly RepositoryObject[]>();

function objectsOf(document: Document): readonly RepositoryObject[] {
  const known = parsed.get(document);
  if (known !== undefined) return known;
  const objects = objectsIn(document.text);
  parsed.set(document, objects);
  return objects;
}

/** Argo CD: an open deny window denies; where allow windows match, one of them must be open. */
function denies(windows: readonly unknown[], now: Instant): boolean {
  const states = windows.map((window) => ({ kind: at(window, ["kind"]), open: isOpen(window, now) }));
  if (states.some(({ kind, open }) => kind === "deny" && open)) return true;
  const allowing = states.filter(({ kind }) => kind === "allow");
  return allowing.length > 0 && !allowing.some(({ open }) => open);
}

/** What can't be read counts as open for deny and closed for allow. */
function isOpen(window: unknown, now: Instant): boolean {
  const kind = at(window, ["kind"]) === "allow" ? "allow" : "deny";
  const schedule = at(window, ["schedule"]);
  const written = at(window, ["duration"]);
  const zone = at(window, ["timeZone"]);
  const timeZone = typeof zone === "string" && zone !== "" ? zone : "UTC";
  const durationMs = typeof written === "string" ? goDuration(written) : undefined;
  if (typeof schedule !== "string" || durationMs === undefined || cronSchedule(schedule, timeZone) === undefined) {
    return kind === "deny";
  }
  const match = { environments: ["*"], services: ["*"], namespaces: ["*"], actions: ["*"] };
  return windowState({ kind, schedule, durationMs, timeZone, match, reason: undefined }, now).open;
}

/** `1h30m`, as Go spells it. */
function goDuration(text: string): number | undefined {
  const parts = text.match(/\d+[hms]/g) ?? [];
  if (parts.length === 0 || parts.join("") !== text) return undefined;
  const total = parts.reduce((sum, part) => sum + Number(part.slice(0, -1)) * (unitMs.get(part.slice(-1)) ?? 0), 0);
  return total > 0 ? total : undefined;
}

const unitMs: ReadonlyMap<string, number> = new Map([
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
]);

/** Argo CD's globs: `*` and `?`. */
function covers(patterns: unknown, names: readonly unknown[]): boolean {
  if (!Array.isArray(patterns)) return false;
  return patterns.some(
    (pattern) =>
      typeof pattern === "string" &&
      names.some((name) => typeof name === "string" && matchesGlob(pattern, name, "any")),
  );
}
