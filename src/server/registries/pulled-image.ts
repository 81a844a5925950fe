/** What a container runtime would ask which registry for, by the reference in a manifest. */

export interface PulledImage {
  /** As references spell it: `docker.io` where they name none. */
  readonly host: string;
  /** The repository within the registry. */
  readonly name: string;
  /** A digest where there is one, else a tag. */
  readonly reference: string;
}

/** The grammar of the OCI distribution specification, so neither part can be anything but a part of a path. */
const component = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const namePattern = new RegExp(`^${component}(?:/${component})*$`);
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern = /^(?:sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128})$/;
const hostPattern = /^[a-z0-9](?:[a-z0-9.-]{0,253}[a-z0-9])?(?::\d{1,5})?$/i;
const longestName = 255;

/** undefined where nobody could pull it as it is written: a template, a variable, a name without a version that isn't one. */
export function pulledImage(text: string): PulledImage | undefined {
  const [rest = "", digest, ...others] = text.split("@");
  const colon = rest.lastIndexOf(":");
  const tag = colon > rest.lastIndexOf("/") ? rest.slice(colon + 1) : undefined;
  const whole = tag === undefined ? rest : rest.slice(0, colon);
  const { host, name } = split(whole);
  const reference = digest ?? tag ?? "latest";
  if (others.length > 0 || !hostPattern.test(host) || !namePattern.test(name) || name.length > longestName)
    return undefined;
  if (tag !== undefined && !tagPattern.test(tag)) return undefined;
  return (digest === undefined ? tagPattern : digestPattern).test(reference)
    ? { host: host.toLowerCase(), name, reference }
    : undefined;
}

/** The first component is a registry if it could be no repository of Docker Hub's. */
function split(whole: string): Pick<PulledImage, "host" | "name"> {
  const slash = whole.indexOf("/");
  const first = slash === -1 ? "" : whole.slice(0, slash);
  if (!/[.:]/.test(first) && first !== "localhost")
    return { host: "docker.io", name: slash === -1 ? `library/${whole}` : whole };
  const host = first === "index.docker.io" ? "docker.io" : first;
  const name = whole.slice(slash + 1);
  return { host, name: host === "docker.io" && !name.includes("/") ? `library/${name}` : name };
}
