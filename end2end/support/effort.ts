import { type Page, test } from "@playwright/test";

/** What a way through the console asks of a person. */
export interface Effort {
  /** Presses of the pointer. */
  clicks: number;
  /** Fields that were typed into or chosen in. */
  inputs: number;
}

/** Counts from here on what the page is asked for, as the page hears of it. */
export async function countEffort(page: Page): Promise<() => Promise<Effort>> {
  await page.evaluate(() => {
    const fields = new Set<EventTarget>();
    const effort = { clicks: 0, inputs: 0 };
    Object.assign(window, { effort });
    const field = (event: Event) => {
      if (event.isTrusted === false && !(event.target instanceof HTMLSelectElement)) return;
      if (event.target) fields.add(event.target);
      effort.inputs = fields.size;
    };
    for (const kind of ["input", "change"]) addEventListener(kind, field, true);
    // A key on a button is a click too, of no pointer.
    addEventListener("click", (event) => (effort.clicks += event.detail > 0 ? 1 : 0), true);
  });
  return async () => {
    const effort = await page.evaluate(() => (window as unknown as { effort: Effort }).effort);
    const said = `${effort.clicks} clicks, ${effort.inputs} fields`;
    test.info().annotations.push({ type: "effort", description: said });
    console.log(`    ${test.info().title}: ${said}`);
    return effort;
  };
}
