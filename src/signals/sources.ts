/** The closed registry of senders behind `/hooks/<type>/<source>`. A new one is a file, a line here and a test. */
import { alertmanager } from "./alertmanager.ts";
import { argocd } from "./argocd.ts";
import { flux } from "./flux.ts";
import type { Source } from "./source.ts";

export const sources = { alertmanager, argocd, flux } as const satisfies Readonly<Record<string, Source>>;

export type SourceType = keyof typeof sources;

export const sourceTypes = ["alertmanager", "argocd", "flux"] as const satisfies readonly SourceType[];
