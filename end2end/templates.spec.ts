import type { Locator, Page } from "@playwright/test";
import { bothThemes, expectNoAxeViolations, hydrated, open } from "./support/checks.ts";
import { text, written } from "./support/definition.ts";
import { expect, test } from "./support/fixtures.ts";

test.use({ as: "administrator" });

const LIST = "/task-definitions/templates";
const family = (page: Page) => page.getByLabel("Family", { exact: true });
const button = (scope: Page | Locator, name: string | RegExp) =>
  scope.getByRole("button", { name, exact: typeof name === "string" });
const dialog = (page: Page, name: string) => page.getByRole("dialog", { name });
const saving = (page: Page) => dialog(page, "Save as template");
const row = (page: Page, name: string) => page.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });

const DOCUMENT = {
  family: "shop",
  requiresCompatibilities: ["FARGATE"],
  networkMode: "awsvpc",
  cpu: "512",
  memory: "1024",
  containerDefinitions: [
    {
      name: "web",
      image: "shop:1",
      essential: true,
      environment: [
        { name: "MODE", value: "bright" },
        { name: "DB_PASSWORD", value: "correct-horse-battery" },
      ],
    },
    {
      name: "sync",
      image: "sync:1",
      essential: false,
      mountPoints: [{ sourceVolume: "data", containerPath: "/data" }],
    },
  ],
  volumes: [{ name: "data" }],
};

/** Opens an empty form and fills it. */
async function fill(page: Page, value: object = DOCUMENT): Promise<void> {
  await open(page, "/task-definitions/new?start=empty");
  await text(page).fill(JSON.stringify(value, null, 2));
  await expect(page.getByRole("heading", { name: "sync", exact: true })).toBeVisible();
}

/** Saves what stands in the form under that name; `more` chooses what else there is. */
async function save(page: Page, name: string, more = async (_: Locator) => {}): Promise<void> {
  await button(page, "Save as template…").click();
  await saving(page).getByLabel("Name", { exact: true }).fill(name);
  await more(saving(page));
  await button(saving(page), "Save template").click();
  await expect(saving(page)).toBeHidden();
  await expect(page.getByText(`The template ${name} is saved.`)).toBeVisible();
}

async function begin(page: Page, name: string): Promise<void> {
  await button(page, "Template…").click();
  await button(dialog(page, "Start from"), new RegExp(`^${name}`)).click();
  await expect(dialog(page, "Start from")).toBeHidden();
}

/** Chooses from the menu of a template's row. */
async function choose(page: Page, name: string, item: string | RegExp): Promise<void> {
  await button(page, `Actions for ${name}`).click();
  await page.getByRole("menuitem", { name: item }).click();
}

test("a document is saved with the keyboard alone, and another form begins from it in one step", async ({ page }) => {
  await fill(page);
  await button(page, "Save as template…").focus();
  await page.keyboard.press("Enter");
  // What looks like a secret is pointed out, and emptying is proposed.
  await expect(saving(page)).toContainText("Looks like a secret: DB_PASSWORD.");
  await expect(saving(page).getByRole("radio", { name: /^Empty them/ })).toBeChecked();
  await bothThemes(page, () => expectNoAxeViolations(page));
  await page.keyboard.press("Enter");
  const name = saving(page).getByLabel("Name", { exact: true });
  await expect(name).toHaveAccessibleDescription(/Give the template a name/);
  await expect(name).toBeFocused();
  await page.keyboard.type("Shop");
  await page.keyboard.press("Tab");
  await page.keyboard.type("For every shop");
  await page.keyboard.press("Enter");
  await expect(saving(page)).toBeHidden();

  await open(page, "/task-definitions/new");
  await family(page).fill("mine");
  await button(page, "Template…").click();
  const card = button(dialog(page, "Start from"), /^Shop/);
  await expect(card).toContainText("2 containers: web, sync");
  await expect(card).toContainText("Saved by Ada Administrator");
  await bothThemes(page, () => expectNoAxeViolations(page));
  await card.click();
  await button(dialog(page, "Replace what is in the form?"), "Replace").click();
  await expect(family(page)).toHaveValue("mine");
  await expect(page.getByRole("note").filter({ hasText: "Variables without a value: MODE, DB_PASSWORD." })).toBeVisible();
  await written(page, (document) => document.containerDefinitions[0].environment).toEqual([
    { name: "MODE", value: "" },
    { name: "DB_PASSWORD", value: "" },
  ]);
  await button(page, "Undo").click();
  await expect(page.getByRole("heading", { name: "sync", exact: true })).toBeHidden();
  await expect(family(page)).toHaveValue("mine");
});

test("a name that is taken is said at its field, and nothing typed is lost", async ({ page }) => {
  await fill(page);
  await save(page, "Taken");
  await button(page, "Save as template…").click();
  await saving(page).getByLabel("Name", { exact: true }).fill("taken");
  await saving(page).getByLabel(/^Description/).fill("kept");
  await button(saving(page), "Save template").click();
  const name = saving(page).getByLabel("Name", { exact: true });
  await expect(name).toHaveAccessibleDescription(/has a template of this name already/);
  await expect(name).toBeFocused();
  await page.keyboard.press("Escape");
  await button(page, "Save as template…").click();
  await expect(saving(page).getByLabel(/^Description/)).toHaveValue("kept");
});

test("one container becomes a sidecar, and comes with its volume", async ({ page }) => {
  await fill(page);
  await save(page, "Sync beside", async (dialog) => {
    await dialog.getByLabel("What is saved").selectOption("The container sync alone, as a sidecar");
    await expect(dialog.getByRole("radio", { name: /^Keep them/ })).toHaveCount(0);
  });
  await open(page, "/task-definitions/new?start=empty");
  await button(page, "Add a sidecar").click();
  await bothThemes(page, () => expectNoAxeViolations(page));
  await page.getByRole("menuitem", { name: /^Sync beside/ }).click();
  await expect(page.getByRole("heading", { name: "sync", exact: true })).toBeVisible();
  const together = { containerDefinitions: [{}, { name: "sync" }], volumes: [{ name: "data" }], memory: "1024" };
  await written(page).toMatchObject(together);
  await button(page, "Add a sidecar").click();
  await expect(page.getByRole("menuitem", { name: /^Sync beside/ })).toContainText("There is a container sync already.");
  await page.keyboard.press("Escape");
  await button(page, "Undo").click();
  await expect(page.getByRole("heading", { name: "sync", exact: true })).toBeHidden();
});

test("what somebody replaced meanwhile is not overwritten unasked", async ({ page, context }) => {
  await fill(page);
  await save(page, "Contested");
  const other = await context.newPage();
  const replace = async (which: Page) => {
    await button(which, "Save as template…").click();
    await saving(which).getByLabel("Save it as").selectOption("Replace Contested");
    await expect(saving(which)).toContainText("2 containers: web, sync.");
  };
  await fill(other, { ...DOCUMENT, cpu: "256" });
  await replace(page);
  await replace(other);
  await button(saving(other), "Replace template").click();
  await expect(saving(other)).toBeHidden();

  await button(saving(page), "Replace template").click();
  await expect(saving(page)).toContainText("has changed the template Contested meanwhile.");
  await expect(saving(page)).toContainText("nothing is lost");
  await bothThemes(page, () => expectNoAxeViolations(page));
  await button(saving(page), "Save mine as a new template").click();
  await saving(page).getByLabel("Name", { exact: true }).fill("Mine");
  await button(saving(page), "Save template").click();
  await expect(saving(page)).toBeHidden();
  for (const [name, cpu] of [["Contested", "256"], ["Mine", "512"]] as const) {
    await open(page, LIST);
    await page.getByRole("link", { name: `Begin from ${name}` }).click();
    await hydrated(page);
    await expect(page.getByRole("note").filter({ hasText: `the template ${name}` })).toBeVisible();
    await written(page, (document) => document.cpu).toBe(cpu);
  }
});

test("what was refused does not stand in the way of what is saved next", async ({ page, context }) => {
  await fill(page);
  await save(page, "Disputed");
  const other = await context.newPage();
  await fill(other, { ...DOCUMENT, cpu: "256" });
  for (const which of [page, other]) {
    await button(which, "Save as template…").click();
    await saving(which).getByLabel("Save it as").selectOption("Replace Disputed");
  }
  await button(saving(other), "Replace template").click();
  await expect(saving(other)).toBeHidden();
  await button(saving(page), "Replace template").click();
  await expect(saving(page)).toContainText("has changed the template Disputed meanwhile.");
  await button(saving(page), "Cancel").click();
  await save(page, "Undisputed");
  await open(page, LIST);
  await expect(row(page, "Undisputed")).toBeVisible();
});

test("the default begins every new form, says so, and can be left out", async ({ page }) => {
  await fill(page);
  await save(page, "House");
  await open(page, LIST);
  await choose(page, "House", "Make it the default");
  await expect(row(page, "House")).toContainText("Default");
  await page.getByRole("link", { name: "Register task definition" }).click();
  const note = page.getByRole("note").filter({ hasText: "It begins from the team’s default template House" });
  await expect(note).toBeVisible();
  await expect(page.getByRole("heading", { name: "sync", exact: true })).toBeVisible();
  await bothThemes(page, () => expectNoAxeViolations(page));
  await note.getByRole("link", { name: "Begin empty instead" }).click();
  await expect(note).toBeHidden();
  await expect(page.getByRole("heading", { name: "sync", exact: true })).toBeHidden();

  await open(page, LIST);
  await choose(page, "House", "Stop beginning from it");
  await expect(row(page, "House")).not.toContainText("Default");
});

test("templates are renamed, described and removed, also on a phone", async ({ page }) => {
  await fill(page);
  await save(page, "Old name");
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, LIST);
  await choose(page, "Old name", "Rename or describe…");
  const asked = dialog(page, "Rename or describe “Old name”");
  await asked.getByLabel("Name", { exact: true }).fill("New name");
  await asked.getByLabel(/^Description/).fill("What it is for");
  await bothThemes(page, () => expectNoAxeViolations(page));
  await button(asked, "Save").click();
  await expect(row(page, "New name")).toContainText("What it is for");
  await bothThemes(page, () => expectNoAxeViolations(page));
  expect(await page.evaluate(() => globalThis.document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await choose(page, "New name", "Remove…");
  await expect(dialog(page, "Remove “New name”?")).toContainText("It goes for good");
  await button(dialog(page, "Remove “New name”?"), "Keep it").click();
  await choose(page, "New name", "Remove…");
  await button(dialog(page, "Remove “New name”?"), "Remove").click();
  await expect(row(page, "New name")).toHaveCount(0);
});

test("a revision is saved as a template from its page", async ({ page }) => {
  await open(page, "/task-definitions/storefront-web/1");
  await save(page, "From a revision");
  await open(page, "/task-definitions/new?start=empty");
  await begin(page, "From a revision");
  await expect(family(page)).toHaveValue("");
});

test.describe("without WebAssembly", () => {
  test.use({ javaScriptEnabled: false });

  test("the list can be read, and a form begins from a template", async ({ page, browser, console, administrator }) => {
    const alive = await browser.newContext({ baseURL: console.url, storageState: administrator, javaScriptEnabled: true });
    const maker = await alive.newPage();
    await fill(maker);
    await save(maker, "Readable");
    await alive.close();
    await page.goto(LIST);
    await expect(row(page, "Readable")).toContainText("web, sync");
    await page.getByRole("link", { name: "Begin from Readable" }).click();
    await expect(page.getByRole("note").filter({ hasText: "the template Readable" })).toBeVisible();
    await expect(page.getByRole("heading", { name: "sync", exact: true })).toBeVisible();
  });
});
