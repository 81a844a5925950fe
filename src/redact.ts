/** Takes secrets out of text that leaves the process: bodies for GitHub, error messages, logs. Linear in the text's length. */

const mask = "[redacted]";

const patterns: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g, mask],
  // Installation tokens may carry a JSON Web Token after their prefix, hence the dots.
  [/\bgh[oprsu]_[A-Za-z0-9_]{16,}(?:[.-][A-Za-z0-9_-]+)*/g, mask],
  [/\bgithub_pat_[A-Za-z0-9_]{16,}/g, mask],
  [/\bsk-ant-[A-Za-z0-9_-]{16,}/g, mask],
  [/\beyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{6,}/g, mask],
  [/(:\/\/)[^\s/?#@"'<>]+@/g, `$1${mask}@`],
  [/(\bauthorization["']?\s{0,4}[:=]\s{0,4}["']?)(?:(basic|bearer|token)\s{1,4})?[^\s"'<>[]+/gi, `$1${mask}`],
  [/\b(basic|bearer)\s{1,4}(?=[A-Za-z0-9._~+/-]*\d)[A-Za-z0-9._~+/-]{20,}={0,2}/gi, `$1 ${mask}`],
];

const base64Run = /[A-Za-z0-9+/_-]{24,}={0,2}/g;
/** Kubernetes encodes what people may have encoded before. */
const base64Layers = 2;

export function redact(text: string): string {
  return redactPlain(text).replace(base64Run, (run) => (hidesSecret(run, base64Layers) ? mask : run));
}

function redactPlain(text: string): string {
  return patterns.reduce((current, [pattern, replacement]) => current.replace(pattern, replacement), text);
}

/** A secret in base64 can begin at any of four places of the run. */
function hidesSecret(run: string, layers: number): boolean {
  return [0, 1, 2, 3].some((start) => {
    const decoded = Buffer.from(run.slice(start), "base64").toString("latin1");
    if (redactPlain(decoded) !== decoded) return true;
    return layers > 1 && [...decoded.matchAll(base64Run)].some(([inner]) => hidesSecret(inner, layers - 1));
  });
}
