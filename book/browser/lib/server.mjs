// Serves a built book's folder on this machine alone, for as long as a test looks at it.
// It knows files, and nothing of what is in them.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';

/**
 * The types of the files mdBook writes; a browser refuses a script or a style sheet of another type.
 *
 * @type {Record<string, string>}
 */
const CONTENT_TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** Longer than a test run: a folder does not change while it is served. */
const CACHE_SECONDS = 3600;

/**
 * Changes a text file on its way to the browser.
 *
 * @callback Alter
 * @param {string} file path inside the folder, with forward slashes
 * @param {string} text
 * @returns {string}
 */

/**
 * @param {string} folder
 * @param {Alter} [alter]
 * @returns {Promise<{ origin: string, close: () => Promise<void> }>} `origin` without a slash at its end
 */
export async function serve(folder, alter = (_file, text) => text) {
  const root = path.resolve(folder);
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    try {
      const file = inside(root, path.join(root, decodeURIComponent(pathname)));
      const body = await readFile(file);
      const extension = path.extname(file);
      const type = CONTENT_TYPES[extension] ?? 'application/octet-stream';
      const name = path.relative(root, file).replaceAll(path.sep, '/');
      response.writeHead(200, { 'content-type': type, 'cache-control': `max-age=${CACHE_SECONDS}` });
      response.end(/\.(css|html|js|json|svg)$/.test(extension) ? alter(name, body.toString()) : body);
    } catch {
      response.writeHead(404, { 'content-type': 'text/plain' });
      response.end(`${pathname} is not in the book's folder`);
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * @param {string} root
 * @param {string} file
 * @returns {string} the file, if it lies in the root
 */
function inside(root, file) {
  if (!file.startsWith(root + path.sep)) {
    throw new Error(`${file} lies outside ${root}`);
  }
  return file;
}
