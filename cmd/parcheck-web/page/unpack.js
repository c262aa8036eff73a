"use strict";

// unpack inflates a stream of LZMA with its header of 13 bytes (LZMA SDK,
// lzma-specification.txt): browsers bring gzip along, and LZMA is a third smaller.
function unpack(src) {
  const props = src[0], lc = props % 9, lp = (props / 9 | 0) % 5, pb = props / 45 | 0;
  const size = src[5] + src[6] * 0x100 + src[7] * 0x10000 + src[8] * 0x1000000;
  const out = new Uint8Array(size);

  // Where the probabilities of each kind of decision begin.
  const MATCH = 0, REP = 192, REP0 = 204, REP1 = 216, REP2 = 228, REP0_LONG = 240;
  const SLOT = 432, SPECIAL = 688, ALIGN = 802, LENGTH = 818, REP_LENGTH = 1332, LITERAL = 1846;
  const probs = new Uint16Array(LITERAL + (0x300 << (lc + lp))).fill(1024);

  // The state of the range decoder lies in typed arrays: numbers above 2^30 in
  // variables of a closure would each be an object.
  const coder = new Uint32Array(2); // range, code
  let pos = 14;
  coder[0] = 0xFFFFFFFF;
  for (let i = 0; i < 4; i++) coder[1] = coder[1] << 8 | src[pos++];

  function bit(i) {
    const p = probs[i], range = coder[0], bound = Math.imul(range >>> 11, p) >>> 0, code = coder[1];
    if (code < bound) {
      probs[i] = p + (2048 - p >> 5);
      if (bound < 0x1000000) {
        coder[0] = bound << 8;
        coder[1] = code << 8 | src[pos++];
      } else coder[0] = bound;
      return 0;
    }
    const rest = range - bound;
    probs[i] = p - (p >> 5);
    if (rest < 0x1000000) {
      coder[0] = rest << 8;
      coder[1] = code - bound << 8 | src[pos++];
    } else {
      coder[0] = rest;
      coder[1] = code - bound;
    }
    return 1;
  }

  function direct(bits) { // of equal probability
    let value = 0;
    for (; bits > 0; bits--) {
      let range = coder[0] >>> 1, code = coder[1], one = 0;
      if (code >= range) {
        code -= range;
        one = 1;
      }
      if (range < 0x1000000) {
        range <<= 8;
        code = code << 8 | src[pos++];
      }
      coder[0] = range;
      coder[1] = code;
      value = value * 2 + one;
    }
    return value;
  }

  function tree(at, bits) {
    let m = 1;
    for (let i = 0; i < bits; i++) m = m << 1 | bit(at + m);
    return m - (1 << bits);
  }

  function reverseTree(at, bits) {
    let m = 1, value = 0;
    for (let i = 0; i < bits; i++) {
      const b = bit(at + m);
      m = m << 1 | b;
      value |= b << i;
    }
    return value;
  }

  function length(at, posState) {
    if (!bit(at)) return 2 + tree(at + 2 + (posState << 3), 3);
    if (!bit(at + 1)) return 10 + tree(at + 130 + (posState << 3), 3);
    return 18 + tree(at + 258, 8);
  }

  function distance(len) {
    const slot = tree(SLOT + (Math.min(len - 2, 3) << 6), 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1, high = (2 | slot & 1) * 2 ** bits;
    if (slot < 14) return high + reverseTree(SPECIAL + high - slot - 1, bits);
    return high + direct(bits - 4) * 16 + reverseTree(ALIGN, 4);
  }

  const posMask = (1 << pb) - 1, literalMask = (1 << lp) - 1;
  let at = 0, state = 0, rep0 = 0, rep1 = 0, rep2 = 0, rep3 = 0;
  while (at < size) {
    const posState = at & posMask;
    if (!bit(MATCH + (state << 4) + posState)) {
      const before = at > 0 ? out[at - 1] : 0;
      const base = LITERAL + 0x300 * (((at & literalMask) << lc) + (before >> 8 - lc));
      let m = 1;
      if (state >= 7) {
        let match = out[at - rep0 - 1];
        while (m < 0x100) {
          const want = match >> 7 & 1;
          match <<= 1;
          const got = bit(base + (1 + want << 8) + m);
          m = m << 1 | got;
          if (got !== want) break;
        }
      }
      while (m < 0x100) m = m << 1 | bit(base + m);
      out[at++] = m;
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      continue;
    }
    let len;
    if (bit(REP + state)) {
      if (!bit(REP0 + state)) {
        if (!bit(REP0_LONG + (state << 4) + posState)) {
          state = state < 7 ? 9 : 11;
          out[at] = out[at - rep0 - 1];
          at++;
          continue;
        }
      } else {
        let far;
        if (!bit(REP1 + state)) far = rep1;
        else {
          if (!bit(REP2 + state)) far = rep2;
          else {
            far = rep3;
            rep3 = rep2;
          }
          rep2 = rep1;
        }
        rep1 = rep0;
        rep0 = far;
      }
      len = length(REP_LENGTH, posState);
      state = state < 7 ? 8 : 11;
    } else {
      rep3 = rep2;
      rep2 = rep1;
      rep1 = rep0;
      len = length(LENGTH, posState);
      rep0 = distance(len);
      state = state < 7 ? 7 : 10;
    }
    if (rep0 >= at || at + len > size) throw new Error("the program in this page is damaged");
    for (const end = at + len, back = rep0 + 1; at < end; at++) out[at] = out[at - back];
  }
  return out;
}
