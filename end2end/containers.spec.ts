import type { Locator, Page } from "@playwright/test";
import { bothThemes, expectNoAxeViolations, open } from "./support/checks.ts";
import { addRow, putText } from "./support/changes.ts";
import { document, text, written } from "./support/definition.ts";
import { expect, test } from "./support/fixtures.ts";

test.use({ as: "administrator" });

const cards = (page: Page) => page.getByRole("article");
const rows = (scope: Page | Locator) => scope.getByRole("table").first().locator("tbody tr");

/** Writes a document as text, and waits for the form to follow. */
async function write(page: Page, value: { containerDefinitions: object[] }): Promise<void> {
  await putText(text(page), JSON.stringify(value, null, 2));
  await expect(cards(page)).toHaveCount(value.containerDefinitions.length);
}

async function paste(page: Page, lines: string): Promise<void> {
  const box = page.getByLabel("Lines of KEY=VALUE");
  if (!(await box.isVisible())) await page.getByText("Paste variables").click();
  await box.fill(lines);
  await page.getByRole("button", { name: "Add these lines" }).click();
}

const wait = (containerName: string, condition = "START") => ({ containerName, condition });

test("lines, JSON and docker run are pasted into the table, and what is wrong says its line", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await paste(page, "A=1\nodd\n");
  const box = page.getByLabel("Lines of KEY=VALUE");
  await expect(box).toHaveAccessibleDescription(/Line 2: There is no = sign/);
  await expect(box).toHaveValue("A=1\nodd\n");
  await paste(page, '# all kinds\nexport A=1\nB="two\nlines"\r\nC=\n');
  await expect(box).toHaveValue("");
  await paste(page, '{"D": 4, "A": "9"}');
  await paste(page, "docker run -e 'E=five five' --rm nginx");
  const environment = [
    { name: "A", value: "9" },
    { name: "B", value: "two\nlines" },
    { name: "C", value: "" },
    { name: "D", value: "4" },
    { name: "E", value: "five five" },
  ];
  await written(page, (document) => document.containerDefinitions[0].environment).toEqual(environment);
  await expect(rows(page)).toHaveCount(5);
  await expect(page.getByLabel("Value, row 2")).toHaveValue("two\nlines");

  // Typing in one row changes that row, and keeps the line break of the other.
  await page.getByLabel("Value, row 1").fill("10");
  environment[0]!.value = "10";
  await written(page, (document) => document.containerDefinitions[0].environment).toEqual(environment);
});

test("a file of variables comes in and goes out", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await page.getByLabel("Import a file…").setInputFiles({
    name: "web.env",
    mimeType: "text/plain",
    buffer: Buffer.from("A=1\nB='$x y'\n"),
  });
  await expect(page.getByLabel("Value, row 2")).toHaveValue("$x y");
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as .env" }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toBe("app.env");
  const stream = await download.createReadStream();
  expect(Buffer.concat(await stream.toArray()).toString()).toBe("A=1\nB='$x y'\n");
});

test("duplicates are marked at both rows, and rows are filtered and sorted", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await write(page, {
    ...(await document(page)),
    containerDefinitions: [
      {
        name: "app",
        image: "nginx",
        environment: [
          { name: "B", value: "1" },
          { name: "A", value: "2" },
          { name: "B", value: "3" },
        ],
      },
    ],
  });
  await expect(page.getByText("This name is there twice.")).toHaveCount(2);
  await page.getByRole("button", { name: "Name", exact: true }).click();
  await expect(rows(page).getByLabel(/^Name, row/).first()).toHaveValue("A");
  await page.getByLabel("Filter variables").fill("a");
  await expect(rows(page)).toHaveCount(1);
  await page.getByLabel("Filter variables").fill("");
  await page.getByLabel("Show", { exact: true }).selectOption("twice");
  await expect(rows(page)).toHaveCount(2);
  // Nothing of this is a change.
  await written(page, (document) => document.containerDefinitions[0].environment.map((v: { name: string }) => v.name)).toEqual(["B", "A", "B"]);
  await page.getByRole("button", { name: "Remove variable, row 3" }).click();
  await expect(page.getByText("This name is there twice.")).toHaveCount(0);
});

test("what looks like a secret becomes one, and its value is not lost", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await page.getByLabel("Family", { exact: true }).fill("shop");
  await addRow(page, "Add variable");
  await page.getByLabel("Name, row 1", { exact: true }).fill("DB_PASSWORD");
  await page.getByLabel("Value, row 1").fill("hunter22");
  await expect(page.getByText("Its name says that it is a password.")).toBeVisible();
  await bothThemes(page, () => expectNoAxeViolations(page));
  await page.getByRole("button", { name: "Make it a secret" }).click();
  const said = page.getByRole("note").filter({ hasText: "DB_PASSWORD is a secret now" });
  await expect(said).toContainText("/shop/app/DB_PASSWORD");
  await written(page, (document) => document.containerDefinitions[0]).toMatchObject({ secrets: [{ name: "DB_PASSWORD", valueFrom: "/shop/app/DB_PASSWORD" }] });
  await written(page, (document) => document.containerDefinitions[0].environment).toBeUndefined();
  await expect(page.getByLabel("Kept at, row 1")).toBeFocused();
  await said.getByText("Show value", { exact: true }).click();
  await expect(said.getByText("hunter22", { exact: true })).toBeVisible();

  // Who leaves now would lose the value, and is asked.
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Stay", exact: false }).click();
  await said.getByRole("button", { name: "Put it back" }).click();
  await expect(said).toBeHidden();
  await written(page, (document) => document.containerDefinitions[0].environment).toEqual([{ name: "DB_PASSWORD", value: "hunter22" }]);
});

test("the focus follows the rows of the table", async ({ page }) => {
  await open(page, "/task-definitions/new");
  for (const [add, name, remove] of [
    ["Add variable", "Name, row", "Remove variable, row"],
    ["Add secret", "Secret name, row", "Remove secret, row"],
  ]) {
    await page.getByRole("button", { name: add }).click();
    await expect(page.getByLabel(`${name} 1`, { exact: true })).toBeFocused();
    // Enter goes on to the next row, and never sends the form.
    await page.keyboard.press("Enter");
    await expect(page.getByLabel(`${name} 2`, { exact: true })).toBeFocused();
    await page.getByRole("button", { name: `${remove} 1` }).click();
    await expect(page.getByRole("button", { name: `${remove} 1` })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: add })).toBeFocused();
  }
  await expect(page).toHaveURL(/task-definitions\/new(\?draft=\w+)?$/);
});

test("a container that was removed comes back, and every step can be taken back", async ({ page }) => {
  await open(page, "/task-definitions/new");
  const named = (name: string) => ({ name, image: `${name}:1`, essential: true, unheardOf: [1] });
  const whole = { ...(await document(page)), containerDefinitions: ["web", "db", "log"].map(named) };
  await write(page, whole);
  const names = () => written(page, (document) => document.containerDefinitions.map((c: { name: string }) => c.name));

  await cards(page).nth(1).getByRole("button", { name: "Remove" }).last().click();
  await expect(cards(page)).toHaveCount(2);
  await expect(page.getByText("Removed container db.")).toBeVisible();
  await page.getByRole("button", { name: "Bring db back" }).click();
  await expect(cards(page)).toHaveCount(3);
  await written(page).toEqual(whole);
  await expect(cards(page).nth(1).getByRole("combobox", { name: "Image" })).toHaveValue("db:1");

  // One field typed in is one step, whatever the number of keys.
  await cards(page).nth(0).getByRole("combobox", { name: "Image" }).fill("");
  await cards(page).nth(0).getByRole("combobox", { name: "Image" }).pressSequentially("web:2");
  await expect(page.getByText("Changed Image")).toBeVisible();
  await page.getByRole("heading", { level: 1 }).focus();
  await page.keyboard.press("Control+z");
  await written(page).toEqual(whole);
  await page.keyboard.press("Control+Shift+z");
  await written(page, (document) => document.containerDefinitions[0].image).toBe("web:2");

  // Inside a field the browser's own undo works, and the form's rests.
  await cards(page).nth(2).getByRole("button", { name: "Move up" }).click();
  await names().toEqual(["web", "log", "db"]);
  await cards(page).nth(0).getByRole("combobox", { name: "Image" }).focus();
  await page.keyboard.press("Control+z");
  await names().toEqual(["web", "log", "db"]);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await names().toEqual(["web", "db", "log"]);

  await cards(page).nth(0).getByRole("button", { name: "web", exact: true }).focus();
  await page.keyboard.press("Alt+ArrowDown");
  await expect(cards(page).nth(1).getByRole("button", { name: "web", exact: true })).toBeFocused();
  await names().toEqual(["db", "web", "log"]);
});

test("with many containers the cards are folded, and the index leads to each", async ({ page }) => {
  await open(page, "/task-definitions/new");
  const containerDefinitions = Array.from({ length: 10 }, (_, at) => ({
    name: `c${at}`,
    image: `nginx:${at}`,
    portMappings: [{ containerPort: 8000 + at }],
  }));
  await write(page, { ...(await document(page)), containerDefinitions });
  const last = cards(page).nth(9);
  await expect(last.getByText("nginx:9 · port 8009")).toBeVisible();
  await expect(last.getByRole("combobox", { name: "Image" })).toBeHidden();
  const index = page.getByRole("navigation", { name: "Containers" });
  await index.getByRole("button", { name: "c9" }).click();
  await expect(last.getByLabel("Name", { exact: true }).first()).toBeFocused();
  await index.getByRole("button", { name: "Fold all", exact: true }).click();
  await expect(last.getByRole("combobox", { name: "Image" })).toBeHidden();
  await bothThemes(page, () => expectNoAxeViolations(page));
});

test("the overview shows circles, ports in each other's way, mounts and what is left of the task", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await write(page, {
    ...(await document(page)),
    cpu: "1024",
    memory: "2048",
    volumes: [{ name: "data" }],
    containerDefinitions: [
      { name: "web", image: "web", cpu: 512, portMappings: [{ containerPort: 80 }], dependsOn: [wait("api")] },
      { name: "api", image: "api", cpu: 256, portMappings: [{ containerPort: 80 }], dependsOn: [wait("web", "HEALTHY"), wait("gone")] },
      { name: "log", image: "log", mountPoints: [{ sourceVolume: "data", containerPath: "/data", readOnly: true }] },
    ],
  });
  await expect(page.getByText("CPU: 768 of 1024 units, 256 left")).toBeVisible();
  await expect(page.getByText("web → api → web")).toBeVisible();
  const order = page.getByRole("list", { name: "Order" }).getByRole("listitem");
  await expect(order).toHaveText([
    "web starts when api has started (in a circle).",
    "api starts when web is healthy (in a circle).",
    "api waits for gone, which is not in this task.",
  ]);
  await expect(page.getByRole("region", { name: "Ports of all containers" })).toContainText("web has this port too.");
  await expect(page.getByRole("region", { name: "Volumes by containers" })).toContainText("/data read only");
  await bothThemes(page, () => expectNoAxeViolations(page));

  // What can't be waited for says why.
  const card = cards(page).nth(0);
  await card.getByText("Order and stopping").click();
  const condition = card.getByLabel("Start when it");
  await expect(condition.getByRole("option", { name: /^is healthy/ })).toHaveText("is healthy (api has no health check)");
  await expect(condition.getByRole("option", { name: /^is healthy/ })).toBeDisabled();
});

test("a command is typed as a line, a check is chosen, a log driver says what it can be told", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await page.getByText("Command", { exact: true }).first().click();
  await page.getByRole("textbox", { name: /^Command/ }).fill("nginx -g 'daemon off;'");
  await written(page, (document) => document.containerDefinitions[0].command).toEqual(["nginx", "-g", "daemon off;"]);
  await page.getByRole("textbox", { name: /^Command/ }).fill("echo $HOME");
  await page.getByRole("button", { name: "Run it by a shell" }).click();
  await written(page, (document) => document.containerDefinitions[0].command).toEqual(["sh", "-c", "echo $HOME"]);

  await page.getByText("Health check", { exact: true }).first().click();
  await page.getByLabel("Usual checks").selectOption("port");
  await written(page, (document) => document.containerDefinitions[0].healthCheck).toEqual({ command: ["CMD-SHELL", "nc -z localhost 80 || exit 1"] });
  await page.getByRole("combobox", { name: /^Health check/ }).selectOption("CMD");
  await page.getByLabel("Check", { exact: true }).fill("pg_isready -U app");
  await written(page, (document) => document.containerDefinitions[0].healthCheck.command).toEqual(["CMD", "pg_isready", "-U", "app"]);

  const driver = page.getByLabel("Log driver");
  await expect(driver.getByRole("option", { name: /^gelf/ })).toBeDisabled();
  // What most containers tell this driver is told at once; a name that comes later brings its group.
  await driver.selectOption("awslogs");
  const usual = { "awslogs-stream-prefix": "app", "awslogs-create-group": "true", mode: "non-blocking" };
  const region = expect.stringMatching(/^[a-z]+-[a-z]+-\d$/);
  await written(page, (document) => document.containerDefinitions[0].logConfiguration).toEqual({
    logDriver: "awslogs",
    options: { ...usual, "awslogs-region": region },
  });
  await page.getByLabel("Family", { exact: true }).fill("shop");
  await page.getByRole("button", { name: "Use the group /ecs/shop" }).click();
  await page.getByLabel("Region", { exact: true }).fill("eu-west-1");
  await written(page, (document) => document.containerDefinitions[0].logConfiguration.options).toEqual({
    ...usual,
    "awslogs-group": "/ecs/shop",
    "awslogs-region": "eu-west-1",
  });
});

test("a part of a command keeps its line breaks while it is edited", async ({ page }) => {
  await open(page, "/task-definitions/new");
  const command = ["sh", "-c", "set -e\nexec app", "one\r\ntwo"];
  const dockerLabels = { note: "first\nsecond" };
  await write(page, { ...(await document(page)), containerDefinitions: [{ name: "app", image: "nginx", command, dockerLabels }] });
  await page.getByText("Command", { exact: true }).first().click();
  await page.getByText("Part by part (4)").click();
  const part = page.getByLabel("Part, row 3");
  await expect(part).toHaveValue("set -e\nexec app");
  await part.focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" now");
  command[2] = "set -e\nexec app now";
  await written(page, (document) => document.containerDefinitions[0].command).toEqual(command);
  // A part begins a line with Enter, and stays the same field when its last break goes.
  await page.keyboard.press("Enter");
  await page.keyboard.type("end");
  command[2] = "set -e\nexec app now\nend";
  await written(page, (document) => document.containerDefinitions[0].command).toEqual(command);
  await part.fill("true");
  await expect(part).toBeFocused();
  command[2] = "true";
  await written(page, (document) => document.containerDefinitions[0].command).toEqual(command);

  await page.getByText("Docker labels", { exact: true }).first().click();
  await page.getByLabel("Value, row 1").fill("first\nthird");
  await written(page, (document) => document.containerDefinitions[0].dockerLabels).toEqual({ note: "first\nthird" });
});

test("a field takes nothing from the one that stood in its place", async ({ page }) => {
  await open(page, "/task-definitions/new");
  const options = { "awslogs-group": "/ecs/shop", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "app" };
  const app = (logConfiguration: object) => ({ name: "app", image: "nginx", logConfiguration });
  const put = async (logs: object) => write(page, { ...(await document(page)), containerDefinitions: [app(logs)] });
  await put({ logDriver: "awslogs", options });
  await expect(page.getByLabel("Region", { exact: true })).toHaveValue("eu-west-1");
  // The same controls are built anew for the options of the other driver.
  const splunk = { logDriver: "splunk", options: { "splunk-url": "https://splunk.example.org" } };
  await put(splunk);
  await expect(page.getByLabel("Log driver")).toHaveValue("splunk");
  await page.getByLabel("Family", { exact: true }).fill("shop");
  await written(page).toMatchObject({ family: "shop" });
  expect((await document(page)).containerDefinitions).toEqual([app(splunk)]);
});

test("hundreds of variables are shown a part at a time", async ({ page }) => {
  await open(page, "/task-definitions/new");
  const environment = Array.from({ length: 500 }, (_, at) => ({ name: `VARIABLE_${at}`, value: `${at}` }));
  await write(page, { ...(await document(page)), containerDefinitions: [{ name: "app", image: "nginx", environment }] });
  await expect(rows(page)).toHaveCount(100);
  await page.getByRole("button", { name: "Show all" }).click();
  await expect(rows(page)).toHaveCount(500);
  await page.getByLabel("Value, row 500").fill("last");
  await written(page, (document) => document.containerDefinitions[0].environment[499]).toEqual({ name: "VARIABLE_499", value: "last" });
});

test("looking at everything changes nothing", async ({ page }) => {
  await open(page, "/task-definitions/new");
  const whole = {
    ...(await document(page)),
    containerDefinitions: [
      {
        unheardOf: { kept: [1, null] },
        name: "app",
        image: "nginx",
        command: ["sh", "-c", "one\ntwo\r\n  three", ""],
        entryPoint: [],
        environment: [
          { value: "a\r\nb\n", name: "LINES", later: true },
          { name: "EMPTY", value: "" },
          { name: "ODD\nNAME" },
        ],
        secrets: [{ name: "S", valueFrom: "x", later: 1 }],
        environmentFiles: [{ type: "s3", value: "arn:aws:s3:::b/x.env" }],
        healthCheck: { command: ["CMD-SHELL", "two", "lines\nhere"], interval: 30 },
        logConfiguration: { options: { tag: "x", "awslogs-group": "g", other: "y" }, logDriver: "awslogs", secretOptions: [] },
        portMappings: [{ containerPortRange: "8000-8010" }, { hostPort: 0, containerPort: 80, later: null }],
        dependsOn: [{ condition: "HEALTHY", containerName: "gone" }],
        mountPoints: [{ sourceVolume: "gone", containerPath: "/x", readOnly: false }],
      },
    ],
  };
  const typed = JSON.stringify(whole, null, 1);
  await text(page).fill(typed);
  await expect(page.getByLabel("Value, row 1", { exact: true }).first()).toHaveValue("a\nb\n");
  for (const summary of await cards(page).first().locator("summary").all()) await summary.click();
  await expect(page.getByLabel("Start when it", { exact: true })).toBeVisible();
  await expect(text(page)).toHaveValue(typed);
  // One member that is touched is all that changes.
  await page.getByLabel("Value, row 2", { exact: true }).first().fill("2");
  (whole.containerDefinitions[0].environment[1] as { value: string }).value = "2";
  await written(page).toEqual(whole);
});
