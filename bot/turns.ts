/**
 * Makes asynchronous work wait its turn.
 *
 * In: tasks, whenever they come. Out: their results; each task starts when the one before it has ended, well or badly.
 */
export function createTurns(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const turn = last.then(task, task);
    last = turn.catch(() => undefined);
    return turn;
  };
}
