import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const program = resolve(process.env.BERTH_BIN ?? "../target/debug/berth");
const site = resolve(process.env.BERTH_SITE ?? "../target/site");

/** One running console with a database and a sandbox world of its own. */
export interface Console {
  url: string;
  /** Everything it has written so far. */
  output(): string;
  /** The one-time link that the first start prints. */
  setUpLink(): string;
  stop(): Promise<void>;
}

/** An endpoint of one's own wants requests signed, by whom it does not matter. */
const credentials = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_REGION: "eu-central-1" };

/** What ECS holds: one of the sandbox's worlds, or nothing, because it cannot be reached. */
export type World = "demo" | "empty" | "large" | "unreachable";

/** Starts the real program and waits until it says that it is ready. */
export async function startConsole(world: World = "demo"): Promise<Console> {
  const directory = await mkdtemp(join(tmpdir(), "berth-end2end-"));
  const url = `http://127.0.0.1:${await freePort()}`;
  const child = spawn(
    program,
    [
      "serve",
      ...["--listen", url.slice("http://".length)],
      ...["--public-url", url],
      ...["--database", `sqlite:${join(directory, "berth.db")}`],
      ...(world === "unreachable"
        ? ["--ecs", "http://127.0.0.1:9"]
        : ["--sandbox-state", join(directory, "sandbox.json"), "--sandbox-seed", world]),
      ...["--site", site],
    ],
    // Its own directory: a developer's berth.toml and variables stay out of the story.
    { cwd: directory, env: { PATH: process.env.PATH, HOME: directory, ...credentials } },
  );
  let written = "";
  child.stdout.on("data", (bytes) => (written += bytes));
  child.stderr.on("data", (bytes) => (written += bytes));
  let failure = "";
  child.on("error", (error) => (failure = error.message));
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);

  const stop = async () => {
    process.off("exit", kill);
    await ended(child);
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await ready(url, () => failure || (child.exitCode === null ? "" : `it ended with ${child.exitCode}`));
  } catch (error) {
    await stop();
    throw new Error(`${program} did not start: ${(error as Error).message}\n${written}`);
  }
  return {
    url,
    output: () => written,
    setUpLink() {
      const link = /https?:\/\/\S*\/set-up\/\S+/.exec(written)?.[0];
      if (!link) throw new Error(`no set-up link in:\n${written}`);
      return link;
    },
    stop,
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (!address || typeof address === "string") throw new Error("no free port");
  return address.port;
}

/** Asks until it answers, it has ended, or 30 seconds have passed. */
async function ready(url: string, trouble: () => string): Promise<void> {
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    if (trouble()) throw new Error(trouble());
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((again) => setTimeout(again, 100));
  }
  throw new Error("it was not ready within 30 seconds");
}

/** Asks it to end, and insists after the ten seconds it has for that. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const exit = new Promise((done) => child.once("exit", done));
  child.kill("SIGTERM");
  const insist = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await exit;
  clearTimeout(insist);
}
