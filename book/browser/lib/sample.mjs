// Builds the sample book with the real theme into a folder of its own. The folder has the layout of the
// repository, so that the sample's book.toml names the theme as the real one does.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const SAMPLE = fileURLToPath(new URL('../fixtures/book', import.meta.url));
const THEME = fileURLToPath(new URL('../../theme', import.meta.url));

/**
 * @returns {Promise<{ folder: string, remove: () => Promise<void> }>} the built book, until it is removed
 * @throws {Error} with one sentence, if mdbook is absent
 */
export async function buildSample() {
  const root = await mkdtemp(path.join(os.tmpdir(), 'sample-book-'));
  await cp(path.join(SAMPLE, 'book.toml'), path.join(root, 'book.toml'));
  await cp(path.join(SAMPLE, 'src'), path.join(root, 'book', 'src'), { recursive: true });
  await cp(THEME, path.join(root, 'book', 'theme'), { recursive: true });
  try {
    await promisify(execFile)('mdbook', ['build', root]);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new Error('mdbook is not in PATH: install it with "cargo install --locked mdbook@0.5.4".');
    }
    throw error;
  }
  return {
    folder: path.join(root, 'target', 'book'),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
