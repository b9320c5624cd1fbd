// What surrounds the rules: the sentences for a missing browser and a missing book, the server, and the
// pictures.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { buildSample } from '../lib/sample.mjs';
import { serve } from '../lib/server.mjs';
import { Site } from '../lib/site.mjs';

/** Where a PNG file keeps its width: after the signature, the length and the name of its first chunk. */
const PNG_WIDTH_OFFSET = 16;

/** @type {Awaited<ReturnType<typeof buildSample>>} */
let sample;
/** @type {string} */
let empty;

before(async () => {
  sample = await buildSample();
  empty = await mkdtemp(path.join(os.tmpdir(), 'empty-'));
});

after(async () => {
  await sample.remove();
  await rm(empty, { recursive: true });
});

/**
 * @param {string} script
 * @param {string[]} parameters
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<{ code: number, lines: string[] }>} the exit code and what stands on standard error
 */
function run(script, parameters, environment) {
  const file = fileURLToPath(new URL(`../${script}`, import.meta.url));
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [file, ...parameters],
      { env: { ...process.env, ...environment } },
      (error, _, stderr) => resolve({ code: Number(error?.code ?? 0), lines: stderr.trim().split('\n') }),
    );
  });
}

test('a machine without Chromium is told what to install', async () => {
  const { code, lines } = await run('preflight.mjs', [], {
    PATH: empty,
    CHROMIUM: '',
    BOOK_DIR: sample.folder,
  });
  assert.equal(code, 1);
  assert.deepEqual(lines, [
    'No browser found (looked in PATH for chromium, chromium-browser, google-chrome): install Chromium, on Debian with "apt-get install chromium", or set CHROMIUM to the path of Chromium or Chrome.',
  ]);
});

test('a wrong CHROMIUM is named', async () => {
  const { code, lines } = await run('preflight.mjs', [], {
    CHROMIUM: path.join(empty, 'chromium'),
    BOOK_DIR: sample.folder,
  });
  assert.equal(code, 1);
  assert.match(lines.join('\n'), /^CHROMIUM is set to .*chromium, which is no executable file: .*$/);
});

test('a missing book is named', async () => {
  const { code, lines } = await run('preflight.mjs', [], { BOOK_DIR: empty });
  assert.equal(code, 1);
  assert.match(lines.join('\n'), /^No built book in .*: run "mdbook build" first, or set BOOK_DIR .*$/);
});

test('a machine with a browser and a book is let through', async () => {
  assert.deepEqual(await run('preflight.mjs', [], { BOOK_DIR: sample.folder }), { code: 0, lines: [''] });
});

test('the server keeps to its folder', async () => {
  const server = await serve(path.join(sample.folder, 'css'));
  try {
    const statusOf = async (/** @type {string} */ address) => (await fetch(server.origin + address)).status;
    const [sheet = ''] = await readdir(path.join(sample.folder, 'css'));
    assert.equal(await statusOf(`/${sheet}`), 200);
    assert.equal(await statusOf('/..%2findex.html'), 404);
    assert.equal(await statusOf('/%'), 404);
  } finally {
    await server.close();
  }
});

test('a picture of an element is as wide as the element, times the scale', async () => {
  const out = path.join(empty, 'out');
  const parameters = [
    '--out',
    out,
    '--element',
    '.hosts',
    '--scale',
    '2',
    '--width',
    '400',
    '--theme',
    'coal',
    'strings.html',
  ];
  assert.deepEqual(await run('screenshots.mjs', parameters, { BOOK_DIR: sample.folder }), {
    code: 0,
    lines: [''],
  });
  const picture = await readFile(path.join(out, 'strings-400-coal.png'));
  const site = await Site.open(sample.folder);
  try {
    const width = await site.visit('strings.html', { viewport: { width: 400, height: 900 } }, (page) =>
      page.evaluate(() => document.querySelector('.hosts')?.getBoundingClientRect().width ?? 0),
    );
    assert.equal(picture.readUInt32BE(PNG_WIDTH_OFFSET), 2 * width);
  } finally {
    await site.close();
  }
});

for (const [parameters, sentence] of /** @type {[string[], RegExp][]} */ ([
  [['nowhere.html'], /^The book has no page nowhere\.html: expected one of .*strings\.html\.$/],
  [
    ['--theme', 'dark', 'strings.html'],
    /^--theme dark is no theme of the book: expected one of light, rust, coal, navy, ayu\.$/,
  ],
  [['--width', 'wide', 'strings.html'], /^--width wide is no size: expected a number above 0\.$/],
  [
    ['--element', '.nothing', 'strings.html'],
    /^strings\.html has no element "\.nothing": expected a CSS selector that matches one\.$/,
  ],
  [['--colour', 'strings.html'], /^Unknown option '--colour'/],
  [[], /^Usage: /],
])) {
  test(`screenshots.mjs ${parameters.join(' ')} says what is wrong`, async () => {
    const { code, lines } = await run('screenshots.mjs', ['--out', path.join(empty, 'out'), ...parameters], {
      BOOK_DIR: sample.folder,
    });
    assert.equal(code, 1);
    assert.match(lines.join('\n'), sentence);
  });
}
