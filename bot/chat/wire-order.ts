/**
 * Puts messages back into the order in which the server sent them: the client reads a message with an @ longer than one
 * without, so a question overtakes what was said before it.
 *
 * In: ids as they come over the wire, and messages as they are read. Out: the messages in the order of the wire; one that is
 * read too late is not waited for.
 */

/** How long a message waits for those before it, ms. A member whom nobody knows holds his up for a minute. */
export const WAITS_FOR_OTHERS = 400;

export interface WireOrder {
  /** The server has sent a message with this id. */
  expect(id: string): void;
  /** It was read; `go` is called when its turn has come. */
  arrived(id: string, go: () => void): void;
}

/** @param later calls back after so many ms */
export function createWireOrder(later: (ms: number, call: () => void) => void): WireOrder {
  let expected: readonly string[] = [];
  const read = new Map<string, () => void>();

  const goOn = () => {
    for (;;) {
      const [first] = expected;
      const go = first === undefined ? undefined : read.get(first);
      if (first === undefined || go === undefined) return;
      expected = expected.slice(1);
      read.delete(first);
      go();
    }
  };

  return {
    expect(id) {
      if (!expected.includes(id)) expected = [...expected, id];
    },
    arrived(id, go) {
      if (!expected.includes(id)) return go();
      read.set(id, go);
      goOn();
      if (!read.has(id)) return;
      later(WAITS_FOR_OTHERS, () => {
        if (!read.has(id)) return;
        const before = expected.slice(0, expected.indexOf(id));
        expected = expected.filter((one) => !before.includes(one) || read.has(one));
        goOn();
      });
    },
  };
}
