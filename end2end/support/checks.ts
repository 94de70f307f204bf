import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** The console marks its body once WebAssembly has taken the page over. */
export async function hydrated(page: Page): Promise<void> {
  await expect(page.locator('body[data-hydrated="true"]')).toBeAttached({ timeout: 30_000 });
}

/** Opens an address and waits until it is alive. */
export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await hydrated(page);
}

export async function expectNoAxeViolations(page: Page): Promise<void> {
  // Nothing here has frames; looking for them opens one more page each time.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const words = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html).join("\n  ")}`,
  );
  expect(words.join("\n"), page.url()).toBe("");
}

export type Theme = "light" | "dark";

/** Does the same in both themes, as the system asks for them. */
export async function bothThemes(page: Page, run: (theme: Theme) => Promise<void>): Promise<void> {
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await run(theme);
  }
}

/** Remembers this document, to tell later that it was never loaded again. */
export async function sameDocument(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => Object.assign(window, { firstDocument: true }));
  return async () => {
    expect(await page.evaluate(() => "firstDocument" in window), "the page was loaded again").toBe(true);
  };
}
