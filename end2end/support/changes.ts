import { expect, type Locator, type Page } from "@playwright/test";
import { open } from "./checks.ts";
import { text, written } from "./definition.ts";

/** Every form of the console, by the words on it. A story says what; this file says where. */

const field = (scope: Page | Locator, label: string | RegExp) => scope.getByLabel(label, { exact: true });
const press = (scope: Page | Locator, name: string | RegExp) =>
  scope.getByRole("button", { name, exact: typeof name === "string" }).click();

/** Adds a row, and waits for the focus to be in it: it would go there amid the typing. */
export async function addRow(scope: Page | Locator, name: string | RegExp): Promise<void> {
  await press(scope, name);
  await expect(scope.locator(":is(input, select, textarea):focus")).toBeVisible();
}

async function heading(page: Page, name: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

export async function createCluster(page: Page, name: string): Promise<void> {
  await open(page, "/clusters/new");
  await field(page, "Name").fill(name);
  await press(page, "Create cluster");
  await page.waitForURL(`**/clusters/${name}`);
  await heading(page, name);
}

export interface ContainerDraft {
  name: string;
  image: string;
  port?: number;
  variable?: [name: string, value: string];
  /** Where the shared volume is mounted. */
  mount: string;
}

/** Fills the form field by field, and finds all of it in the document beside the form. */
export async function authorTaskDefinition(
  page: Page,
  draft: { family: string; volume: string; containers: ContainerDraft[] },
): Promise<void> {
  await open(page, "/task-definitions/new");
  await field(page, "Family").fill(draft.family);
  const volumes = page.getByRole("group", { name: "Volumes" });
  await addRow(volumes, "Add volume");
  await field(volumes, "Name").fill(draft.volume);
  for (const [place, container] of draft.containers.entries()) {
    if (place > 0) await addRow(page, "Add container");
    await fillContainer(page.getByRole("article").nth(place), container, draft.volume);
  }
  await written(page, (document) => document.volumes).toEqual([{ name: draft.volume }]);
  await written(page, (document) => document.containerDefinitions).toEqual(
    draft.containers.map(({ name, image, port, variable, mount }, place) => ({
      name,
      image,
      essential: place === 0,
      ...(port && { portMappings: [{ containerPort: port, protocol: "tcp" }] }),
      ...(variable && { environment: [{ name: variable[0], value: variable[1] }] }),
      mountPoints: [{ sourceVolume: draft.volume, containerPath: mount }],
    })),
  );
  await press(page, "Register");
  await page.waitForURL(`**/task-definitions/${draft.family}/1`);
}

async function fillContainer(card: Locator, container: ContainerDraft, volume: string): Promise<void> {
  await field(card, "Name").first().fill(container.name);
  await field(card, "Image").fill(container.image);
  if (container.port) {
    await addRow(card, "Add port");
    await field(card, "Container port").fill(String(container.port));
  }
  if (container.variable) {
    await addRow(card, "Add variable");
    await field(card, "Name, row 1").fill(container.variable[0]);
    await field(card, "Value, row 1").fill(container.variable[1]);
  }
  await card.getByText("Mounts", { exact: true }).first().click();
  await addRow(card, "Add mount");
  await field(card, "Volume").selectOption(volume);
  await field(card, "Path in the container").fill(container.mount);
}

/** Registers a document through the form, as text. */
export async function register(page: Page, written: object): Promise<void> {
  await open(page, "/task-definitions/new");
  await text(page).fill(JSON.stringify(written, null, 2));
  await page.getByRole("button", { name: "Register", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: /:\d+$/ })).toBeVisible();
}

/** A new cluster has no default strategy, and Fargate tasks have to say where they live. */
async function fillFargate(page: Page): Promise<void> {
  await page.getByRole("radio", { name: /^Fargate/ }).check();
  await addRow(page.getByRole("group", { name: "Subnets" }), /^Add/);
  await field(page, "Subnet, row 1").fill("subnet-0a1b2c3d4e5f60718");
}

/** Runs tasks and leaves the page at the first of them. */
export async function runTask(
  page: Page,
  draft: { cluster: string; family: string; count: number },
): Promise<void> {
  await open(page, `/tasks/run?cluster=${draft.cluster}&revision=${draft.family}:1`);
  await field(page, "Cluster").selectOption(draft.cluster);
  await field(page, "Task definition").selectOption(draft.family);
  await field(page, "Revision").selectOption("1");
  await field(page, "How many").fill(String(draft.count));
  await fillFargate(page);
  await press(page, "Run");
  await page.waitForURL(/\/tasks(\/[0-9a-f]+|\?)/);
  if (!/\/tasks\/[0-9a-f]{32}/.test(page.url())) await taskRows(page, draft.family).first().getByRole("link").first().click();
  await page.waitForURL(/\/tasks\/[0-9a-f]{32}/);
}

export async function createService(
  page: Page,
  draft: { cluster: string; name: string; family: string; count: number },
): Promise<void> {
  await open(page, `/services/new?cluster=${draft.cluster}&revision=${draft.family}:1`);
  await field(page, "Service name").fill(draft.name);
  await field(page, "Cluster").selectOption(draft.cluster);
  await field(page, "Task definition").selectOption(draft.family);
  await field(page, "Revision").selectOption("1");
  await field(page, "Tasks").fill(String(draft.count));
  await fillFargate(page);
  await press(page, "Create service");
  await page.waitForURL(`**/clusters/${draft.cluster}/services/${draft.name}`);
  await heading(page, draft.name);
}

/** From any part of a service's page to its tasks, without leaving the document. */
export async function openTasksOfService(page: Page): Promise<void> {
  await page.getByRole("navigation", { name: /^Parts of / }).getByRole("link", { name: /^Tasks/ }).click();
  await page.waitForURL(/\?tab=tasks$/);
}

/** On a service's page. */
export async function scaleService(page: Page, count: number): Promise<void> {
  await press(page, "Scale…");
  const dialog = page.getByRole("dialog");
  await field(dialog, "Tasks").fill(String(count));
  await press(dialog, /^Scale/);
  await expect(dialog).toBeHidden();
}

/** On a task's page. */
export async function stopTask(page: Page, reason: string): Promise<void> {
  await press(page, "Stop task…");
  const dialog = page.getByRole("dialog");
  await field(dialog, "Reason").fill(reason);
  await press(dialog, /^Stop/);
  await expect(dialog).toBeHidden();
}

/** Publishes a page, and says where visitors find it. */
export async function publishStatusPage(
  page: Page,
  draft: { title: string; services: { cluster: string; service: string; publicName: string }[] },
): Promise<string> {
  await open(page, "/status-pages/new");
  await field(page, "Title").fill(draft.title);
  for (const [place, { cluster, service, publicName }] of draft.services.entries()) {
    await page.getByRole("group", { name: cluster, exact: true }).getByLabel(service, { exact: true }).check();
    await field(page, "Public name").nth(place).fill(publicName);
  }
  await field(page, "Published").check();
  await press(page, "Create status page");
  await page.waitForURL(/\/status-pages\/\d+$/);
  const link = page.getByRole("link", { name: /\/status\// });
  return (await link.getAttribute("href")) ?? "";
}

/** The rows of tasks on a list or on a service's page. */
export function taskRows(page: Page, family?: string): Locator {
  const rows = page.getByRole("region", { name: "Tasks" }).getByRole("row").filter({ has: page.getByRole("cell") });
  return family ? rows.filter({ hasText: family }) : rows;
}

/** The rows of tasks that run. */
export function runningTasks(page: Page): Locator {
  return taskRows(page).filter({ hasText: /running/i });
}

/** Puts a long text into a text area at once: typed, it would take the browser seconds. */
export async function putText(area: Locator, text: string): Promise<void> {
  await area.evaluate((area: HTMLTextAreaElement, text) => {
    area.value = text;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }, text);
}
