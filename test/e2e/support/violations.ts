/** What axe finds wrong with a page. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/**
 * What is read: everything; of another theme the colours alone, for names, roles and order are those of the first; of
 * another language all but the colours.
 */
export type Reading = 'all' | 'colours' | 'all but colours';

const colourRules = ['color-contrast', 'link-in-text-block'];

const choices: Readonly<Record<Reading, object>> = {
  all: {},
  colours: { runOnly: colourRules },
  'all but colours': { rules: Object.fromEntries(colourRules.map((rule) => [rule, { enabled: false }])) },
};

/** Each violation in one line: the rule and where. Looked at when nothing moves: axe reads the colours of one moment. */
export async function violations(page: Page, reading: Reading = 'all'): Promise<string[]> {
  await expect.poll(() => page.evaluate(movements), 'reduced motion is obeyed: nothing moves').toEqual([]);
  // Its half megabyte is compiled once for each page that is loaded, and not twice for each look.
  const isThere = await page.evaluate(() => 'axe' in window);
  const { violations: found } = await new AxeBuilder(isThere ? { page, axeSource: 'void 0' } : { page })
    .setLegacyMode()
    // What passes is neither collected nor sent here.
    .options({ resultTypes: ['violations'], ...choices[reading] })
    .analyze();
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.html}`));
}

/** The same moment in the dark theme and in the light one; leaves it dark. The console's theme is the system's. */
export async function violationsInBothThemes(page: Page): Promise<string[]> {
  const dark = await violations(page);
  await show(page, 'light');
  const light = await violations(page, 'colours');
  await show(page, 'dark');
  return [...dark.map((line) => `dark: ${line}`), ...light.map((line) => `light: ${line}`)];
}

async function show(page: Page, theme: 'dark' | 'light'): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
}

/** In the page: what a style or a script moves just now. */
function movements(): string[] {
  return document
    .getAnimations()
    .filter(({ playState }) => playState === 'running')
    .map(({ effect }) => (effect instanceof KeyframeEffect ? (effect.target?.outerHTML.slice(0, 200) ?? '') : ''));
}
