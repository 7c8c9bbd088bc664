// Checks a printed certificate with the keys written in the page: nothing is sent anywhere, and no network is needed.
const PURPOSE = "certif-attestation-1\n";
const NAMES = ["code", "number", "name", "municipality", "level", "until"];
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export function mount(root) {
  const text = root.querySelector("textarea");
  const look = async () => show(root, await judge(text.value, root.dataset.keys.split(" ")));
  root.querySelector("[data-offline-form]").hidden = false;
  root.querySelector("[data-offline-check-it]").addEventListener("click", look);
  const follow = () => {
    if (location.hash.length < 80) return;
    text.value = location.href;
    look();
  };
  window.addEventListener("hashchange", follow);
  follow();
  offerPicture(root, text, look);
  keepForLater(root);
}

// What a text is worth: { answer: good ended forged unreadable unsupported, said }.
async function judge(text, keys) {
  let whole, said;
  try {
    whole = unpacked(text);
    const lines = new TextDecoder("utf-8", { fatal: true }).decode(whole.slice(64)).split("\n");
    if (lines.length !== NAMES.length || !/^\d{4}-\d\d-\d\d$/.test(lines.at(-1))) return { answer: "unreadable" };
    said = Object.fromEntries(NAMES.map((name, place) => [name, lines[place]]));
  } catch {
    return { answer: "unreadable" };
  }
  const signed = new Uint8Array([...new TextEncoder().encode(PURPOSE), ...whole.slice(64)]);
  try {
    for (const key of keys) if (await verifies(key, signed, whole.slice(0, 64))) return { answer: said.until < today() ? "ended" : "good", said };
  } catch {
    return { answer: "unsupported" };
  }
  return { answer: "forged" };
}

async function verifies(hex, signed, signature) {
  const bytes = Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  const key = await crypto.subtle.importKey("raw", bytes, { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "Ed25519" }, key, signature, signed);
}

function unpacked(text) {
  const packed = text.split("#").at(-1).replace(/[\s=]/g, "").toUpperCase();
  if (!/^[A-Z2-7]{105,1200}$/.test(packed)) throw new Error("not a code");
  const bytes = [];
  let bits = 0, held = 0;
  for (const sign of packed) {
    held = ((held << 5) | BASE32.indexOf(sign)) & 0xfff;
    bits += 5;
    if (bits >= 8) bytes.push((held >> (bits -= 8)) & 0xff);
  }
  return new Uint8Array(bytes);
}

const today = () => new Intl.DateTimeFormat("en-CA", { timeZone: "America/Toronto", year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date());

function show(root, { answer, said }) {
  root.querySelectorAll("[data-answer]").forEach((one) => (one.hidden = one.dataset.answer !== answer));
  root.querySelector("[data-offline-said]").hidden = !said;
  if (!said) return;
  const day = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });
  root.querySelectorAll("[data-said]").forEach((place) => {
    const words = said[place.dataset.said].replace(place.dataset.said === "level" ? /^(niveau|level)\s+(?=\S)/i : /^$/, "");
    place.textContent = place.dataset.said === "until" ? day.format(new Date(`${words}T00:00:00Z`)) : words || "—";
  });
  const link = root.querySelector("[data-online]");
  link.href = `${link.dataset.online}/${encodeURIComponent(said.code)}`;
}

// A photograph is read where the browser itself can read codes.
async function offerPicture(root, text, look) {
  if (!("BarcodeDetector" in window) || !(await BarcodeDetector.getSupportedFormats()).includes("qr_code")) return;
  const box = root.querySelector("[data-offline-picture]");
  box.hidden = false;
  box.querySelector("input").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    const codes = await new BarcodeDetector({ formats: ["qr_code"] }).detect(await createImageBitmap(file)).catch(() => []);
    text.value = codes.map((one) => one.rawValue).find((value) => value.includes("#")) ?? "";
    look();
  });
}

// From the second visit on, the page opens without a network.
function keepForLater(root) {
  if (!("serviceWorker" in navigator)) return;
  const { worker, scope } = root.dataset;
  navigator.serviceWorker.register(worker, { scope }).then(
    () => navigator.serviceWorker.ready.then(() => (root.querySelector("[data-offline-ready]").hidden = false)),
    () => {},
  );
}
