import { RemitError } from "../../errors.ts";

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** The URL of a repository that Remit fetches from. Throws RemitError config-invalid, without repeating what may be a secret. */
export function remoteUrl(text: string): URL {
  if (!URL.canParse(text)) throw new RemitError("config-invalid", "the repository's URL can't be read");
  const url = new URL(text);
  if (url.username !== "" || url.password !== "")
    throw new RemitError("config-invalid", "the repository's URL must not hold a user or password");
  const allowed =
    url.protocol === "https:" || url.protocol === "file:" || (url.protocol === "http:" && loopback.test(url.hostname));
  if (!allowed)
    throw new RemitError(
      "config-invalid",
      "the repository's URL must begin with https:// (or file://, or http:// on loopback)",
    );
  return url;
}
