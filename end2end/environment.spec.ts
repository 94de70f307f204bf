import type { Page } from "@playwright/test";
import { bothThemes, expectNoAxeViolations, open } from "./support/checks.ts";
import { addRow, putText } from "./support/changes.ts";
import { document, text, written } from "./support/definition.ts";
import { expect, test } from "./support/fixtures.ts";
import { firstAdministrator } from "./support/members.ts";

const combobox = (page: Page, name: string | RegExp) => page.getByRole("combobox", { name });
const options = (page: Page, list: string) => page.getByRole("listbox", { name: list }).getByRole("option");
const undo = (page: Page) => page.getByRole("button", { name: "Undo", exact: true });

/** Writes a document with these containers, and waits for the form to follow. */
async function write(page: Page, containers: object[]): Promise<void> {
  const whole = { ...(await document(page)), containerDefinitions: containers };
  await putText(text(page), JSON.stringify(whole, null, 2));
  await expect(page.getByRole("article")).toHaveCount(containers.length);
}

/** Counts what the pickers ask the server for. */
function countChoices(page: Page): () => number {
  let count = 0;
  page.on("request", (request) => (count += /\/read_choices/.test(request.url()) ? 1 : 0));
  return () => count;
}

const database = "arn:aws:secretsmanager:eu-central-1:000000000000:secret:production/checkout-api/database-Ab12Cd";
const key = "arn:aws:ssm:eu-central-1:000000000000:parameter/production/checkout-api/signing-key";

test.describe("with every right", () => {
  test.use({ as: "administrator" });

  test("a secret is chosen in its row by keyboard, and a key of it is named", async ({ page }) => {
    await open(page, "/task-definitions/new");
    await addRow(page, "Add secret");
    await page.keyboard.type("DATABASE_URL");
    await page.keyboard.press("Tab");
    const kept = combobox(page, "Kept at, row 1");
    await expect(kept).toBeFocused();
    await expect(kept).toHaveAttribute("aria-expanded", "false");
    await page.keyboard.press("ArrowDown");
    await expect(kept).toHaveAttribute("aria-expanded", "true");
    await expect(options(page, "secrets and parameters").first()).toBeVisible();
    await bothThemes(page, () => expectNoAxeViolations(page));
    await page.keyboard.type("production checkout-api database");
    await expect(options(page, "secrets and parameters")).toHaveCount(1);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(kept).toHaveValue(database);
    await expect(kept).toHaveAttribute("aria-expanded", "false");
    await written(page, (document) => document.containerDefinitions[0]).toMatchObject({ secrets: [{ name: "DATABASE_URL", valueFrom: database }] });

    await page.keyboard.press("Tab");
    await expect(page.getByLabel("JSON key, row 1")).toBeFocused();
    await page.keyboard.type("pass:word");
    await written(page, (document) => document.containerDefinitions[0]).toMatchObject({ secrets: [{ valueFrom: `${database}:password::` }] });
    await page.getByLabel("Version stage, row 1").fill("AWSPREVIOUS");
    await written(page, (document) => document.containerDefinitions[0]).toMatchObject({ secrets: [{ valueFrom: `${database}:password:AWSPREVIOUS:` }] });
    await bothThemes(page, () => expectNoAxeViolations(page));

    // Enter goes on to the next row, and never sends the form.
    await kept.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByLabel("Secret name, row 2")).toBeFocused();
    await combobox(page, "Kept at, row 2").click();
    await options(page, "secrets and parameters").filter({ hasText: "/production/checkout-api/signing-key" }).click();
    await written(page, (document) => document.containerDefinitions[0].secrets[1].valueFrom).toBe(key);
    await expect(page.getByLabel("JSON key, row 2")).toHaveCount(0);
    await undo(page).click();
    await written(page, (document) => document.containerDefinitions[0].secrets[1].valueFrom).toBe("");
    await expect(combobox(page, "Kept at, row 2")).toHaveValue("");
  });

  test("hundreds of secrets ask for nothing until a list is opened, and then once", async ({ page }) => {
    await open(page, "/task-definitions/new");
    const asked = countChoices(page);
    const secrets = Array.from({ length: 300 }, (_, at) => ({ name: `SECRET_${at}`, valueFrom: `/shop/${at}` }));
    const environment = Array.from({ length: 200 }, (_, at) => ({ name: `VARIABLE_${at}`, value: `${at}` }));
    await write(page, [{ name: "app", image: "nginx", environment, secrets }]);
    await page.getByRole("button", { name: "Show all" }).click();
    await expect(combobox(page, /^Kept at, row/)).toHaveCount(300);
    expect(asked()).toBe(0);
    const last = combobox(page, "Kept at, row 300");
    await last.click();
    await expect(options(page, "secrets and parameters").first()).toBeVisible();
    expect(asked()).toBe(2);
    await last.fill("/shop/other");
    await written(page, (document) => document.containerDefinitions[0].secrets[299]).toEqual({ name: "SECRET_299", valueFrom: "/shop/other" });
  });

  test("what becomes a secret can be one that is kept already", async ({ page }) => {
    await open(page, "/task-definitions/new");
    await page.getByLabel("Family", { exact: true }).fill("shop");
    await addRow(page, "Add variable");
    await page.getByLabel("Name, row 1", { exact: true }).fill("DB_PASSWORD");
    await page.getByLabel("Value, row 1").fill("hunter22");
    await page.getByRole("button", { name: "Make it a secret" }).click();
    const said = page.getByRole("note").filter({ hasText: "DB_PASSWORD is a secret now" });
    const kept = said.getByRole("combobox", { name: "Kept at" });
    await expect(kept).toHaveValue("/shop/app/DB_PASSWORD");
    await said.getByText("Show command").click();
    await expect(said.getByText("--name /shop/app/DB_PASSWORD")).toBeVisible();
    await kept.fill("database checkout-api production");
    await options(page, "secrets and parameters").first().click();
    await expect(combobox(page, "Kept at, row 1")).toHaveValue(database);
    await expect(said.getByText(`put-secret-value --secret-id ${database}`)).toBeVisible();
    await said.getByLabel(/^JSON key/).fill("password");
    await expect(said.getByText("no command changes one key alone")).toBeVisible();
    await written(page, (document) => document.containerDefinitions[0].secrets).toEqual([{ name: "DB_PASSWORD", valueFrom: `${database}:password::` }]);
    await bothThemes(page, () => expectNoAxeViolations(page));
    await said.getByRole("button", { name: "It is stored" }).click();
    await expect(said).toBeHidden();
  });

  test("a registry, a file system and a log driver choose what they are given", async ({ page }) => {
    await open(page, "/task-definitions/new");
    await page.getByText("Private registry", { exact: true }).first().click();
    const card = page.getByRole("article");
    await card.getByRole("combobox", { name: /^Credentials/ }).click();
    // A registry takes whole secrets, and no parameters.
    await options(page, "secrets").filter({ hasText: "production/checkout-api/database" }).click();
    await written(page, (document) => document.containerDefinitions[0].repositoryCredentials).toEqual({ credentialsParameter: database });
    await expect(card.getByLabel(/^JSON key/)).toHaveCount(0);
    await expect(page.getByRole("option", { name: /signing-key/ })).toHaveCount(0);

    await page.getByLabel("Log driver").selectOption("splunk");
    await addRow(card, "Add secret option");
    await page.keyboard.type("splunk-token");
    await card.getByRole("combobox", { name: "Kept at" }).fill(`${database}:token::`);
    await expect(card.getByLabel(/^JSON key/)).toHaveValue("token");
    await written(page, (document) => document.containerDefinitions[0].logConfiguration.secretOptions).toEqual([
      { name: "splunk-token", valueFrom: `${database}:token::` },
    ]);

    // Fargate has no such volume.
    const { requiresCompatibilities: _, ...whole } = await document(page);
    const authorizationConfig = { credentialsParameter: "", domain: "shop.example" };
    const volume = { name: "share", fsxWindowsFileServerVolumeConfiguration: { fileSystemId: "fs-1", rootDirectory: "share", authorizationConfig } };
    await putText(text(page), JSON.stringify({ ...whole, volumes: [volume] }, null, 2));
    const volumes = page.getByRole("group", { name: "Volumes" });
    await volumes.getByRole("combobox", { name: "Credentials" }).click();
    await options(page, "secrets and parameters").filter({ hasText: "/production/checkout-api/signing-key" }).click();
    const share = "fsxWindowsFileServerVolumeConfiguration";
    await written(page, (document) => document.volumes[0][share].authorizationConfig).toMatchObject({ credentialsParameter: key });
    await bothThemes(page, () => expectNoAxeViolations(page));
  });

  test("an environment is compared with another stage's, and takes from it what is wanted", async ({ page }) => {
    await open(page, "/task-definitions/new");
    const environment = [
      { name: "STAGE", value: "local", later: true },
      { name: "ORDERS_URL", value: "http://orders.production.shop.internal" },
      { name: "DATABASE_URL", value: "postgres://localhost" },
      { name: "ONLY_HERE", value: "1" },
    ];
    await write(page, [{ name: "checkout-api", image: "nginx", environment, secrets: [{ name: "SIGNING_KEY", valueFrom: "/local/key" }] }]);
    const begun = await document(page);
    await page.getByText("Compare with…", { exact: true }).click();
    const revision = combobox(page, "Revision to compare with");
    await revision.fill("nothing");
    await page.keyboard.press("Enter");
    await expect(revision).toHaveAccessibleDescription(/Choose a revision, as in web:3/);
    await expect(page).toHaveURL(/task-definitions\/new(\?draft=\w+)?$/);

    // First the family, then its revisions, the newest first.
    await revision.fill("checkout-api");
    await options(page, "revisions").filter({ hasText: /^checkout-api\d+ revisions$/ }).click();
    await expect(options(page, "revisions").first()).toContainText("The newest");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(revision).toHaveValue(/^checkout-api:\d+$/);
    const chosen = await revision.inputValue();
    await page.keyboard.press("Enter");
    const table = page.getByRole("region", { name: `What differs from ${chosen}` });
    const row = (name: string) => table.getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
    await expect(page.getByRole("article").getByText("3 differ, 2 are missing here, 1 is only here, 1 is the same.")).toBeVisible();
    await expect(row("STAGE")).toContainText("local");
    await expect(row("STAGE")).toContainText("production");
    // A value and a reference to a secret are told apart.
    await expect(row("DATABASE_URL").getByRole("cell").first()).toHaveText("postgres://localhost");
    await expect(row("DATABASE_URL").getByRole("cell").nth(1)).toHaveText(`Secret at ${database}`);
    await page.getByText("The same in both (1)").click();
    await expect(page.getByRole("region", { name: "The same in both" }).getByRole("rowheader")).toHaveText("ORDERS_URL");
    await bothThemes(page, () => expectNoAxeViolations(page));

    // What is taken changes this variable alone, and one step back brings it back.
    await row("STAGE").getByRole("button", { name: "Take theirs for STAGE" }).focus();
    await page.keyboard.press("Enter");
    const staged = structuredClone(begun);
    staged.containerDefinitions[0].environment[0].value = "production";
    await written(page).toEqual(staged);
    await expect(row("STAGE")).toHaveCount(0);
    await expect(table.getByRole("button").and(page.locator(":focus"))).toBeVisible();
    await undo(page).click();
    await written(page).toEqual(begun);
    await expect(row("STAGE")).toBeVisible();

    await page.getByRole("button", { name: "Take all that are missing here (2)" }).click();
    const names = () => written(page, (document) => document.containerDefinitions[0].environment.map((one: { name: string }) => one.name));
    await names().toEqual([...environment.map((one) => one.name), "LOG_LEVEL", "RELEASE"]);
    await row("DATABASE_URL").getByRole("button", { name: /^Take theirs/ }).click();
    await row("ONLY_HERE").getByRole("button", { name: "Remove here for ONLY_HERE" }).click();
    await names().toEqual(["STAGE", "ORDERS_URL", "LOG_LEVEL", "RELEASE"]);
    await written(page, (document) => document.containerDefinitions[0].secrets).toEqual([
      { name: "SIGNING_KEY", valueFrom: "/local/key" },
      { name: "DATABASE_URL", valueFrom: database },
    ]);
    await row("STAGE").getByRole("button", { name: /^Take theirs/ }).click();
    await row("SIGNING_KEY").getByRole("button", { name: /^Take theirs/ }).click();
    await expect(table).toBeHidden();
    await expect(page.getByRole("article").getByText("6 are the same.")).toBeFocused();
    for (let step = 0; step < 5; step++) await undo(page).click();
    await written(page).toEqual(begun);
  });

  test("of a revision with several containers the one of the same name is proposed", async ({ page }) => {
    await open(page, "/task-definitions/new");
    const family = "compared-stages";
    const app = (value: string) => ({ name: "app", image: "nginx", environment: [{ name: "STAGE", value }] });
    await write(page, [{ name: "proxy", image: "envoy", environment: [{ name: "PORT", value: "80" }] }, app("live")]);
    await page.getByLabel("Family", { exact: true }).fill(family);
    await page.getByRole("button", { name: "Register", exact: true }).click();
    await page.waitForURL(`**/task-definitions/${family}/1`);

    await open(page, "/task-definitions/new");
    await write(page, [app("test")]);
    await page.getByText("Compare with…", { exact: true }).click();
    await combobox(page, "Revision to compare with").fill(`${family}:2`);
    await page.getByRole("button", { name: "Compare", exact: true }).click();
    await expect(combobox(page, "Revision to compare with")).toHaveAttribute("aria-invalid", "true");
    await combobox(page, "Revision to compare with").fill(`${family}:1`);
    await page.getByRole("button", { name: "Compare", exact: true }).click();
    const other = page.getByLabel("Its container");
    await expect(other.locator("option:checked")).toHaveText("app");
    await expect(page.getByRole("article").getByText("1 differs.")).toBeVisible();
    await other.selectOption("proxy");
    await expect(page.getByRole("article").getByText("1 is missing here, 1 is only here.")).toBeVisible();
  });
});

test.describe("without a right", () => {
  // Bad weather is for everybody: this story has a console of its own.
  test.use({
    baseURL: async ({ ownConsole }, use) => use(ownConsole.url),
    storageState: { cookies: [], origins: [] },
  });

  test("the row that is opened says which right is missing, and takes what is typed", async ({ page, ownConsole }) => {
    test.slow();
    await firstAdministrator(page, ownConsole);
    await open(page, "/weather");
    await page.getByLabel("Denied operation", { exact: true }).selectOption("ListSecrets");
    await page.getByRole("button", { name: "Set denied operation" }).click();
    await expect(page.getByRole("complementary", { name: "Sandbox" })).toContainText("ListSecrets");

    await open(page, "/task-definitions/new");
    const secrets = ["A", "B"].map((name) => ({ name, valueFrom: "" }));
    await write(page, [{ name: "app", image: "nginx", secrets }]);
    await combobox(page, "Kept at, row 2").click();
    const missing = page.getByText("The console may not list secrets: grant secretsmanager:ListSecrets");
    await expect(missing).toHaveCount(1);
    await expect(missing).toBeVisible();
    await bothThemes(page, () => expectNoAxeViolations(page));
    await page.keyboard.type(database);
    await written(page, (document) => document.containerDefinitions[0].secrets[1].valueFrom).toBe(database);
    // The other list is none the worse for it.
    await combobox(page, "Kept at, row 1").click();
    await expect(missing).toHaveCount(1);
    await options(page, "secrets and parameters").filter({ hasText: "signing-key" }).first().click();
    await written(page, (document) => document.containerDefinitions[0].secrets[0].valueFrom).toContain(":parameter/");
  });
});
