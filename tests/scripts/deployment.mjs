// Holds the files in deploy/ to what the repository says of settings, projects and metrics. Takes the name of a check.
import assert from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const text = (file) => readFileSync(file, 'utf8');
const yaml = (file) =>
  parseAllDocuments(text(file), { merge: true }).map((document) => {
    assert.deepEqual([...document.errors, ...document.warnings], [], file);
    return document.toJS();
  });
const code = (cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
const rows = (file, heading) =>
  text(file)
    .split(`## ${heading}\n`)[1]
    .split('\n## ')[0]
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').slice(1, -1));

// The document's own short forms: `A:B`, `…:C` is A:C; `A:…` is followed by the names in A.
function documentedSettings() {
  return rows('docs/configuration.md', 'Settings').flatMap(([keys, , meaning]) => {
    const names = code(keys);
    const section = names[0].slice(0, names[0].lastIndexOf(':'));
    return names.flatMap((name) =>
      name.endsWith(':…') ? [...code(meaning), ...code(keys)].map((leaf) => `${section}:${leaf}`) : name.replace('…', section));
  });
}

function settingsOf(tree) {
  const found = [];
  const visit = (node) => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node === 'string') return found.push(...(node.match(/^Framelane__\w+$/g) ?? []));
    if (node === null || typeof node !== 'object') return;
    for (const [key, value] of Object.entries(node)) {
      if (key.startsWith('Framelane__')) found.push(key);
      visit(value);
    }
  };
  visit(tree);
  return found.map((name) => name.replaceAll('__', ':'));
}

function settings() {
  const documented = new Set(documentedSettings());
  const sources = readdirSync('src', { recursive: true }).filter((file) => file.endsWith('.cs')).map((file) => text(join('src', file)));
  for (const file of ['deploy/compose.yaml', 'deploy/kubernetes.yaml']) {
    const used = settingsOf(yaml(file));
    assert(used.length >= 8, `${file} names settings`);
    for (const key of used) {
      assert(documented.has(key.replace(/(:\d+)+$/, '')), `${file}: docs/configuration.md does not know ${key}`);
      const [section, leaf] = [key.slice(0, key.lastIndexOf(':')), key.slice(key.lastIndexOf(':') + 1)];
      const options = sources.find((source) => source.includes(`const string Section = "${section}";`));
      assert(!options || new RegExp(`public [^=\\n]+ ${leaf} \\{`).test(options), `${file}: ${section} has no ${leaf}`);
    }
  }

  // A pod's own folder is no other pod's, and nobody outside reaches a pod by its own name.
  const shared = settingsOf(yaml('deploy/kubernetes.yaml').filter(({ kind }) => kind === 'ConfigMap' || kind === 'Secret'));
  for (const key of ['PublicUrl', 'Storage:Provider', 'Storage:S3:Bucket']) {
    assert(shared.includes(`Framelane:${key}`), `deploy/kubernetes.yaml does not set Framelane:${key}`);
  }
  const processes = Object.values(yaml('deploy/compose.yaml')[0].services).map(({ environment }) => environment).filter((environment) => environment?.Framelane__Roles);
  assert.deepEqual(processes.map(({ Framelane__Roles: roles }) => roles).sort(), ['api', 'dispatcher', 'worker']);
  assert(processes.every(({ Framelane__PublicUrl: url }) => url), 'deploy/compose.yaml does not set Framelane:PublicUrl for every role');
}

// A process that sees all of its machine's processors does as much at once, whatever it has of memory. MiB: at rest, and of a preview's pictures with what an effect
// changes and with each of the programs that decode them.
function sizes() {
  const [idle, pictures] = [190, 192];
  const own = { api: 'Framelane__Previews__Concurrency', worker: 'Framelane__Media__MaxConcurrentJobs', dispatcher: undefined };
  const mebibytes = (memory) => parseInt(memory) * (/G/.test(memory) ? 1024 : 1);
  const pods = yaml('deploy/kubernetes.yaml').filter(({ kind }) => kind === 'Deployment').flatMap(({ spec }) => spec.template.spec.containers);
  const services = Object.values(yaml('deploy/compose.yaml')[0].services).filter(({ environment }) => environment?.Framelane__Roles);
  const all = [
    ...pods.map(({ env, resources }) => ({ ...Object.fromEntries(env.map(({ name, value }) => [name, value])), ...resources.limits })),
    ...services.map(({ environment, deploy }) => ({ ...environment, memory: deploy.resources.limits.memory, cpu: deploy.resources.limits.cpus })),
  ];
  assert.equal(all.length, 6);
  for (const one of all) {
    const role = one.Framelane__Roles;
    assert(role in own, role);
    assert(one.memory, `${role} has no limit of memory`);
    const cores = Number(one.DOTNET_PROCESSOR_COUNT ?? one.cpu);
    if (!own[role]) continue;
    assert(cores > 0, `${role} sees all processors of its machine`);
    assert(one.cpu || one[own[role]], `${role} does not set ${own[role]}`);
    const atOnce = Number(one[own[role]] ?? Math.max(1, Math.floor(cores / 2)));
    if (role === 'api') assert(mebibytes(one.memory) >= idle + atOnce * pictures * (2 + 2 * cores), `${role} has less memory than its previews may take`);
  }
}

// Compose builds all services at once, and two that would name the same image fail. One that another service builds is pulled from nowhere.
function images() {
  const services = Object.entries(yaml('deploy/compose.yaml')[0].services);
  const built = services.filter(([, { build }]) => build).map(([, { image }]) => image);
  assert.deepEqual(built, [...new Set(built)], 'deploy/compose.yaml builds an image twice');
  for (const [name, { build, image, pull_policy: policy }] of services) {
    assert(build || !built.includes(image) || policy === 'never', `${name} may pull what another service builds`);
  }
}

function projects() {
  const needed = new Set();
  const visit = (project) => {
    if (needed.has(project)) return;
    needed.add(project);
    for (const [, other] of text(project).matchAll(/ProjectReference Include="([^"]+)"/g)) visit(join(dirname(project), other));
  };
  visit('src/Framelane.Api/Framelane.Api.csproj');
  const copied = [...text('deploy/Dockerfile').matchAll(/^COPY (\S+\.csproj) (\S+)\/$/gm)].map(([, project, folder]) => {
    assert.equal(folder, dirname(project));
    return project;
  });
  assert.deepEqual(copied.sort(), [...needed].sort(), 'The Dockerfile copies the project files that the server is made of');
}

function metrics() {
  const known = new Set(rows('docs/operations.md', 'Metrics').map(([name]) => code(name)[0].replace(/\{.*/, '')));
  const headings = new Set([...text('docs/operations.md').matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading.toLowerCase()));
  const rules = yaml('deploy/alerts.yaml')[0].groups.flatMap((group) => group.rules);
  const panels = JSON.parse(text('deploy/grafana-dashboard.json')).panels;
  const expressions = [...rules.map((rule) => rule.expr), ...panels.flatMap((panel) => panel.targets ?? []).map((target) => target.expr)];
  const used = new Set(expressions.flatMap((expr) => expr.match(/\bframelane_\w+/g) ?? []));
  for (const name of used) {
    assert(known.has(name.replace(/_(bucket|count|sum)$/, '')), `docs/operations.md does not know the metric ${name}`);
  }
  for (const name of known) {
    if (name.startsWith('framelane_')) assert([...used].some((one) => one.startsWith(name)), `No panel and no rule shows ${name}`);
  }
  for (const { alert, labels, annotations } of rules) {
    assert(['critical', 'warning', 'info'].includes(labels.severity), alert);
    assert(annotations.summary, alert);
    assert.equal(annotations.runbook_url, `docs/operations.md#${alert.toLowerCase()}`);
    assert(headings.has(alert.toLowerCase()), `docs/operations.md does not tell what to do about ${alert}`);
  }
}

({ settings, sizes, images, projects, metrics })[process.argv[2]]();
