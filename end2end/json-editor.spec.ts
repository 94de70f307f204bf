import type { Page } from "@playwright/test";
import { putText } from "./support/changes.ts";
import { bothThemes, expectNoAxeViolations, open } from "./support/checks.ts";
import { text } from "./support/definition.ts";
import { expect, test } from "./support/fixtures.ts";

test.use({ as: "administrator" });

const offers = (page: Page) => page.getByRole("listbox", { name: "Suggestions" });
const about = (page: Page) => page.locator("#document-about");
const numbers = (page: Page) => page.locator(".json-numbers > span");

/** Puts the cursor behind the first place of some words. */
async function cursorAfter(page: Page, words: string): Promise<void> {
  await text(page).focus();
  await text(page).evaluate((area: HTMLTextAreaElement, words) => {
    const at = area.value.indexOf(words) + words.length;
    area.setSelectionRange(at, at);
  }, words);
}

/** A document as a person writes it, in no tool's format. */
const byHand = `{
    "family" : "storefront", "cpu": "256",

    "memory": "512",
    "networkMode": "awsvpc",
    "requiresCompatibilities": [ "FARGATE" ],
    "newMember": { "kept": [1.0, 1e3] },
    "containerDefinitions": [
        { "name": "app", "image": "nginx:1.27", "essential": true }
    ]
}
`;

test("a change in the form rewrites its own place in the text, and nothing else", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await text(page).fill(byHand);
  await page.getByLabel("Family", { exact: true }).fill("shop");
  await expect(text(page)).toHaveValue(byHand.replace("storefront", "shop"));
  await page.getByLabel("Image", { exact: true }).fill("nginx:1.28");
  const changed = byHand.replace("storefront", "shop").replace("1.27", "1.28");
  await expect(text(page)).toHaveValue(changed);

  // And the other way: what is typed in the text is in the form at once.
  await text(page).fill(changed.replace("shop", "till"));
  await expect(page.getByLabel("Family", { exact: true })).toHaveValue("till");
  await expect(text(page)).toHaveValue(changed.replace("shop", "till"));
});

test("names and values are offered while they are typed, and undo takes them back", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await text(page).fill('{\n  "family": "web",\n  "cpu": "256"\n}\n');
  await cursorAfter(page, '"256"');
  await page.keyboard.type(",");
  await page.keyboard.press("Enter");
  await page.keyboard.type('"netw');
  await expect(offers(page).getByRole("option").first()).toContainText("networkMode");
  await expect(text(page)).toHaveAttribute("aria-activedescendant", "document-offer-0");
  await bothThemes(page, () => expectNoAxeViolations(page));
  await page.keyboard.press("Enter");

  // The values follow at once, with what each is for.
  const values = offers(page).getByRole("option");
  await expect(values.filter({ hasText: "awsvpc" })).toBeVisible();
  await page.keyboard.type("a");
  await expect(values.first()).toContainText("awsvpc");
  await page.keyboard.press("Tab");
  await expect(offers(page)).toBeHidden();
  const whole = '{\n  "family": "web",\n  "cpu": "256",\n  "networkMode": "awsvpc"\n}\n';
  await expect(text(page)).toHaveValue(whole);
  await expect(text(page)).toBeFocused();
  await expect(about(page)).toContainText("Network mode");

  await page.keyboard.press("Control+z");
  await expect(text(page)).not.toHaveValue(whole);

  // Without an offer, Tab leaves the text.
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(text(page)).not.toBeFocused();
});

test("offers are asked for, walked through and closed by keyboard", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await text(page).fill('{\n  "volumes": [{"name": "data"}, {"name": "cache"}],\n  "containerDefinitions": [{"name": "app", "mountPoints": [{"sourceVolume": ""}]}]\n}');
  await cursorAfter(page, '"sourceVolume": "');
  await page.keyboard.press("Control+Space");
  await expect(offers(page).getByRole("option")).toHaveText([/^data/, /^cache/]);
  await page.keyboard.press("ArrowDown");
  await expect(offers(page).getByRole("option", { selected: true })).toHaveText(/^cache/);
  await page.keyboard.press("Escape");
  await expect(offers(page)).toBeHidden();
  await page.keyboard.press("Control+Space");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(text(page)).toHaveValue(/"sourceVolume": "cache"/);
});

test("lines with findings are marked, and told where the cursor stands", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await text(page).fill(byHand.replace('"awsvpc"', '"bridge"'));
  await expect(numbers(page).nth(6)).toHaveAttribute("data-mark", "advice");
  const refused = page.locator('.json-numbers > span[data-mark="refused"]');
  await expect(refused.first()).toBeVisible();
  const line = Number(await refused.first().textContent());
  await page.getByLabel("Line", { exact: true }).fill(String(line));
  await page.getByLabel("Line", { exact: true }).press("Enter");
  await expect(text(page)).toBeFocused();
  await expect(about(page)).toContainText(`Line ${line}`);
  await expect(about(page).locator('[data-mark="refused"]')).not.toBeEmpty();

  // The marks are on the member that is not known, with a way there from the list.
  await page.getByRole("button", { name: "newMember", exact: true }).click();
  await expect(about(page)).toContainText("Not known to this console");
  await expect(about(page)).toContainText("Line 7");
  await bothThemes(page, () => expectNoAxeViolations(page));
});

test("a name that stands twice is said, and a template is called one", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await text(page).fill('{\n  "family": "web",\n  "cpu": "256",\n  "cpu": "512"\n}');
  await expect(text(page)).toHaveAccessibleDescription(/Line 4, column 3: cpu stands twice in this object, also in line 3/);
  await text(page).fill('{\n  "family": {{ family }},\n  "cpu": "256",\n}');
  await expect(text(page)).toHaveAccessibleDescription(/this looks like a template for Jinja, Helm or Handlebars/);
  await expect(page.getByRole("listitem").filter({ hasText: "this comma is the last one" })).toBeVisible();
  await expect(numbers(page).nth(1)).toHaveAttribute("data-mark", "refused");
});

test("slips whose mending is plain are mended at once", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await text(page).fill("{\n  // the shop\n  family: 'web',\n  \"cpu\": \"256\",\n}");
  await page.getByRole("button", { name: "Mend 4 slips" }).first().click();
  await expect(text(page)).toHaveValue('{\n  \n  "family": "web",\n  "cpu": "256"\n}');
  await expect(page.getByLabel("Family", { exact: true })).toHaveValue("web");
});

test("a long document is painted where it is looked at", async ({ page }) => {
  await open(page, "/task-definitions/new");
  // Members without fields, so that it is the text alone that is long.
  const rows = Array.from({ length: 800 }, (_, at) => ({ name: `MEMBER_${at}`, value: `value number ${at} of many` }));
  const written = { family: "web", newMember: rows, containerDefinitions: [{ name: "app", image: "nginx" }] };
  await putText(text(page), JSON.stringify(written, null, 2));
  await page.getByLabel("Line", { exact: true }).fill("2000");
  await page.getByLabel("Line", { exact: true }).press("Enter");
  await expect(numbers(page).filter({ hasText: /^2000$/ })).toBeInViewport();
  expect(await numbers(page).count()).toBeLessThan(200);
  // Line 2000 and its neighbours: one of three names a member.
  const lines = (await text(page).inputValue()).split("\n").slice(1998, 2002);
  const name = lines.find((line) => line.includes('"name"'))?.trim() ?? "no member there";
  await expect(page.locator(".json-paint pre")).toContainText(name);
  // What is painted lies behind what is typed, also far down.
  const middle = await text(page).evaluate((area: HTMLTextAreaElement) => {
    const padding = Number.parseFloat(getComputedStyle(area).paddingTop);
    const line = (area.scrollHeight - 2 * padding) / area.value.split("\n").length;
    return area.getBoundingClientRect().top + padding + 1999.5 * line - area.scrollTop;
  });
  const number = await numbers(page).filter({ hasText: /^2000$/ }).boundingBox();
  expect(Math.abs(middle - (number ? number.y + number.height / 2 : 0))).toBeLessThan(3);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("the text fits and can be written in", async ({ page }) => {
    await open(page, "/task-definitions/new");
    await page.getByRole("tab", { name: "JSON", exact: true }).click();
    await text(page).fill('{\n  "family": "web",\n  "net"\n}');
    await cursorAfter(page, '"net');
    await page.keyboard.type("w");
    const list = await offers(page).boundingBox();
    expect(list && list.x >= 0 && list.x + list.width <= 390).toBe(true);
    await offers(page).getByRole("option").first().click();
    await expect(text(page)).toHaveValue(/"networkMode": ""/);
    await expect(text(page)).toBeFocused();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});
