import { bothThemes, open } from "./support/checks.ts";
import { test } from "./support/fixtures.ts";
import { addressOf, pages } from "./support/pages.ts";

const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

for (const [size, viewport] of Object.entries(sizes)) {
  for (const which of pages) {
    test.describe(`${size}, ${which.name}`, () => {
      test.use({ as: which.as, viewport });

      test(`${size}: ${which.name}`, async ({ page }) => {
        await open(page, await addressOf(page, which));
        await bothThemes(page, async (theme) => {
          const file = `${which.name.replaceAll(/\W+/g, "-")}-${size}-${theme}.png`;
          await page.screenshot({ path: `screenshots/${file}`, fullPage: true });
        });
      });
    });
  }
}
