/** A file's name without its extensions. */
export function stem(file: string): string {
  return file
    .replace(/\.gotmpl$/i, "")
    .replace(/\.(?:ya?ml|json|properties|env|tpl|(?:jso|libso)nnet)$/i, "")
    .replace(/\.enc$/, "");
}
