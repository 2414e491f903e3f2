// One sender process: takes jobs, signs them by both schemes, posts them, and leaves what came of each with its job in Redis.
import { createHmac, randomBytes } from "node:crypto";
import { Worker } from "bullmq";
import { Agent } from "undici";

const [port, concurrency] = process.argv.slice(2).map(Number);
const secret = randomBytes(32);
const text = `whsec_${secret.toString("base64")}`;
const agent = new Agent({ connections: concurrency, pipelining: 1 });
let began = 0;
let ended = 0;
let sent = 0;
let cpu;

async function deliver({ data, attemptsMade }) {
  if (began === 0) [began, cpu] = [Number(process.hrtime.bigint()), process.cpuUsage()];
  const startedAt = Date.now();
  const timestamp = String(Math.floor(startedAt / 1000));
  const framelane = createHmac("sha256", text).update(`${timestamp}.${data.body}`).digest("hex");
  const standard = createHmac("sha256", secret).update(`${data.eventId}.${timestamp}.${data.body}`).digest("base64");
  const url = new URL(data.url);
  const answer = await agent.request({
    origin: url.origin,
    path: url.pathname,
    method: "POST",
    headers: {
      "content-type": "application/json",
      "user-agent": "Framelane-Webhooks/0.1.0",
      "framelane-event": data.type,
      "framelane-delivery": data.id,
      "framelane-attempt": String(attemptsMade + 1),
      "webhook-id": data.eventId,
      "webhook-timestamp": timestamp,
      "framelane-signature": `t=${timestamp},v1=${framelane}`,
      "webhook-signature": `v1,${standard}`,
    },
    body: data.body,
  });
  const body = await answer.body.text();
  if (answer.statusCode >= 300) throw new Error(`Answered ${answer.statusCode}.`);
  return { startedAt, endedAt: Date.now(), statusCode: answer.statusCode, body: body.slice(0, 1024) };
}

const worker = new Worker("deliveries", deliver, { connection: { host: "127.0.0.1", port }, concurrency, autorun: false });
worker.on("error", (failure) => console.error(failure));
worker.on("completed", () => {
  sent++;
  ended = Number(process.hrtime.bigint());
});

process.on("message", async (message) => {
  if (message === "run") {
    worker.run();
    return;
  }
  const used = cpu ? process.cpuUsage(cpu) : { user: 0, system: 0 };
  await worker.close();
  await agent.close();
  process.send({ began, ended, sent, cpu: (used.user + used.system) / 1e6 }, () => process.disconnect());
});
process.on("disconnect", () => process.exit());
await worker.waitUntilReady();
process.send("ready");
