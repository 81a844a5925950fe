/** The value of the `Authorization` header with which git reads over HTTPS as an installation. A secret: never log it. */
export function gitAuthorization(token: string): string {
  return `basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`;
}
