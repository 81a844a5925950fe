/** The only environment that our git children see: no user or system configuration, no prompts, no hooks, no surprises. */

/** Variables of ours that a git child may need to reach the network and to find its own programs. */
const inherited = [
  "PATH",
  "TMPDIR",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "HTTPS_PROXY",
  "https_proxy",
  "HTTP_PROXY",
  "http_proxy",
  "NO_PROXY",
  "no_proxy",
] as const;

const fixedConfig: readonly (readonly [key: string, value: string])[] = [
  ["core.hooksPath", "/dev/null"],
  ["core.fsmonitor", "false"],
  ["protocol.allow", "never"],
  ["log.showSignature", "false"],
  ["i18n.logOutputEncoding", "UTF-8"],
  ["gc.autoDetach", "false"],
  ["maintenance.autoDetach", "false"],
];

/** Later entries of `config` win over the fixed ones. Values may be secret: an environment is not visible to other users. */
export function gitEnvironment(
  gitDirectory: string | undefined,
  config: readonly (readonly [key: string, value: string])[] = [],
): Record<string, string> {
  const environment: Record<string, string> = {
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_LITERAL_PATHSPECS: "1",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_LAZY_FETCH: "1",
  };
  for (const name of inherited) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  if (gitDirectory !== undefined) environment.GIT_DIR = gitDirectory;
  const all = [...fixedConfig, ...config];
  environment.GIT_CONFIG_COUNT = String(all.length);
  for (const [index, [key, value]] of all.entries()) {
    environment[`GIT_CONFIG_KEY_${index}`] = key;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  return environment;
}
