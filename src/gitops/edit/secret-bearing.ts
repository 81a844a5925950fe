/** Does this text hold secrets, encrypted or not, or stand for a file that is kept elsewhere? When unsure, yes. */
const secretKinds = /^\s*(?:-\s+)?["']?kind["']?\s*:\s*["']?(?:\w*Secret\w*|SopsSecret|VaultStaticSecret)["']?/m;
const jsonSecretKinds = /"kind"\s*:\s*"\w*Secret\w*"/;
const sops = /^\s*["']?sops["']?\s*:|^\s*["']?sops_\w+["']?\s*[:=]|ENC\[AES256_GCM,/m;
const largeFilePointer = /^version https:\/\/git-lfs\.github\.com\/spec\//;

export function secretBearing(text: string): boolean {
  return secretKinds.test(text) || jsonSecretKinds.test(text) || sops.test(text) || largeFilePointer.test(text);
}
