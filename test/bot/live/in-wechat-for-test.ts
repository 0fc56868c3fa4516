/**
 * A fake WeChat and programs in it that both end with the test, so that tests may run side by side.
 *
 * In: the world, and what happens in it. Out: what the test sees of it.
 */
import { type FakeWechat, openFakeWechat } from '../../fake-wechat/server.js';
import type { World } from '../../fake-wechat/world.js';
import { newArchive, newFolder, type Program, startProgram } from './program-for-test.js';

export interface Scene {
  readonly wechat: FakeWechat;
  readonly dataDir: string;
  /** Starts the program with the same folders each time. */
  readonly start: () => Program;
}

export async function inWechat(world: World, run: (scene: Scene) => Promise<void>): Promise<void> {
  const wechat = await openFakeWechat(world);
  const dataDir = newFolder();
  const settings = { ARCHIVE: newArchive(), DATA_DIR: dataDir };
  const programs: Program[] = [];
  const start = () => {
    const program = startProgram(wechat, settings);
    programs.push(program);
    return program;
  };
  try {
    await run({ wechat, dataDir, start });
  } finally {
    for (const program of programs) program.kill('SIGKILL');
    await Promise.all(programs.map(({ ended }) => ended));
    await wechat.close();
  }
}
