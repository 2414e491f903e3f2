// Sends a backlog from a BullMQ queue, for comparison: node sender.mjs REDIS_PORT BACKLOG CONCURRENCY PROCESSES
//
// Asked by lines. "load" fills the queue with the backlog, "send" sends it; "steady RATE MS URL" adds jobs one by one while the senders run.
// Each is answered with one line of JSON.
import { fork } from "node:child_process";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { Queue } from "bullmq";

const [port, backlog, concurrency, processes] = process.argv.slice(2);
const connection = { host: "127.0.0.1", port: Number(port) };
const queue = new Queue("deliveries", { connection });

async function load() {
  await queue.obliterate({ force: true });
  let jobs = [];
  for await (const line of createInterface({ input: createReadStream(backlog) })) {
    jobs.push({ name: "delivery", data: JSON.parse(line) });
    if (jobs.length === 1000) {
      await queue.addBulk(jobs);
      jobs = [];
    }
  }
  await queue.addBulk(jobs);
  return { waiting: await queue.getWaitingCount() };
}

async function start() {
  const senders = Array.from({ length: Number(processes) }, () =>
    fork(new URL("worker.mjs", import.meta.url), [port, String(Math.ceil(concurrency / processes))], { stdio: ["ignore", "ignore", "inherit", "ipc"] }),
  );
  await Promise.all(senders.map((sender) => next(sender)));
  return senders;
}

/** Each sender tells in its last message what it sent, and between which moments. */
async function stop(senders) {
  const said = senders.map((sender) => next(sender));
  for (const sender of senders) sender.send("stop");
  return Promise.all(said);
}

async function send() {
  const expected = await queue.getWaitingCount();
  const senders = await start();
  for (const sender of senders) sender.send("run");
  while ((await queue.getCompletedCount()) < expected) await sleep(50);
  const said = (await stop(senders)).filter((one) => one.sent > 0);
  const began = Math.min(...said.map((one) => one.began));
  const ended = Math.max(...said.map((one) => one.ended));
  const seconds = (ended - began) / 1e9;
  return { Rate: expected / seconds, Sent: said.reduce((sum, one) => sum + one.sent, 0), Cores: said.reduce((sum, one) => sum + one.cpu, 0) / seconds };
}

async function steady(rate, milliseconds, url) {
  await queue.obliterate({ force: true });
  const senders = await start();
  for (const sender of senders) sender.send("run");
  const body = "x".repeat(1024);
  const added = [];
  const began = process.hrtime.bigint();
  while (true) {
    const passed = Number(process.hrtime.bigint() - began) / 1e6;
    if (passed >= milliseconds) break;
    const early = (added.length * 1000) / rate - passed;
    if (early > 0) {
      await sleep(early);
      continue;
    }
    const eventId = `evt_${String(added.length).padStart(26, "0")}`;
    await queue.add("delivery", { id: eventId, eventId, type: "render.completed", url, body });
    added.push({ EventId: eventId, At: Number(process.hrtime.bigint()) });
  }
  while ((await queue.getCompletedCount()) < added.length) await sleep(50);
  await stop(senders);
  return added;
}

function next(sender) {
  return new Promise((resolve, reject) => {
    sender.once("message", resolve);
    sender.once("exit", () => reject(new Error("A sender ended by itself.")));
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  const [command, ...rest] = line.split(" ");
  const answer = command === "load" ? await load() : command === "send" ? await send() : await steady(Number(rest[0]), Number(rest[1]), rest[2]);
  console.log(JSON.stringify(answer));
}
await queue.close();
