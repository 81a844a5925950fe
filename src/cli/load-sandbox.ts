import { RemitError } from "../errors.ts";

/** The sandbox's own packages are optional, so that a server needs none of them. Throws RemitError usage where they are missing. */
export async function loadSandbox<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "ERR_MODULE_NOT_FOUND")) throw cause;
    const message = "the sandbox needs Remit's optional packages: install it with npm install --include=optional";
    throw new RemitError("usage", message, { audience: "user", cause });
  }
}
