/** A container image as manifests spell it: `registry.example:5000/shop/checkout:v1.2.3@sha256:…`. */
export interface ImageReference {
  /** Without tag and digest. */
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

const pattern = /^([\w.-]+(?::\d+)?(?:\/[\w.-]+)*)(?::([\w][\w.-]{0,127}))?(?:@([\w+.-]+:[0-9a-fA-F]{32,128}))?$/;

/** undefined where the text can't be an image reference. */
export function parseImageReference(text: string): ImageReference | undefined {
  if (text.length > 512) return undefined;
  const match = pattern.exec(text);
  const name = match?.[1];
  if (name === undefined) return undefined;
  // `checkout:5000` alone is a name and a tag, not a registry with a port.
  const port = match?.[2] === undefined ? /^([\w.-]+):(\d+)$/.exec(name) : null;
  return { name: port?.[1] ?? name, tag: match?.[2] ?? port?.[2], digest: match?.[3] };
}
