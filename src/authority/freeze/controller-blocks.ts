/** Would the controller of a target apply a change now? By what the repository itself says: suspensions, sync windows of projects. */
import type { Instant } from "../../clock.ts";
import type { ControllerObject } from "../../gitops/catalogue/catalogue.ts";
import type { Reason } from "../../reason.ts";
import { at, type RepositoryObject, textAt } from "./objects-in.ts";
import { type ControllerFile, objectKinds, objectsNamed } from "./objects-named.ts";
import { deniesSync } from "./sync-windows.ts";

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

/** `controllers`: those that deliver the target. `files`: whatever `mayBlock`. Never throws. */
export function controllerBlocks(
  controllers: readonly ControllerObject[],
  files: readonly ControllerFile[],
  now: Instant,
): readonly Reason[] {
  return controllers
    .flatMap((controller) => {
      const objects = objectsNamed(files, controller);
      const why = objects.flatMap((object) =>
        object.kind === "Application" ? ofArgo(object, files, now) : ofFlux(object, files),
      );
      return [...why, ...(mayBePatched(files) ? [] : byHand(controller, objects))];
    })
    .map((message) => ({ code: "delivery-blocked", message }));
}

/** An object that is suspended applies nothing, and one whose source is suspended nothing new. */
function ofFlux(object: RepositoryObject, files: readonly ControllerFile[]): readonly string[] {
  const what = `${object.kind} ${object.name}`;
  const sources = sourcesOf(object, files).filter(isSuspended);
  return [
    ...(isSuspended(object) ? [`the ${what} is suspended, so a change wouldn't be applied`] : []),
    ...sources.map(({ kind, name }) => `the ${kind} ${name} is suspended, so ${what} wouldn't see a change`),
  ];
}

function isSuspended({ value }: RepositoryObject): boolean {
  return at(value, ["spec", "suspend"]) === true;
}

/** Of a Kustomization, or of a chart that is in a repository. */
function sourcesOf(
  { value, namespace }: RepositoryObject,
  files: readonly ControllerFile[],
): readonly RepositoryObject[] {
  const source = at(value, ["spec", "sourceRef"]) ?? at(value, ["spec", "chart", "spec", "sourceRef"]);
  const [kind, name] = [textAt(source, ["kind"]), textAt(source, ["name"])];
  return name === "" ? [] : objectsNamed(files, { kind, name, namespace: textAt(source, ["namespace"]) || namespace });
}

/**
 * An Application that nobody but a person, or a pipeline, tells to sync. What patches it is an object of the same name, so one that says
 * `automated` is enough.
 */
function byHand({ kind, name }: ControllerObject, objects: readonly RepositoryObject[]): readonly string[] {
  if (kind !== "Application" || objects.length === 0 || objects.some(isAutomated)) return [];
  return [`the Application ${name} doesn't sync by itself, so somebody has to sync a change`];
}

/** A kustomization's patch that may make every Application sync by itself. */
function mayBePatched(files: readonly ControllerFile[]): boolean {
  return files.some(({ text }) => /\bpatches\w*["']?:/.test(text) && /\bautomated\b/.test(text));
}

/** `enabled` is Argo CD 3's own way to say no. */
function isAutomated({ value }: RepositoryObject): boolean {
  const automated = at(value, ["spec", "syncPolicy", "automated"]);
  return typeof automated === "object" && automated !== null && at(automated, ["enabled"]) !== false;
}

function ofArgo({ name, value }: RepositoryObject, files: readonly ControllerFile[], now: Instant): readonly string[] {
  const skips = at(value, ["metadata", "annotations", "argocd.argoproj.io/skip-reconcile"]) === "true";
  const project = textAt(value, ["spec", "project"]) || "default";
  const [namespace, ...cluster] = ["namespace", "name", "server"].map((key) => at(value, ["spec", "destination", key]));
  // Clusters may have projects of one name each, and which of them is meant the repository doesn't say.
  const denied = objectsNamed(files, { kind: "AppProject", name: project, namespace: undefined }).some((found) =>
    deniesSync(at(found.value, ["spec", "syncWindows"]), { name, namespace, cluster }, now),
  );
  return [
    ...(skips ? [`the Application ${name} says skip-reconcile, so a change wouldn't be applied`] : []),
    ...(denied ? [`a sync window of project ${project} keeps Application ${name} from syncing`] : []),
  ];
}
