// Finds the Chromium of this machine and starts it. Nothing is downloaded.
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** No window, no sandbox (CI runs in a container), no request of the browser's own, no other machine. */
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/**
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {Promise<string>} path of an executable
 * @throws {Error} with one sentence that says what to install
 */
export async function findChromium(environment = process.env) {
  if (environment.CHROMIUM) {
    if (await isExecutable(environment.CHROMIUM)) {
      return environment.CHROMIUM;
    }
    throw new Error(
      `CHROMIUM is set to ${environment.CHROMIUM}, which is no executable file: set it to the path of Chromium or Chrome, or unset it.`,
    );
  }
  const folders = (environment.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  for (const file of NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)))) {
    if (await isExecutable(file)) {
      return file;
    }
  }
  throw new Error(
    `No browser found (looked in PATH for ${NAMES.join(', ')}): install Chromium, on Debian with "apt-get install chromium", or set CHROMIUM to the path of Chromium or Chrome.`,
  );
}

/** @returns {Promise<import('playwright-core').Browser>} */
export async function launch() {
  return chromium.launch({ executablePath: await findChromium(), args: ARGUMENTS });
}

/** @param {string} file */
async function isExecutable(file) {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
