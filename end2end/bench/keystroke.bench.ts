import type { CDPSession, Page } from "@playwright/test";
import { putText } from "../support/changes.ts";
import { open } from "../support/checks.ts";
import { text } from "../support/definition.ts";
import { expect, test } from "../support/fixtures.ts";

/** What a key costs the browser while a large task definition is written. It prints figures and asserts none. */

test.use({ world: "empty", as: "administrator" });

const KEYS = 40;
/** Longer than anything waits for a pause in the typing. */
const QUIET_MS = 1_500;

/** Ten containers with fifty variables each. */
function large(): object {
  const environment = Array.from({ length: 50 }, (_, at) => ({ name: `VARIABLE_${at}`, value: `value ${at}` }));
  const container = (at: number) => ({
    name: `c${at}`,
    image: "nginx:1.27",
    memory: 128,
    essential: at === 0,
    portMappings: [{ containerPort: 8000 + at }],
    healthCheck: { command: ["CMD-SHELL", "true"] },
    environment,
  });
  return {
    family: "web",
    requiresCompatibilities: ["FARGATE"],
    networkMode: "awsvpc",
    cpu: "1024",
    memory: "2048",
    containerDefinitions: Array.from({ length: 10 }, (_, at) => container(at)),
  };
}

/** The middle, the 90th percentile and the greatest. */
function spread(values: number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return [at(0.5), at(0.9), at(1)].map((value) => value.toFixed(1).padStart(7)).join("");
}

/** Milliseconds that the page's main thread has worked, by kind of work. */
async function worked(cdp: CDPSession): Promise<Map<string, number>> {
  const { metrics } = await cdp.send("Performance.getMetrics");
  return new Map(metrics.map(({ name, value }) => [name, value * 1000]));
}

interface Traced {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds. */
  ts: number;
  dur: number;
  args: { data?: { type?: string } };
}

/** For each key, the longest that the page could take nothing else: milliseconds of its longest task. */
function longest(trace: Buffer): number[] {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: Traced[] };
  const keys = traceEvents.filter(({ name, args }) => name === "EventDispatch" && args.data?.type === "keydown");
  return keys.map((key, at) => {
    const ends = keys[at + 1]?.ts ?? Infinity;
    const tasks = traceEvents.filter(
      ({ name, ph, pid, tid, ts, dur }) =>
        name === "ThreadControllerImpl::RunTask" && ph === "X" && pid === key.pid && tid === key.tid && ts < ends && ts + dur > key.ts,
    );
    return Math.max(...tasks.map(({ dur }) => dur / 1000));
  });
}

declare global {
  interface Window {
    /** For each key: milliseconds until the page can take the next event. */
    answered: number[];
  }
}

async function measure(page: Page, cdp: CDPSession, what: string, id: string): Promise<void> {
  const browser = page.context().browser()!;
  const field = page.locator(`[id="${id}"]`);
  await field.focus();
  await page.keyboard.press("End");
  await page.keyboard.type("warm");
  await page.waitForTimeout(QUIET_MS);
  await page.evaluate(() => {
    window.answered = [];
  });
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline"] });
  const before = await worked(cdp);
  for (let key = 0; key < KEYS; key++) {
    await page.keyboard.type("x");
    // Ten keys a second, as a quick typist has them.
    await page.waitForTimeout(100);
  }
  await page.waitForTimeout(QUIET_MS);
  const after = await worked(cdp);
  const tasks = longest(await browser.stopTracing());
  const answered = await page.evaluate(() => window.answered);
  expect([answered.length, tasks.length]).toEqual([KEYS, KEYS]);
  const each = (name: string) => ((after.get(name) ?? 0) - (before.get(name) ?? 0)) / KEYS;
  const kinds = ["TaskDuration", "ScriptDuration", "LayoutDuration", "RecalcStyleDuration"];
  const work = kinds.map((kind) => each(kind).toFixed(1).padStart(7)).join("");
  console.log(`${what.padEnd(40)}${spread(answered)}   ${spread(tasks)}   ${work}`);
}

test("a key in a document of ten containers and 500 variables", async ({ page }) => {
  test.setTimeout(300_000);
  await page.addInitScript(() => {
    window.answered = [];
    window.addEventListener(
      "input",
      () => {
        const began = performance.now();
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => window.answered.push(performance.now() - began);
        port2.postMessage(null);
      },
      { capture: true },
    );
  });
  await open(page, "/task-definitions/new");
  await putText(text(page), JSON.stringify(large(), null, 2));
  await expect(page.getByRole("article")).toHaveCount(10);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable");
  console.log(`${"ms for a key".padEnd(40)}          answered             longest task               each`);
  console.log(`${"".padEnd(40)} median    90%    max    median    90%    max      all script layout  style`);
  await page.locator('[id="containerDefinitions.0-card"]').click();
  await measure(page, cdp, "family, every container folded", "family");
  await page.locator('[id="containerDefinitions.4-card"]').click();
  await measure(page, cdp, "a container's name, that one open", "containerDefinitions.4.name");
  await measure(page, cdp, "a variable's value, that one open", "containerDefinitions.4.environment.7.value");
  for (const at of [0, 1, 2, 3, 5, 6, 7, 8, 9]) {
    await page.locator(`[id="containerDefinitions.${at}-card"]`).click();
  }
  await expect(page.locator('[id="containerDefinitions.9.environment.49.value"]')).toBeVisible();
  await measure(page, cdp, "family, all ten open", "family");
  await measure(page, cdp, "a variable's value, all ten open", "containerDefinitions.4.environment.7.value");
  await page.locator('[id="containerDefinitions.4.name"]').fill("n".repeat(300));
  await measure(page, cdp, "a name with an error, all ten open", "containerDefinitions.4.name");
});
