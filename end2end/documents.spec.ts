import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Page } from "@playwright/test";
import { open } from "./support/checks.ts";
import { program } from "./support/console.ts";
import { expect, test } from "./support/fixtures.ts";
import { putText } from "./support/changes.ts";
import { type Fate, type Written, throughTheForm } from "./support/documents.ts";

/*
 * Every document comes through the form whole: documents of chance, and those of a folder.
 *
 *   BERTH_DOCUMENT_COUNT   how many of chance; 100 when it is left out
 *   BERTH_DOCUMENT_FIRST   the seed of the first one; 0 when it is left out
 *   BERTH_DOCUMENTS        a folder of documents of one's own, which are read where they lie
 *
 * Of those of chance, 25 at most are registered, too.
 */
const count = Number(process.env.BERTH_DOCUMENT_COUNT ?? 100);
const first = Number(process.env.BERTH_DOCUMENT_FIRST ?? 0);
const folder = process.env.BERTH_DOCUMENTS;

/** So many go through one page: the page's own memory is bounded, and a failure says which. */
const AT_ONCE = 100;

test.use({ as: "administrator" });

function ofChance(): Written[] {
  const made = resolve(dirname(program), "examples/documents");
  const lines = execFileSync(made, [String(count), String(first)], { encoding: "utf8", maxBuffer: 1 << 30 });
  return lines
    .split("\n")
    .filter((line) => line !== "")
    .map((line, at) => ({ name: `seed ${first + at}`, text: JSON.parse(line) as string }));
}

function inFolder(folder: string): Written[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
  return files.sort().map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
}

/** The form waits for the typing to pause. Here it has always paused: no such wait lasts. */
async function waitForNobody(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const LONGEST_PAUSE = 500;
    const wait = window.setTimeout;
    const hurry = (handler: TimerHandler, after = 0, ...given: unknown[]) =>
      wait(handler, after > LONGEST_PAUSE ? after : 0, ...given);
    window.setTimeout = hurry as typeof wait;
  });
}

async function all(page: Page, documents: Written[]): Promise<Fate[]> {
  const fates: Fate[] = [];
  await waitForNobody(page);
  for (let at = 0; at < documents.length; at += AT_ONCE) {
    await open(page, "/task-definitions/new");
    const some = documents.slice(at, at + AT_ONCE);
    fates.push(...(await page.evaluate(throughTheForm, some)));
  }
  return fates;
}

/** Says what became of them, and fails with those that were harmed. */
function judge(fates: Fate[]): void {
  const whole = fates.filter(({ harm }) => harm === "");
  const rested = whole.filter(({ readable }) => !readable).length;
  const touched = whole.filter(({ touched }) => touched !== "").length;
  const said = `${whole.length} of ${fates.length} came through, ${touched} of them with a second field touched, ${rested} could not be read and stayed as typed`;
  test.info().annotations.push({ type: "documents", description: said });
  if (process.env.BERTH_DOCUMENT_COUNT || folder) console.log(said);
  const harmed = fates.filter(({ harm }) => harm !== "").map(({ name, harm }) => `${name}: ${harm}`);
  expect(harmed, `${harmed.length} of ${fates.length}`).toEqual([]);
}

test("documents of chance come through the form whole", async ({ page }) => {
  test.setTimeout(60_000 + count * 3_000);
  const documents = ofChance();
  expect(documents).toHaveLength(count);
  judge(await all(page, documents));
});

test("documents of a folder come through the form whole", async ({ page }) => {
  test.skip(!folder, "BERTH_DOCUMENTS names no folder");
  const documents = inFolder(folder ?? "");
  expect(documents.length, "the folder holds no .json").toBeGreaterThan(0);
  test.setTimeout(60_000 + documents.length * 4_000);
  judge(await all(page, documents));
});

/** What ECS fills in where nothing was said. */
const FILLED_IN = [
  /^(volumes|placementConstraints)$/,
  /^tags\.\d+\.value$/,
  /^containerDefinitions\.\d+\.(cpu|essential|portMappings|environment|mountPoints|volumesFrom|systemControls)$/,
  /^containerDefinitions\.\d+\.portMappings\.\d+\.(hostPort|protocol)$/,
  /^containerDefinitions\.\d+\.healthCheck\.(interval|timeout|retries)$/,
];

/** The paths at which two values differ, but for what ECS fills in. */
function differences(sent: unknown, described: unknown, path = ""): string[] {
  const at = (step: string) => (path ? `${path}.${step}` : step);
  if (sent === undefined && FILLED_IN.some((filled) => filled.test(path))) return [];
  if (typeof sent !== "object" || typeof described !== "object" || !sent || !described) {
    return Object.is(sent, described) ? [] : [path];
  }
  const steps = new Set([...Object.keys(sent), ...Object.keys(described)]);
  const member = (value: object, step: string) => (value as Record<string, unknown>)[step];
  return [...steps].flatMap((step) => differences(member(sent, step), member(described, step), at(step)));
}

test("what is registered is what ECS describes", async ({ page }) => {
  // Each is registered by hand, so to speak: some, spread over all.
  const sample = Math.min(25, Math.max(1, Math.floor(count / 10)));
  const documents = ofChance().filter((_, at) => at % Math.floor(count / sample) === 0).slice(0, sample);
  test.setTimeout(30_000 + documents.length * 15_000);
  for (const { name, text } of documents) {
    const { family } = JSON.parse(text);
    await open(page, "/task-definitions/new");
    await putText(page.getByLabel("Document", { exact: true }), text);
    await expect(page.getByLabel("Family", { exact: true })).toHaveValue(family);
    await page.getByRole("button", { name: "Register", exact: true }).click();
    await page.waitForURL(`**/task-definitions/${family}/1`);
    await page.getByRole("button", { name: "Export…" }).click();
    const described = page.getByRole("dialog", { name: "Export" }).getByRole("region", { name: "JSON" });
    expect(differences(JSON.parse(text), JSON.parse(await described.innerText())), name).toEqual([]);
  }
  test.info().annotations.push({ type: "registered", description: `${documents.length} documents` });
});
