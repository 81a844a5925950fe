/** Where people look at a repository that was cloned from `url`. Nothing of a user or a password in it is kept. */

const hosted = /^(?:https:\/\/|ssh:\/\/)?(?:[^@/]*@)?([a-z0-9.-]+\.[a-z]{2,})(?::\d+\/|[:/])([\w.-]+(?:\/[\w.-]+)+)$/i;

/** undefined for what isn't on a host by name: a path, a bundle, a file URL. */
export function webAddress(url: string): string | undefined {
  const [, host, path] = hosted.exec(url.replace(/\/?$/, "").replace(/\.git$/, "")) ?? [];
  if (host === undefined || path === undefined || path.split("/").some((part) => /^\.+$/.test(part))) return undefined;
  return `https://${host.toLowerCase()}/${path}`;
}
