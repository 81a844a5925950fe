/** Files in which an incident may be answered: what a cluster is configured by, and nothing of the repository's own workings. */

const configuration = /(?:\.(?:ya?ml|json|env|properties|toml|tpl|gotmpl)|(?:^|\/)\.env(?:\.[^/]*)?)$/i;
const workings =
  /(?:^|\/)node_modules\/|(?:^|\/)(?:renovate|package|package-lock|composer)\.json5?$|\.schema\.json$|(?:^|\/)(?:appveyor|azure-pipelines|cloudbuild|codecov|mkdocs|docker-compose)\.ya?ml$/i;
/** Tools' own settings, CI and editors: `.travis.yml`, `.github/`, `.pre-commit-config.yaml`. Not `.env`, and what Argo CD looks for. */
const hidden = /(?:^|\/)\.(?!env(?:[./]|$)|argocd-source)/i;

export function isConfiguration(path: string): boolean {
  return configuration.test(path) && !workings.test(path) && !hidden.test(path);
}
