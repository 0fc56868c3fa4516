/**
 * An error -> its words, and nothing else of it: the error objects of the Web WeChat client carry the login's cookies.
 */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
