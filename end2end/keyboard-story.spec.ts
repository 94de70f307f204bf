import type { Locator, Page } from "@playwright/test";
import { open } from "./support/checks.ts";
import { text, written } from "./support/definition.ts";
import { expect, test } from "./support/fixtures.ts";
import { moveFocus, tabTo, traceOfKeys } from "./support/keyboard.ts";

/** Nothing in this file presses a pointer or sets the focus: there are keys, and what they lead to. */
test.use({ as: "administrator", trace: traceOfKeys });

const names = (page: Page) => written(page, (document) => document.containerDefinitions.map(({ name }: { name: string }) => name));
const button = (scope: Page | Locator, name: string | RegExp) => scope.getByRole("button", { name, exact: typeof name === "string" });
const field = (page: Page, path: string) => page.locator(`[id="${path}"]`);

/** Goes to a control and presses it. */
async function press(page: Page, control: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await tabTo(page, control, key);
  await page.keyboard.press("Enter");
}

/** From a button of the page to a field, by the search. */
async function find(page: Page, words: string, path: string): Promise<void> {
  const search = page.getByRole("combobox", { name: "Find a field" });
  await tabTo(page, search, "Shift+Tab");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(words);
  const option = page.getByRole("listbox", { name: "Fields" }).getByRole("option");
  await expect(option.first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(field(page, path)).toBeFocused();
}

/** Opens a dialog by its button, and finds the focus back there when Escape has closed it. */
async function openAndClose(page: Page, opener: Locator, dialog: string | RegExp, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await press(page, opener, key);
  const open = page.getByRole("dialog", { name: dialog });
  await expect(open).toBeVisible();
  await moveFocus(page, "Tab");
  await expect(open.locator(":focus")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(open).toBeHidden();
  await expect(opener).toBeFocused();
}

test("a task definition is written, registered and run by keyboard alone", async ({ page }) => {
  test.setTimeout(480_000);
  await open(page, "/task-definitions/new");
  const keys = page.keyboard;

  // The search takes the first key, and leads to the first field.
  await keys.press("/");
  await expect(page.getByRole("combobox", { name: "Find a field" })).toBeFocused();
  await keys.type("family");
  await expect(page.getByRole("listbox", { name: "Fields" }).getByRole("option").first()).toContainText("Family");
  await keys.press("Enter");
  await expect(page.getByLabel("Family", { exact: true })).toBeFocused();
  await keys.type("by-keys");
  await tabTo(page, page.getByRole("combobox", { name: "Image" }));
  await keys.type("nginx:1.27");
  await keys.press("Escape");

  // Rows of a container: a port, a variable, and Enter for the next one.
  await press(page, button(page, "Add port"));
  await tabTo(page, page.getByLabel("Container port", { exact: true }));
  await keys.press("ControlOrMeta+a");
  await keys.type("8080");
  await press(page, button(page, "Add variable"));
  await expect(page.getByLabel("Name, row 1", { exact: true })).toBeFocused();
  await keys.type("LEVEL");
  await moveFocus(page, "Tab");
  await keys.type("info");
  await keys.press("Enter");
  await expect(page.getByLabel("Value, row 2", { exact: true }).or(page.getByLabel("Name, row 2", { exact: true })).and(page.locator(":focus"))).toBeVisible();
  await press(page, button(page, "Remove variable, row 2"));
  await expect(button(page, "Remove variable, row 1")).toBeFocused();

  // A fold opens by Space as by Enter; a select is chosen in by its letters.
  await tabTo(page, page.getByLabel("Log driver"));
  await keys.type("awslogs");
  await expect(page.getByLabel("Log driver")).toHaveValue("awslogs");
  await tabTo(page, page.locator("summary").filter({ hasText: "CPU and memory" }));
  await keys.press("Space");
  await tabTo(page, field(page, "containerDefinitions.0.cpu"));
  await keys.type("128");

  // A second container: doubled, moved, removed, brought back.
  await press(page, button(page, "Duplicate app"), "Shift+Tab");
  await expect(field(page, "containerDefinitions.1.name")).toBeFocused();
  await keys.press("ControlOrMeta+a");
  await keys.type("side");
  await names(page).toEqual(["app", "side"]);
  await keys.press("Alt+ArrowUp");
  await names(page).toEqual(["side", "app"]);
  await keys.press("Alt+ArrowDown");
  await names(page).toEqual(["app", "side"]);
  const side = page.getByRole("article").nth(1);
  await press(page, side.getByRole("button", { name: "Remove side", exact: true }));
  await names(page).toEqual(["app"]);
  await press(page, button(page, "Bring side back"), "Shift+Tab");
  await names(page).toEqual(["app", "side"]);
  // Where the button was that is gone, the next key still leads on from somewhere near.
  await moveFocus(page, "Tab");

  // A volume, and its mount.
  await press(page, button(page, "Add volume"));
  await expect(field(page, "volumes.0.name")).toBeFocused();
  await keys.type("data");
  const mounts = page.getByRole("article").first().locator("summary").filter({ hasText: "Mounts" });
  await press(page, mounts, "Shift+Tab");
  await press(page, button(page.getByRole("article").first(), "Add mount"));
  await expect(field(page, "containerDefinitions.0.mountPoints.0.sourceVolume")).toBeFocused();
  await keys.type("data");
  await tabTo(page, field(page, "containerDefinitions.0.mountPoints.0.containerPath"));
  await keys.type("/data");
  await written(page, (document) => document.containerDefinitions[0].mountPoints).toEqual([{ sourceVolume: "data", containerPath: "/data" }]);

  // A combobox: the list opens, an arrow marks, Enter takes.
  await find(page, "execution role", "executionRoleArn");
  await keys.press("ArrowDown");
  const roles = page.getByRole("listbox", { name: "roles" }).filter({ visible: true });
  await expect(roles.getByRole("option").first()).toBeVisible();
  await keys.press("ArrowDown");
  await keys.press("Enter");
  await expect(field(page, "executionRoleArn")).toHaveValue(/^arn:aws:iam::/);

  // Undo and redo rest in a field, and work beside it.
  await press(page, button(page, "Undo"), "Shift+Tab");
  await expect(field(page, "executionRoleArn")).toHaveValue("");
  await expect(page.locator("#announcer")).toHaveText(/^Taken back: /);
  await keys.press("ControlOrMeta+Shift+z");
  await expect(field(page, "executionRoleArn")).toHaveValue(/^arn:aws:iam::/);

  // Dialogs and a menu give the focus back to what opened them.
  await openAndClose(page, button(page, "Hand over…"), "Hand over this draft", "Shift+Tab");
  await openAndClose(page, button(page, "Discard draft"), "Discard this draft?");
  await openAndClose(page, button(page, "Export…"), "Export", "Shift+Tab");
  await openAndClose(page, button(page, "Existing revision…"), "Start from", "Shift+Tab");
  await openAndClose(page, button(page, "Paste or drop…"), "Start from", "Shift+Tab");
  await openAndClose(page, button(page, "Template…"), "Start from", "Shift+Tab");
  const sidecars = button(page, "Add a sidecar");
  await press(page, sidecars);
  await expect(page.getByRole("menuitem").first()).toBeFocused();
  await keys.press("ArrowDown");
  await expect(page.getByRole("menuitem").nth(1)).toBeFocused();
  await keys.press("Escape");
  await expect(sidecars).toBeFocused();

  // The text: in by Tab, on by Tab and back by Shift+Tab; its views turn by arrows.
  const tab = (name: string) => page.getByRole("tab", { name, exact: true }).filter({ visible: true });
  await tabTo(page, tab("JSON"));
  await keys.press("ArrowRight");
  await expect(tab("Review")).toBeFocused();
  await expect(page.getByRole("tabpanel", { name: "Review" })).toBeVisible();
  await keys.press("ArrowLeft");
  await expect(tab("JSON")).toBeFocused();
  await tabTo(page, text(page));
  await keys.press("ControlOrMeta+Home");
  await keys.press("ArrowRight");
  await keys.type(' "newMember": 1,');
  await keys.press("Escape");
  await written(page, (document) => document.newMember).toBe(1);
  // It is the last stop of the page.
  await keys.press("Tab");
  await expect(text(page)).not.toBeFocused();
  await tabTo(page, text(page), "Shift+Tab");
  await moveFocus(page, "Shift+Tab");
  await expect(text(page)).not.toBeFocused();

  // It is registered, and runs.
  await press(page, button(page, "Register"), "Shift+Tab");
  await page.waitForURL("**/task-definitions/by-keys/1");
  await expect(page.getByRole("heading", { level: 1, name: "by-keys:1" })).toBeFocused();
  await press(page, page.getByRole("link", { name: "Run tasks", exact: true }));
  await expect(page.getByRole("heading", { level: 1, name: /^Run/ })).toBeFocused();
  await tabTo(page, page.getByLabel("Cluster", { exact: true }));
  await keys.type("production");
  await tabTo(page, page.getByRole("radio", { name: /^(Fargate|The cluster|Default)/ }).first());
  await expect(page.getByLabel("Task definition", { exact: true })).toHaveValue("by-keys");
  const fargate = page.getByRole("radio", { name: /^Fargate/ });
  for (let turns = 0; !(await fargate.isChecked()); turns += 1) {
    expect(turns).toBeLessThan(4);
    await keys.press("ArrowDown");
  }
  await tabTo(page, page.getByLabel("Subnet, row 1"));
  await keys.type("subnet-0a1b2c3d4e5f60718");
  await keys.press("Escape");
  await press(page, button(page, "Run"));
  await page.waitForURL(/\/tasks\/[0-9a-f]{32}/);
});
