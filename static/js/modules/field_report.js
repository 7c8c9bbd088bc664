// The report of the road: what is written is kept on the phone first, then sent; it leaves the phone once the site has answered for it.
import { keepPack, keepReport, readPack, readReport, waiting } from "./field_queue.js";
import { askedPack, inTurn, sendAll } from "./field_sending.js";

const WIDEST = 1600;
const windows = new BroadcastChannel("terrain");
const NEVER_KEPT = new Set(["csrf_token", "once", "photo", "client_key", "written_at"]);

export async function mount(root) {
  const form = root.querySelector("form");
  const state = { root, form, owner: null, signedOut: false, offline: false, corrected: null };
  try {
    await readPack();
  } catch {
    // Private windows keep nothing: the form is then sent as any other.
    show(root, "stuck", "bare" in root.dataset);
    followChoice(form);
    return;
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    write(state);
  });
  await prepare(state);
  form.hidden = false;
  followChoice(form);
  root.querySelector("[data-sign-in]").href += `?next=${encodeURIComponent(root.dataset.scope)}`;
  window.addEventListener("online", () => send(Object.assign(state, { offline: false })));
  windows.addEventListener("message", ({ data }) => {
    tell(root, data);
    report(state, { offline: false });
  });
  window.addEventListener("offline", () => report(state, { offline: true }));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send(state));
  keepForLater(root);
  await send(state);
}

// The page that the phone kept knows nothing: it is filled in with what was packed when there was a network.
async function prepare(state) {
  const { root, form } = state;
  const pack = await packed(state);
  if (!("bare" in root.dataset)) return;
  form.elements.met_on.value = today();
  form.elements.next_by.closest(".field").hidden = true;
  if (!pack) return;
  root.dataset.send += `?programme=${encodeURIComponent(pack.program)}`;
  form.elements.visit.prepend(...pack.visits.map((one) => new Option(one.label, one.ref)));
  form.elements.visit.value = pack.at_hand;
  form.elements.mrc.append(...pack.places.map((one) => new Option(one.name, one.slug)));
  offerTools(form, pack.tools);
}

function offerTools(form, tools) {
  const set = form.querySelector("[data-tools]");
  set.hidden = !tools.length;
  for (const tool of tools.toReversed()) {
    const row = document.createElement("div");
    row.className = "field-report__tool";
    const label = document.createElement("label");
    const input = document.createElement("input");
    label.textContent = tool.title;
    label.htmlFor = input.id = input.name = `tool-${tool.slug}`;
    input.inputMode = "numeric";
    input.className = "field__input field__input--xs";
    row.append(label, input);
    set.querySelector("legend").after(row);
  }
}

// What the site packs now; else what was packed before. Says who is here, and whether they still are.
async function packed(state) {
  const asked = await askedPack(state.root.dataset.pack);
  const pack = asked.pack ?? (await readPack());
  Object.assign(state, { offline: asked.offline, signedOut: asked.signedOut, owner: pack?.owner ?? null });
  if (asked.pack) {
    state.token = asked.token;
    await keepPack(pack);
  }
  return pack;
}

async function write(state) {
  const { form } = state;
  if (!form.reportValidity()) return;
  const fields = { written_at: new Date().toISOString() };
  for (const [name, value] of new FormData(form)) if (!NEVER_KEPT.has(name)) fields[name] = value;
  const before = state.corrected ? await readReport(state.corrected) : null;
  const photo = (await smaller(form.elements.photo.files[0])) ?? before?.photo ?? null;
  const key = state.corrected ?? newKey();
  await keepReport({ key, owner: state.owner, to: state.root.dataset.send, fields, photo, refused: null });
  state.corrected = null;
  form.reset();
  form.elements.met_on.value = today();
  followChoice(form);
  scrollTo({ top: 0 });
  await send(state);
  await leaveLater();
}

// Every report that waits, one after the other.
async function send(state) {
  await inTurn(async () => {
    if (!(await waiting()).some((one) => !one.refused)) return;
    await packed(state);
    if (state.offline || state.signedOut) return;
    Object.assign(state, await sendAll(state, (said) => {
      tell(state.root, said);
      windows.postMessage(said);
    }));
  });
  await report(state, {});
}

// Where the browser can, it wakes the worker once there is a network, even with the page closed; elsewhere the page sends when it opens.
async function leaveLater() {
  if (!canWake() || !(await waiting()).some((one) => !one.refused)) return;
  const worker = await navigator.serviceWorker.getRegistration();
  await worker?.sync?.register("terrain").catch(() => {});
}

const canWake = () => "ServiceWorkerRegistration" in window && "sync" in ServiceWorkerRegistration.prototype;

// What became of each, with the way to see it, in whichever window it is looked for.
function tell(root, { said, url }) {
  const line = document.createElement("li");
  const link = document.createElement("a");
  link.href = url;
  link.textContent = said.join(" ");
  line.append(link);
  const list = root.querySelector("[data-came]");
  list.hidden = false;
  list.append(line);
}

async function report(state, changes) {
  Object.assign(state, changes);
  const { root } = state;
  const found = await waiting();
  const mine = found.filter((one) => !one.refused && (one.owner === null || one.owner === state.owner));
  const place = root.querySelector("[data-waiting-said]");
  place.textContent = mine.length === 1 ? place.dataset.one : place.dataset.many.replace("#", mine.length);
  show(root, "waiting", mine.length);
  show(root, "offline", state.offline);
  show(root, "signed-out", state.signedOut);
  show(root, "others", found.some((one) => one.owner !== null && one.owner !== state.owner));
  const list = root.querySelector("[data-refused]");
  list.hidden = !found.some((one) => one.refused && one.owner === state.owner);
  list.replaceChildren(...found.filter((one) => one.refused && one.owner === state.owner).map((one) => refusal(state, one)));
}

function refusal(state, one) {
  const line = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--secondary";
  button.textContent = state.root.querySelector("[data-refused]").dataset.again;
  button.addEventListener("click", () => correct(state, one));
  const name = one.fields.title || state.form.elements.visit.querySelector(`[value="${one.fields.visit}"]`)?.textContent || "";
  line.append([name, ...one.refused].filter(Boolean).join(" — "), button);
  return line;
}

function correct(state, one) {
  const { form } = state;
  form.reset();
  for (const [name, value] of Object.entries(one.fields)) {
    const field = form.elements[name];
    if (field?.type === "checkbox") field.checked = true;
    else if (field) field.value = value;
  }
  state.corrected = one.key;
  followChoice(form);
  form.elements.visit.focus();
}

// The questions of a meeting without a plan are asked only of one.
function followChoice(form) {
  const follow = () => {
    const planned = form.elements.visit.value !== "";
    form.querySelector("[data-walk-in]").hidden = planned;
    form.elements.title.required = form.elements.mrc.required = !planned;
  };
  form.elements.visit.onchange = follow;
  form.elements.outcome[0].required = true;
  follow();
}

// A picture is drawn again, smaller: place, hour and device stay on the phone.
async function smaller(file) {
  if (!file || !file.size) return null;
  try {
    const whole = await createImageBitmap(file, { imageOrientation: "from-image" });
    const by = Math.min(1, WIDEST / Math.max(whole.width, whole.height));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [Math.round(whole.width * by), Math.round(whole.height * by)];
    canvas.getContext("2d").drawImage(whole, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
  } catch {
    return file;
  }
}

const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
const today = () => new Intl.DateTimeFormat("en-CA", { timeZone: "America/Toronto", year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date());
const show = (root, name, shown) => (root.querySelector(`[data-${name}]`).hidden = !shown);

// From the second visit on, the page opens without a network.
function keepForLater(root) {
  if (!("serviceWorker" in navigator)) return;
  const { worker, scope } = root.dataset;
  const chosen = canWake() ? [`${worker}?envoi=1`, { scope, type: "module" }] : [worker, { scope }];
  navigator.serviceWorker.register(...chosen).then(
    () => navigator.serviceWorker.ready.then(() => show(root, "ready", true)),
    () => {},
  );
}
