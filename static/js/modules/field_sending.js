// How what waits on the phone leaves it: one report after the other, each kept until the site has answered for it. The page calls it
// whenever there is a network; where the browser can, its worker does so too once the page is closed.
import { dropReport, keepReport, waiting } from "./field_queue.js";

// What the site packs now, with a fresh token; without a pack, why there is none.
export async function askedPack(address) {
  try {
    const answer = await fetch(address, { redirect: "manual", headers: { Accept: "application/json" } });
    const signedOut = answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403;
    if (!answer.ok) return { offline: false, signedOut, pack: null, token: null };
    const { token, ...pack } = await answer.json();
    return { offline: false, signedOut: false, pack, token };
  } catch {
    return { offline: true, signedOut: false, pack: null, token: null };
  }
}

// Of the page and of its worker, and of two windows, one sends.
export const inTurn = (work) => (navigator.locks ? navigator.locks.request("terrain", work) : work());

// Sends what this person wrote, and what nobody is named for. `told` hears what became of each. Gives what hindered it, if anything did.
export async function sendAll({ owner, token }, told) {
  for (const one of await waiting()) {
    if (one.owner === null) one.owner = owner;
    if (one.refused || one.owner !== owner) continue;
    const hindered = await sendOne(one, token, told);
    if (hindered) return hindered;
  }
  return {};
}

// Without a network, or where the site is in trouble, the rest waits too.
async function sendOne(one, token, told) {
  const body = new FormData();
  for (const [name, value] of Object.entries(one.fields)) body.append(name, value);
  body.append("client_key", one.key);
  if (one.photo) body.append("photo", one.photo, "photo.jpg");
  let answer;
  try {
    answer = await fetch(one.to, { method: "POST", body, redirect: "manual", headers: { "X-CSRFToken": token, Accept: "application/json" } });
  } catch {
    return { offline: true };
  }
  const said = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : null;
  if (answer.ok && said) {
    await dropReport(one.key);
    told(said);
    return null;
  }
  if (said?.came === "refused" || answer.status === 413 || answer.status === 404) {
    await keepReport({ ...one, refused: said?.said ?? [answer.statusText] });
    return null;
  }
  return { signedOut: answer.type === "opaqueredirect" };
}
