/** The same bits in a browser: the engine's sample in headless Chromium, in Node, and by the reference. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { rolldown } from 'rolldown';
import { describe, expect, it } from 'vitest';
import { create, reference } from '../../src/engine/engine.ts';
import { sample } from './browser/sample.ts';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const browser = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((path) => path !== undefined && existsSync(path));

/** The page's program as one script. */
const bundled = async (): Promise<string> => {
  const bundle = await rolldown({
    input: fileURLToPath(new URL('browser/page.ts', import.meta.url)),
    platform: 'browser',
    logLevel: 'silent',
  });
  const { output } = await bundle.generate({ format: 'iife' });
  return output[0].code;
};

const inBrowser = async (executablePath: string): Promise<unknown> => {
  const running = await chromium.launch({ executablePath, args: FLAGS });
  try {
    const page = await running.newPage();
    await page.addScriptTag({ content: await bundled() });
    return await page.evaluate('globalThis.computed');
  } finally {
    await running.close();
  }
};

describe('bits that do not depend on the machine', () => {
  it('are those of the reference on the engine, in Node', () => {
    expect(sample(create())).toEqual(sample(reference));
  });

  if (browser === undefined)
    it.skip('SKIPPED: no browser was found (CHROMIUM_PATH names one; Debian: chromium), so bits in it were not compared', () => {});
  else
    it('are those of Node in a browser', async () => {
      expect(await inBrowser(browser)).toEqual(sample(create()));
    });
});
