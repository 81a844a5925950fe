/** Files in which an incident may be answered: what a cluster is configured by, and nothing of the repository's own workings. */

const configuration = /(?:\.(?:ya?ml|json|env|properties|toml|tpl|gotmpl)|(?:^|\/)\.env(?:\.[^/]*)?)$/i;
const workings =
  /(?:^|\/)(?:\.github|\.gitlab|\.circleci|\.tekton|node_modules)\/|(?:^|\/)(?:renovate|package|package-lock|composer)\.json5?$|\.schema\.json$/i;

export function isConfiguration(path: string): boolean {
  return configuration.test(path) && !workings.test(path);
}
