"use strict";

// What the program takes of the browser.
let today = "";
globalThis.parcheckToday = () => today;
globalThis.parcheckProgress = (done, files, bytes) => postMessage({ progress: { done, files, bytes } });
globalThis.parcheckRead = (blob, from, to) => {
  try {
    return new Uint8Array(new FileReaderSync().readAsArrayBuffer(blob.slice(from, to)));
  } catch {
    return null;
  }
};
globalThis.parcheckReady = () => postMessage({ ready: true });

let instance;

async function start({ module, packed }) {
  if (!module) {
    module = await WebAssembly.compile(unpack(packed));
    postMessage({ module }); // for the next worker, should this one be stopped
  }
  const go = new Go();
  instance = await WebAssembly.instantiate(module, go.importObject);
  go.run(instance).then(() => postMessage({ crash: "exit" }));
}

onmessage = async ({ data: message }) => {
  try {
    if (message.request) {
      today = message.today;
      const { json, data } = parcheck(message.request, message.files);
      postMessage({ id: message.id, answer: JSON.parse(json), data, memory: instance.exports.mem.buffer.byteLength }, data ? [data.buffer] : []);
    } else await start(message);
  } catch (error) {
    postMessage({ crash: String(error) });
  }
};
