import type { Page } from "@playwright/test";
import { bothThemes, expectNoAxeViolations, open } from "./support/checks.ts";
import { addRow } from "./support/changes.ts";
import { document, text, written } from "./support/definition.ts";
import { expect, test } from "./support/fixtures.ts";

test.use({ as: "administrator" });

const family = (page: Page) => page.getByLabel("Family", { exact: true });
const inForm = (page: Page) => page.getByText("These fields show the last document that could be");

/** Breaks the text at the family's name, which is in its second line. */
async function breakText(page: Page): Promise<string> {
  await family(page).fill("storefront");
  // Whoever goes into the text finds it up to date.
  await text(page).focus();
  const broken = (await text(page).inputValue()).replace('"storefront"', "storefront").replaceAll("256", "512");
  await text(page).fill(broken);
  return broken;
}

test("text that can't be read says where, and the form rests until it is mended", async ({ page }) => {
  await open(page, "/task-definitions/new");
  const broken = await breakText(page);
  await expect(text(page)).toHaveAccessibleDescription(/Line 2, column 13: expected value/);
  await expect(inForm(page)).toBeVisible();
  // Over the text, so that it is in sight wherever the text begins.
  const said = await page.getByText(/^Line 2, column 13/).boundingBox();
  const box = await text(page).boundingBox();
  expect(said && box && said.y < box.y).toBe(true);
  await bothThemes(page, () => expectNoAxeViolations(page));

  // The field is there to be read, and nothing typed reaches it.
  await family(page).click({ force: true });
  await page.keyboard.type("lost");
  await expect(family(page)).toHaveValue("storefront");

  await page.getByRole("button", { name: "Go to the line" }).first().click();
  await expect(text(page)).toBeFocused();
  const at = await text(page).evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart));
  expect(at).toMatch(/^storefront,/);

  // Mended where the cursor stands, all of it counts, what was changed beside the slip included.
  await page.keyboard.type('"');
  for (const _ of "storefront") await page.keyboard.press("ArrowRight");
  await page.keyboard.type('"');
  await expect(inForm(page)).toBeHidden();
  await expect.poll(() => text(page).inputValue()).toBe(broken.replace("storefront", '"storefront"'));
  await expect(page.getByLabel("CPU", { exact: true }).first()).toHaveValue("512");
  await family(page).fill("shop");
  await written(page, (document) => document.family).toBe("shop");
});

test("text that can't be read can be given up for the form's document", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await breakText(page);
  await page.getByRole("button", { name: "Give up this text" }).first().click();
  await expect(inForm(page)).toBeHidden();
  await written(page).toMatchObject({ family: "storefront", cpu: "256" });
  await family(page).fill("shop");
  await written(page, (document) => document.family).toBe("shop");
});

test("a line far down is brought into sight", async ({ page }) => {
  await open(page, "/task-definitions/new");
  const lines = Array.from({ length: 200 }, (_, at) => `    "label-${at}": "x"`).join(",\n");
  await text(page).fill(`{\n  "family": "web",\n  "x": {\n${lines}\n    oops\n  }\n}\n`);
  await page.getByRole("button", { name: "Go to the line" }).first().click();
  const place = await text(page).evaluate((area: HTMLTextAreaElement) => {
    const line = area.value.slice(0, area.selectionStart).split("\n").length;
    const height = area.scrollHeight / area.value.split("\n").length;
    return { line, top: line * height - area.scrollTop, height: area.clientHeight };
  });
  expect(place.line).toBe(204);
  expect(place.top).toBeGreaterThan(0);
  expect(place.top).toBeLessThan(place.height);
});

test("members that the console does not know are named, kept, and offered the right name", async ({ page }) => {
  await open(page, "/task-definitions/new");
  const whole = {
    ...(await document(page)),
    newMember: { kept: true },
    containerDefinitions: [{ name: "app", image: "nginx", enviroment: [{ name: "A", value: "1" }] }],
  };
  await text(page).fill(JSON.stringify(whole, null, 2));
  const advice = page.getByRole("note").filter({ hasText: "Not known to this console" });
  await expect(advice.getByRole("listitem")).toHaveText([
    /^containerDefinitions\.0\.enviroment: did you mean environment\?/,
    "newMember",
  ]);
  await expectNoAxeViolations(page);
  await advice.getByRole("button", { name: "Rename to environment" }).click();
  await expect(advice.getByRole("listitem")).toHaveText(["newMember"]);
  await expect(page.getByLabel("Value, row 1")).toHaveValue("1");
  await written(page).toEqual({
    ...whole,
    containerDefinitions: [{ name: "app", image: "nginx", environment: [{ name: "A", value: "1" }] }],
  });
});

test("the memory follows the CPU, and says so", async ({ page }) => {
  await open(page, "/task-definitions/new");
  const cpu = page.getByLabel("CPU", { exact: true }).first();
  const memory = page.getByLabel("Memory", { exact: true });
  const said = page.getByText("Memory is 2 GB now: Fargate does not offer 512 MiB with 1 vCPU.");
  await cpu.selectOption("1024");
  await expect(memory).toHaveValue("2048");
  await expect(said.first()).toBeVisible();
  await expect(page.locator("#announcer")).toHaveText(/Memory is 2 GB now/);
  await expect(memory.getByRole("option")).toHaveText(["2 GB", "3 GB", "4 GB", "5 GB", "6 GB", "7 GB", "8 GB"]);
  await written(page).toMatchObject({ cpu: "1024", memory: "2048" });
  await memory.selectOption("4096");
  await expect(page.getByRole("main").getByText(/Memory is 2 GB now/)).toBeHidden();
  await cpu.selectOption("512");
  await expect(memory).toHaveValue("4096");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("nothing typed is lost between form and text", async ({ page }) => {
    await open(page, "/task-definitions/new");
    const show = (view: string) => page.getByRole("tab", { name: view, exact: true }).click();
    await family(page).fill("storefront");
    await addRow(page, "Add variable");
    await page.getByLabel("Value, row 1").fill("not named yet");
    await page.getByText("Paste variables").click();
    await page.getByLabel("Lines of KEY=VALUE").fill("A=1");

    await show("JSON");
    await expect(family(page)).toBeHidden();
    await text(page).focus();
    const whole = { ...(await document(page)), unheardOf: { kept: [1, null, "x"] } };
    const typed = `  ${JSON.stringify(whole)}  `;
    await text(page).fill(typed);
    await show("Form");
    await expect(page.getByLabel("Value, row 1")).toHaveValue("not named yet");
    await expect(page.getByLabel("Lines of KEY=VALUE")).toHaveValue("A=1");
    await show("JSON");
    await expect(text(page)).toHaveValue(typed);

    await text(page).fill(`${typed}}`);
    await show("Form");
    await expect(inForm(page)).toBeVisible();
    await expect(family(page)).toHaveValue("storefront");
    await page.getByRole("button", { name: "Go to the line" }).filter({ visible: true }).click();
    await expect(text(page)).toBeFocused();
    await expect(text(page)).toHaveValue(`${typed}}`);
  });
});
