/** The two cookies of the status page. No script reads them, and no other site's form sends them. */
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { pendingMs, sessionMs } from "./sessions.ts";

export type CookieName = "session" | "signing-in";

const lifetimes: Readonly<Record<CookieName, number>> = { session: sessionMs, "signing-in": pendingMs };

export interface Cookies {
  get(context: Context, name: CookieName): string;
  set(context: Context, name: CookieName, value: string): void;
  clear(context: Context, name: CookieName): void;
}

/** `secure`: the page is reached by https, so the cookies go by nothing else and no neighbouring host can set them. */
export function cookies(secure: boolean): Cookies {
  const nameOf = (name: CookieName) => `${secure ? "__Host-" : ""}remit-${name}`;
  // Lax: the way back from GitHub is a link from another site.
  const options = { path: "/", httpOnly: true, secure, sameSite: "Lax" } as const;
  return {
    get: (context, name) => getCookie(context, nameOf(name)) ?? "",
    set: (context, name, value) =>
      setCookie(context, nameOf(name), value, { ...options, maxAge: lifetimes[name] / 1000 }),
    clear: (context, name) => void deleteCookie(context, nameOf(name), options),
  };
}
