/** A field of one base64url JSON part of a JWS. */
export function jwsField(part: string | undefined, name: string): unknown {
  if (!part) return undefined;
  try {
    const value: unknown = JSON.parse(atob(part.replaceAll('-', '+').replaceAll('_', '/')));
    return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  } catch {
    // Not a JWS after all.
    return undefined;
  }
}
