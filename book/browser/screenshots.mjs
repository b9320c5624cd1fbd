// Takes pictures of pages of the built book, wide and narrow, light and dark, for a person to look at
// before a page is called done; or one picture of one element, for the README.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { TARGET, findBook } from './lib/book.mjs';
import { findChromium } from './lib/chromium.mjs';
import { NARROW, Site, THEMES, WIDE } from './lib/site.mjs';

const USAGE = `Usage: node screenshots.mjs [options] page…     (a page as in the address: 03-strings.html)

  --out FOLDER        where the PNG files go         (target/screenshots)
  --theme NAME        one theme; may be repeated     (light and navy)
  --width N           one width; may be repeated     (${WIDE.width} and ${NARROW.width})
  --scale N           device pixels per CSS pixel    (1)
  --element SELECTOR  that element alone, not the page
  --window            what fits the window, not the whole page
  --host NAME         the host whose tabs are open   (the first)
  BOOK_DIR            the built book                 (target/book)`;

const VIEWPORT_HEIGHTS = new Map([WIDE, NARROW].map(({ width, height }) => [width, height]));

/** @typedef {ReturnType<typeof readOptions>} Options */

function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: 'string', default: path.relative(process.cwd(), path.join(TARGET, 'screenshots')) },
      theme: { type: 'string', multiple: true, default: ['light', 'navy'] },
      width: { type: 'string', multiple: true, default: [String(WIDE.width), String(NARROW.width)] },
      scale: { type: 'string', default: '1' },
      element: { type: 'string' },
      window: { type: 'boolean', default: false },
      host: { type: 'string' },
    },
  });
  const widths = values.width.map((width) => positive('--width', width));
  const unknown = values.theme.find((theme) => !THEMES.some((known) => known === theme));
  if (unknown !== undefined) {
    throw new Error(`--theme ${unknown} is no theme of the book: expected one of ${THEMES.join(', ')}.`);
  }
  return { ...values, widths, scale: positive('--scale', values.scale), pages: positionals };
}

/**
 * @param {string} option
 * @param {string} text
 */
function positive(option, text) {
  const number = Number(text);
  if (!(number > 0)) {
    throw new Error(`${option} ${text} is no size: expected a number above 0.`);
  }
  return number;
}

/**
 * @param {Site} site
 * @param {Options} options
 * @param {{ page: string, theme: string, width: number }} shot
 * @returns {Promise<string>} the file written
 */
async function shoot(site, options, { page, theme, width }) {
  const viewport = { width, height: VIEWPORT_HEIGHTS.get(width) ?? WIDE.height };
  const query = options.host === undefined ? '' : `?host=${encodeURIComponent(options.host)}`;
  return site.visit(page + query, { viewport, theme, scale: options.scale }, async (window) => {
    const file = path.join(
      options.out,
      `${page.replace(/\.html$/, '').replaceAll('/', '-')}-${width}-${theme}.png`,
    );
    if (options.element === undefined) {
      await window.screenshot({ path: file, fullPage: !options.window });
      return file;
    }
    const element = window.locator(options.element).first();
    if ((await element.count()) === 0) {
      throw new Error(
        `${page} has no element "${options.element}": expected a CSS selector that matches one.`,
      );
    }
    await element.screenshot({ path: file });
    return file;
  });
}

async function main() {
  const options = readOptions();
  if (options.pages.length === 0) {
    throw new Error(USAGE);
  }
  await findChromium();
  const site = await Site.open(await findBook());
  try {
    const missing = options.pages.find((page) => !site.pages.includes(page));
    if (missing !== undefined) {
      throw new Error(`The book has no page ${missing}: expected one of ${site.pages.join(', ')}.`);
    }
    await mkdir(options.out, { recursive: true });
    for (const page of options.pages) {
      for (const width of options.widths) {
        for (const theme of options.theme) {
          console.log(await shoot(site, options, { page, theme, width }));
        }
      }
    }
  } finally {
    await site.close();
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
