/** Argo CD Applications, Flux Kustomizations and HelmReleases: who delivers which directories. */
import type { ControllerObject } from "./catalogue.ts";
import type { FileFacts } from "./document-facts.ts";
import { resolveLink } from "./resolve-link.ts";

export function findControllers(files: Iterable<FileFacts>): ControllerObject[] {
  const controllers: ControllerObject[] = [];
  for (const { path, documents } of files) {
    for (const document of documents) {
      const { controller, name, namespace } = document;
      if (controller === undefined || name === undefined || controller.kind === "ApplicationSet") continue;
      const paths = document.links
        .filter(({ part }) => part !== true)
        .map((link) => resolveLink(path, link.target, link.from))
        .filter((target) => target !== undefined);
      // A HelmRelease is delivered from the file that describes it.
      if (controller.kind === "HelmRelease") paths.push(path);
      controllers.push({ kind: controller.kind, name, namespace, paths: [...new Set(paths)] });
    }
  }
  return controllers;
}
