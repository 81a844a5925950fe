/**
 * Asks registries whether images are still there, as the OCI distribution specification says it: a HEAD for the manifest. Only
 * registries that remit.yaml names are ever spoken to, whatever a repository's text says.
 */
import { z } from "zod";
import type { Images, ImageWord } from "../../remediation/images.ts";
import type { RegistryConfig } from "../config/config.ts";
import { authorizationFor } from "./authorization.ts";
import { boundedJson } from "./bounded-json.ts";
import { type PulledImage, pulledImage } from "./pulled-image.ts";
import { reach, registryUrl } from "./reach.ts";

export interface RegistryImagesOptions {
  /** How long one image may take, tokens and redirects included. */
  readonly timeoutMs?: number;
}

/** What runtimes take: an image, or an index of images for several platforms, in both spellings. */
const manifests = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");
const maxErrorBytes = 64 * 1024;

export function registryImages(registries: readonly RegistryConfig[], options: RegistryImagesOptions = {}): Images {
  const { timeoutMs = 10_000 } = options;
  return {
    async look(reference) {
      const image = pulledImage(reference);
      if (image === undefined) return unknown("it isn't the whole name of an image");
      const registry = registries.find(({ host }) => host === image.host);
      if (registry === undefined) return unknown("remit.yaml doesn't name its registry");
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        return await ask(registry, image, signal);
      } catch {
        // What went wrong may hold what a registry said.
        return unknown(signal.aborted ? "its registry took too long to answer" : "its registry can't be reached");
      }
    },
  };
}

async function ask(registry: RegistryConfig, image: PulledImage, signal: AbortSignal): Promise<ImageWord> {
  const url = registryUrl(registry, `/v2/${image.name}/manifests/${image.reference}`);
  let authorization: string | undefined;
  const request = (method: "HEAD" | "GET") =>
    reach(registry, { method, url, accept: manifests, authorization }, signal);
  let reached = await request("HEAD");
  if ("response" in reached && reached.response.status === 401) {
    const proof = await authorizationFor(registry, image, reached.response.headers.get("www-authenticate"), signal);
    if ("why" in proof) return unknown(proof.why);
    authorization = proof.authorization;
    reached = await request("HEAD");
  }
  if ("why" in reached) return unknown(reached.why);
  if (reached.response.status !== 404) return wordOf(reached.response);
  // Whatever stands in between answers 404, too. Only the registry itself can say what it doesn't know, and a HEAD has no words.
  const again = await request("GET");
  return "why" in again ? unknown(again.why) : wordOfMissing(registry, again.response);
}

function wordOf({ status, headers }: Response): ImageWord {
  if (status === 200)
    return isManifest(headers) ? { word: "there" } : unknown("what answers in its registry's place is none");
  if (status === 401 || status === 403) return unknown("its registry doesn't let Remit look");
  if (status === 429) return unknown("its registry asks to come back later");
  return unknown(status >= 500 ? "its registry has a fault of its own" : `its registry answers with status ${status}`);
}

function isManifest(headers: Headers): boolean {
  return headers.has("docker-content-digest") || /^application\/vnd\./.test(headers.get("content-type") ?? "");
}

const errorsOf = z.object({ errors: z.array(z.object({ code: z.string() })) });

async function wordOfMissing(registry: RegistryConfig, response: Response): Promise<ImageWord> {
  if (response.status !== 404) {
    await response.body?.cancel();
    return wordOf(response);
  }
  const said = errorsOf.safeParse(await boundedJson(response, maxErrorBytes));
  const codes = new Set(said.success ? said.data.errors.map(({ code }) => code) : []);
  // Harbor's own word is the second one.
  if (codes.has("MANIFEST_UNKNOWN") || codes.has("NOT_FOUND"))
    return { word: "gone", why: "its registry doesn't have it any more" };
  // What they won't show, registries call unknown to strangers.
  if (codes.has("NAME_UNKNOWN"))
    return registry.credentials === undefined
      ? unknown("its registry shows no such repository to whoever gives no credentials")
      : { word: "gone", why: "its registry doesn't have its repository any more" };
  return unknown("something that isn't a registry answers that there is nothing");
}

function unknown(why: string): ImageWord {
  return { word: "unknown", why };
}
