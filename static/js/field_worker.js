// Gives the page that names nobody in the place of the report, where there is no network. It answers for nothing else.
const page = self.registration.scope;
const bare = page.replace(/\/personnel\/terrain\//, "/terrain/");
const PATIENCE = 6000;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(fetch(bare, { cache: "no-cache", credentials: "omit" }).then(keep));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (address.origin + address.pathname === page) event.respondWith(reportOrBare(request));
  } else if (address.pathname.startsWith("/static/")) {
    event.respondWith(newestFile(request, address));
  }
});

// The report of whoever is signed in, which is never kept; the page that names nobody, where the site does not answer soon.
async function reportOrBare(request) {
  const kept = await caches.match(bare);
  try {
    const answer = await Promise.race([fetch(request), ...(kept ? [late()] : [])]);
    if (answer.ok || answer.type === "opaqueredirect" || answer.status < 500 || !kept) return answer;
    return kept;
  } catch (problem) {
    if (kept) return kept;
    throw problem;
  }
}

const late = () => new Promise((_done, failed) => setTimeout(() => failed(new Error("late")), PATIENCE));

// A file whose address carries the mark of its content never changes; any other is asked for first.
async function newestFile(request, address) {
  const same = await caches.match(request);
  if (same && address.searchParams.has("v")) return same;
  try {
    return await fetch(request);
  } catch (problem) {
    const older = same ?? (await caches.match(request, { ignoreSearch: true }));
    if (older) return older;
    throw problem;
  }
}

// The page and every file that it names, all or nothing.
async function keep(answer) {
  if (!answer.ok) throw new Error("no page to keep");
  const text = await answer.clone().text();
  const named = [...text.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map((found) => found[1].replaceAll("&amp;", "&"));
  const store = await caches.open(bare);
  await store.addAll([...new Set(named)]);
  await store.put(bare, answer);
}
