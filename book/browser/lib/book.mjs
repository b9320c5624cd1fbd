// Finds a built book and its pages on disk. It knows no page by name: a page is an HTML file with a
// <main>, which leaves out mdBook's redirects and the sidebar's frame.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** What is built and not kept. */
export const TARGET = fileURLToPath(new URL('../../../target', import.meta.url));

/**
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {Promise<string>} the folder of the built book
 * @throws {Error} with one sentence, if no book is there
 */
export async function findBook(environment = process.env) {
  const folder = path.resolve(environment.BOOK_DIR ?? path.join(TARGET, 'book'));
  const pages = await findPages(folder).catch(() => []);
  if (pages.length === 0) {
    throw new Error(
      `No built book in ${path.relative(process.cwd(), folder) || folder}: run "mdbook build" first, or set BOOK_DIR to the folder that holds its index.html.`,
    );
  }
  return folder;
}

/**
 * @param {string} folder
 * @returns {Promise<string[]>} paths of the pages inside the folder, with forward slashes, sorted
 */
export async function findPages(folder) {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.html'));
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
  return files
    .filter((_, index) => /<main[\s>]/.test(texts[index] ?? ''))
    .map((file) => file.replaceAll(path.sep, '/'))
    .sort();
}
