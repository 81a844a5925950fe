/** The services that a path may be about by its own words. */
import { type Environments, stem } from "./environments.ts";
import { splitEnvironment } from "./split-environment.ts";
import { namesService } from "./words.ts";

/** Every directory above the file, and the file's own name where it is no Kubernetes object, that isn't generic or an environment. */
export function directoryNames(path: string, named: boolean, environments: Environments): readonly string[] {
  const segments = path.split("/");
  const own = stem(segments.pop() ?? "");
  const around = new Set(environments.chain(path));
  const names = new Set(
    segments.filter((segment, index) => namesService(segment, segments[index - 1]) && !around.has(segment)),
  );
  if (named) {
    // Argo CD's own overrides of one application.
    const application = /^\.argocd-source-(.+)$/.exec(own)?.[1];
    if (application !== undefined) return [...names.add(splitEnvironment(application, environments)[0] ?? application)];
    const bare = own.replace(/[-._]?(?:values|config|versions?)$/, "").replace(/^(?:values|config)[-._]/, "");
    const [head] = splitEnvironment(bare, environments);
    const name = head ?? bare;
    if (namesService(name, undefined) && !environments.isEnvironment(name, undefined)) names.add(name);
  }
  return [...names];
}
