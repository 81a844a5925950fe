import type { Renderer } from "../../remediation/rendering/renderer.ts";
import { findTools } from "./find-tools.ts";
import { localRenderer } from "./local-renderer.ts";
import { rememberingRenderer } from "./remembering-renderer.ts";

/** With what `PATH` has; of no tool, where it has none. */
export async function machineRenderer(path: string | undefined): Promise<Renderer> {
  return rememberingRenderer(localRenderer(await findTools(path ?? "")));
}
