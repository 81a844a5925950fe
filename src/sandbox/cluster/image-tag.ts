/** The tag of an image reference: `ghcr.io/acme/checkout:v1.4.2` gives `v1.4.2`; undefined where there is none. */
export function imageTag(image: string): string | undefined {
  const [reference = ""] = image.split("@");
  const match = /:([^:/]+)$/.exec(reference);
  return match?.[1];
}
