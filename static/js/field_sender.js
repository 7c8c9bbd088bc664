// The same worker, where the browser can wake it once the network is back: what waits then leaves, even with the page closed.
import "/static/js/field_worker.js";
import { waiting } from "/static/js/modules/field_queue.js";
import { askedPack, inTurn, sendAll } from "/static/js/modules/field_sending.js";

const windows = new BroadcastChannel("terrain");

self.addEventListener("sync", (event) => {
  if (event.tag === "terrain") event.waitUntil(inTurn(send));
});

// Whoever is signed out is told by the page, which alone can help; without a network, a failure makes the browser try again later.
async function send() {
  if (!(await waiting()).some((one) => !one.refused)) return;
  const { pack, token, offline } = await askedPack(`${self.registration.scope}/trousse.json`);
  const hindered = pack ? await sendAll({ owner: pack.owner, token }, (said) => windows.postMessage(said)) : { offline };
  if (hindered.offline) throw new Error("no network yet");
}
