/**
 * Names -> sets of names that are one person.
 *
 * In: names and who was seen talking where. Out: disjoint sets; two names that were seen talking in the same transcript
 * are only joined on certain evidence.
 */

export interface NameSets {
  /** Every name, in order of appearance. */
  names(): Iterable<string>;
  /** Counts messages under this name. With `place`, a transcript in which a person has one name only. */
  saw(name: string, messages: number, place?: string): void;
  has(name: string): boolean;
  /** Messages under this very name. */
  uses(name: string): number;
  /** Every name joined with this one, itself included. */
  sameAs(name: string): readonly string[];
  /** The name that stands for the set; changes when sets are joined. */
  root(name: string): string;
  /** Joins two names; unless `certain`, only if they never talk in the same transcript. */
  join(a: string, b: string, certain: boolean): void;
}

interface NameSet {
  readonly root: string;
  readonly names: string[];
  readonly places: Set<string>;
}

export function nameSets(): NameSets {
  const setOf = new Map<string, NameSet>();
  const uses = new Map<string, number>();
  const of = (name: string): NameSet => {
    const known = setOf.get(name);
    if (known) return known;
    const made: NameSet = { root: name, names: [name], places: new Set() };
    setOf.set(name, made);
    return made;
  };
  return {
    names: () => setOf.keys(),
    saw(name, messages, place) {
      const set = of(name);
      uses.set(name, (uses.get(name) ?? 0) + messages);
      if (place !== undefined) set.places.add(place);
    },
    has: (name) => setOf.has(name),
    uses: (name) => uses.get(name) ?? 0,
    sameAs: (name) => setOf.get(name)?.names ?? [],
    root: (name) => of(name).root,
    join(a, b, certain) {
      const [large, small] = of(a).names.length < of(b).names.length ? [of(b), of(a)] : [of(a), of(b)];
      if (large === small || (!certain && meet(large.places, small.places))) return;
      for (const name of small.names) {
        large.names.push(name);
        setOf.set(name, large);
      }
      for (const place of small.places) large.places.add(place);
    },
  };
}

function meet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  for (const place of small) if (large.has(place)) return true;
  return false;
}
