/**
 * A bounded memory: what was put in lately, by key.
 *
 * In: at most `capacity` values, each kept for `lifetime` ms after it was last put. Out: a value, while it is remembered.
 */

export interface Recent<V> {
  get(key: string): V | undefined;
  put(key: string, value: V): void;
  drop(key: string): void;
}

export interface RecentOptions {
  /** When full, the value put longest ago is forgotten. */
  readonly capacity: number;
  /** ms; `Infinity` to forget only for want of room. */
  readonly lifetime: number;
  /** UTC instant, ms. */
  readonly clock: () => number;
}

export function createRecent<V>({ capacity, lifetime, clock }: RecentOptions): Recent<V> {
  // A clock that is set back must not make anything last longer, so an age counts in both directions.
  const isFresh = (since: number) => Math.abs(clock() - since) < lifetime;
  // A Map keeps the order of insertion, so the first entry is always the oldest.
  const entries = new Map<string, { readonly value: V; readonly since: number }>();
  return {
    get(key) {
      const entry = entries.get(key);
      return entry !== undefined && isFresh(entry.since) ? entry.value : undefined;
    },
    put(key, value) {
      entries.delete(key);
      entries.set(key, { value, since: clock() });
      for (const [oldest, { since }] of entries) {
        if (entries.size <= capacity && isFresh(since)) break;
        entries.delete(oldest);
      }
    },
    drop(key) {
      entries.delete(key);
    },
  };
}
