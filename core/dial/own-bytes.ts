/**
 * The same bytes in memory of their own. A small Buffer that Node makes is a part of a slab of 64 KiB, and the whole slab
 * lives for as long as any part of it: what a connection keeps for its life must not keep that.
 */
export function ownBytes(bytes: Uint8Array): Buffer {
  return Buffer.from(new Uint8Array(bytes).buffer);
}
