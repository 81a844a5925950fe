/** Who is signed in, and who is about to be. Of this process alone: a restart signs everybody out, and nothing of it is written anywhere. */
import { randomBytes } from "node:crypto";
import type { Clock, Instant } from "../../clock.ts";

export interface Session {
  readonly login: string;
  /** Has to come with each form, so that no other page can send one. */
  readonly csrf: string;
  /** What came of the last press, until it was shown. */
  said: string | undefined;
  /** One press at a time. */
  busy: boolean;
}

export interface Pending {
  readonly state: string;
  readonly verifier: string;
}

export interface Sessions {
  /** For a browser that goes to GitHub; `state` is its name here, too. */
  begin(): Pending;
  /** Good once. */
  take(state: string): Pending | undefined;
  /** The new session's id. */
  signIn(login: string): string;
  signOut(id: string): void;
  get(id: string): Session | undefined;
}

export const sessionMs = 8 * 60 * 60_000;
/** GitHub's codes are good for as long. */
export const pendingMs = 10 * 60_000;
/** More than that aren't people: the oldest go. */
const most = 1_000;

export function createSessions(clock: Clock): Sessions {
  const sessions = expiring<Session>(clock, sessionMs);
  const pending = expiring<Pending>(clock, pendingMs);
  return {
    begin() {
      const begun = { state: unguessable(), verifier: unguessable() };
      pending.set(begun.state, begun);
      return begun;
    },
    take(state) {
      const taken = pending.get(state);
      pending.delete(state);
      return taken;
    },
    signIn(login) {
      const id = unguessable();
      sessions.set(id, { login, csrf: unguessable(), said: undefined, busy: false });
      return id;
    },
    signOut: (id) => sessions.delete(id),
    get: (id) => sessions.get(id),
  };
}

function unguessable(): string {
  return randomBytes(32).toString("base64url");
}

function expiring<T>(clock: Clock, forMs: number) {
  const kept = new Map<string, { readonly value: T; readonly until: Instant }>();
  return {
    set(key: string, value: T): void {
      const now = clock.now();
      for (const [each, { until }] of kept) if (until <= now || kept.size >= most) kept.delete(each);
      kept.set(key, { value, until: now + forMs });
    },
    get(key: string): T | undefined {
      const found = kept.get(key);
      return found !== undefined && found.until > clock.now() ? found.value : undefined;
    },
    delete: (key: string): void => void kept.delete(key),
  };
}
