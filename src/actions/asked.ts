import type { Reason } from "../reason.ts";

/** Why something is done that a command asks for. */
export const asked: Reason = { code: "asked", message: "a person asked for it" };
