import type { Locator, Page } from "@playwright/test";
import { open } from "./support/checks.ts";
import { register } from "./support/changes.ts";
import { document, text, written } from "./support/definition.ts";
import { expect, test } from "./support/fixtures.ts";

/** What is shown beside the fields follows the document, and somebody may stand in it meanwhile: the
 * typing is not yet counted for when they leave the field, or a teammate types in the same draft. */
test.use({ as: "administrator" });

/** Takes the last change back and does it again while a control has the focus, and finds the focus still there. */
async function keepsTheFocus(page: Page, control: Locator, done: () => Promise<void>, undone: () => Promise<void>): Promise<void> {
  await done();
  await control.focus();
  await page.keyboard.press("ControlOrMeta+z");
  await undone();
  await expect(control).toBeFocused();
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await done();
  await expect(control).toBeFocused();
}

/** Writes a document beside the form, as one step of its own. */
async function put(page: Page, value: object): Promise<void> {
  await text(page).fill(JSON.stringify(value));
  await page.getByRole("heading", { level: 1 }).focus();
}

const container = (name: string, rest: object) => ({ name, image: `${name}:1.0`, ...rest });
const region = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

test("what is told beside the fields keeps the focus while it changes", async ({ page }) => {
  await open(page, "/task-definitions/new");
  const start = await document(page);
  const write = async (port: number, volume: string, condition: string, level: string) => {
    const value = {
      ...start,
      volumes: [{ name: volume }],
      containerDefinitions: [
        container("app", { portMappings: [{ containerPort: port }], environment: [{ name: "LEVEL", value: level }], mountPoints: [{ sourceVolume: volume, containerPath: "/data" }] }),
        container("side", { dependsOn: [{ containerName: "app", condition }] }),
      ],
    };
    await put(page, value);
    await written(page, (document) => document.volumes).toEqual([{ name: volume }]);
  };
  await write(8080, "data", "START", "info");
  await page.getByText("What the program sees").first().click();
  await expect(region(page, "What the program sees")).toContainText("info");
  await write(9090, "dota", "COMPLETE", "debug");

  for (const [name, done, undone] of [
    ["Ports of all containers", "9090", "8080"],
    ["Volumes by containers", "dota", "data"],
    ["Picture of the order", "ended", "started"],
    ["What the program sees", "debug", "info"],
  ] as const) {
    const told = region(page, name);
    await keepsTheFocus(page, told, () => expect(told).toContainText(done), () => expect(told).toContainText(undone));
  }
});

test("a line of the list of problems keeps the focus while others come and go", async ({ page }) => {
  await open(page, "/task-definitions/new");
  const start = await document(page);
  const list = region(page, "Problems and advice");
  await put(page, { ...start, cpu: "512", memory: "1024" });
  await put(page, { ...start, cpu: "513", memory: "1024" });
  const family = list.getByRole("button", { name: "Family", exact: true });
  const count = page.getByRole("link", { name: /\d problems/ });
  await expect(list).toContainText("Fargate offers");
  const before = await count.innerText();
  const undone = async () => {
    await expect(list).not.toContainText("Fargate offers");
    await expect(count).not.toHaveText(before);
  };
  for (const control of [family, count]) await keepsTheFocus(page, control, () => expect(count).toHaveText(before), undone);
});

test("the review keeps the focus, and what was unfolded in it, while the document changes", async ({ page }) => {
  const environment = [
    { name: "A", value: "1" },
    { name: "B", value: "2" },
  ];
  const whole = (image: string, environment: object[]) => ({
    family: "looked-at",
    containerDefinitions: [{ name: "app", image, memory: 128, essential: true, environment }],
  });
  await register(page, whole("shop/app:1.0", environment));
  await open(page, "/task-definitions/new?from=looked-at:1");
  const turned = environment.toReversed();
  await put(page, whole("shop/app:1.1", turned));
  await expect(page.getByText("Against looked-at:1: image tag 1.0 to 1.1.")).toBeVisible();
  await put(page, whole("shop/app:1.2", turned));
  await expect(page.getByText("Against looked-at:1: image tag 1.0 to 1.2.")).toBeVisible();

  await page.getByRole("tab", { name: "Review", exact: true }).filter({ visible: true }).click();
  const panel = page.getByRole("tabpanel", { name: "Review" });
  await panel.getByRole("button", { name: "Show the lines of the JSON" }).click();
  const alike = panel.locator("summary").filter({ hasText: "Written otherwise" });
  await alike.click();
  await expect(alike.locator("..")).toHaveAttribute("open");

  const lines = region(page, "Lines that differ");
  await keepsTheFocus(page, lines, () => expect(lines).toContainText("app:1.2"), () => expect(lines).toContainText("app:1.1"));
  const hide = panel.getByRole("button", { name: "Hide the lines of the JSON" });
  const says = (words: string) => () => expect(panel).toContainText(words);
  for (const control of [alike, hide]) await keepsTheFocus(page, control, says("1.0 to 1.2"), says("1.0 to 1.1"));
  await expect(alike.locator("..")).toHaveAttribute("open");
});

test("a fold is filled as soon as it is pressed, for the next key to go into it", async ({ page }) => {
  await open(page, "/task-definitions/new");
  const environment = [{ name: "LEVEL", value: "info" }];
  await put(page, { ...(await document(page)), containerDefinitions: [container("app", { environment })] });
  await expect(page.getByLabel("Name, row 1", { exact: true })).toHaveValue("LEVEL");
  for (const [words, within] of [
    ["Health check", "Usual checks"],
    ["No role yet? Make one", "aws iam create-role"],
    ["What the program sees", "LEVEL"],
  ] as const) {
    const summary = page.locator("summary").filter({ hasText: words }).first();
    // The browser tells of an open fold in a task of its own, which comes after all of this.
    const filled = await summary.evaluate(async (summary: HTMLElement) => {
      const before = summary.parentElement!.textContent;
      summary.click();
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      return [before, summary.parentElement!.textContent];
    });
    expect(filled[0], words).not.toContain(within);
    expect(filled[1], words).toContain(within);
  }
});
