/** A shop in which Remit may only watch or suggest, a bad release, and what people do about it. */
import type { Tier } from "../../src/authority/verdict.ts";
import { authorityFile, overlay, overlayFile } from "../../src/sandbox/demo/shop-files.ts";
import { type IncidentWorld, minute, type WorldOptions } from "./incident-world.ts";

export const checkout = overlayFile("checkout", "production");
export const rolledBack = overlay("checkout", "production", "v1.4.2", 3);

export function mayOnly(tier: Extract<Tier, "observe" | "suggest">): Pick<WorldOptions, "files"> {
  const policy = authorityFile("propose").replace("tier: propose", `tier: ${tier}`).replace("version: 1", "version: 2");
  return { files: { ".github/remit/authority.yaml": policy } };
}

/** The release, its alert, and Remit's plan. */
export async function breaks(made: IncidentWorld): Promise<void> {
  await made.release();
  made.clock.advance(13 * minute);
  await made.receive([made.firing()]);
  await made.reconcile();
}

export interface Pushed {
  /** Since the last thing that happened. Minutes. */
  readonly after: number;
  readonly files: Readonly<Record<string, string | null>>;
  readonly message?: string;
  readonly signedBy?: { readonly name: string; readonly email: string };
}

/** Somebody commits on main, and Remit hears of it. */
export async function pushed(
  made: IncidentWorld,
  { after, message = "Mend checkout", ...commit }: Pushed,
): Promise<string> {
  made.clock.advance(after * minute);
  const id = await made.github.commitAs("bob", { branch: "main", message, ...commit });
  await made.receive([{ ...made.event("push"), sender: "bob" }]);
  return id;
}

/** The alert is over, and so is the incident. */
export async function recovers(made: IncidentWorld): Promise<void> {
  made.clock.advance(2 * minute);
  await made.receive([made.resolved()]);
  await made.reconcile();
}

/** The only one. */
export async function shadowOfOne(made: IncidentWorld) {
  const [shadow, ...others] = await made.store.shadows.list(10);
  if (shadow === undefined || others.length > 0) throw new Error(`there are ${others.length + 1} or no shadows`);
  return shadow;
}
