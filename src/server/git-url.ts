/** `https://api.github.com` → `https://github.com`; `https://host/api/v3` → `https://host`. */
export function gitUrl(apiUrl: string): string {
  return apiUrl.replace(/\/api\/v3$/, "").replace(/^https:\/\/api\./, "https://");
}
