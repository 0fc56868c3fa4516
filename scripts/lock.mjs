/**
 * One process at a time: a lock that survives nobody.
 *
 * In: a lock file's path and the work to do while holding it. Out: what the work returns. A lock whose owner died, or has
 * not touched it for STALE ms (another machine on a shared folder, a process number used again), is taken over.
 */
import { closeSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const STALE = 30_000;
const HEARTBEAT = 3_000;
const RETRY = 200;

export async function withLock(file, work) {
  await acquire(file);
  const heart = setInterval(() => touch(file), HEARTBEAT);
  try {
    return await work();
  } finally {
    clearInterval(heart);
    rmSync(file, { force: true });
  }
}

async function acquire(file) {
  let told = false;
  while (!claim(file)) {
    if (isAbandoned(file)) {
      takeAway(file);
      continue;
    }
    if (!told) process.stderr.write('Waiting for another start that is installing or compiling ...\n');
    told = true;
    await sleep(RETRY);
  }
}

/** Creates the file unless it is there: the operating system lets only one succeed. */
function claim(file) {
  try {
    const handle = openSync(file, 'wx');
    writeSync(handle, String(process.pid));
    closeSync(handle);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function isAbandoned(file) {
  try {
    if (Date.now() - statSync(file).mtimeMs > STALE) return true;
    const owner = Number(readFileSync(file, 'utf8'));
    // An empty file is one just being written.
    return owner > 0 && !isRunning(owner);
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Removing is itself done by one process only, else the second remover would hit the lock the first one has just renewed. */
function takeAway(file) {
  const breaker = `${file}.breaking`;
  if (!claim(breaker)) {
    try {
      if (Date.now() - statSync(breaker).mtimeMs > STALE) rmSync(breaker, { force: true });
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
    return;
  }
  try {
    if (isAbandoned(file)) rmSync(file, { force: true });
  } finally {
    rmSync(breaker, { force: true });
  }
}

function touch(file) {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // Whoever removed the lock by hand wanted it gone.
  }
}
